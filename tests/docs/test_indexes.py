"""The indexes of pages and of decisions are what the folders hold."""

import re

import pytest

from tests.architecture.tree import ROOT, files, write
from tools.docs import END, INDEXES, KINDS, START, decisions_index, with_index, write_indexes

DECISION = "# Use one database\n\n**Status:** accepted, 2026-11-22\n\n## Context\n"


@pytest.mark.parametrize("name", INDEXES)
def test_the_index_is_up_to_date(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert with_index(text, INDEXES[name](ROOT)) == text, "run `make docs`"


def test_a_new_page_and_a_new_decision_are_taken_in_once(tmp_path):
    for name in INDEXES:
        write(tmp_path, name, f"# Index\n\n{START}{END}\nafter\n")
    write_indexes(tmp_path)
    write(tmp_path, "docs/how-to/run.md", "# Run it\n")
    assert write_indexes(tmp_path) == ["docs/README.md"]
    write(tmp_path, "docs/decisions/0001-use-one-database.md", DECISION)
    assert write_indexes(tmp_path) == ["docs/decisions/README.md"]
    assert write_indexes(tmp_path) == []
    pages = (tmp_path / "docs/README.md").read_text(encoding="utf-8")
    assert "## How-to: get something done\n\n- [Run it](how-to/run.md)\n" in pages
    assert pages.startswith("# Index\n")
    assert pages.endswith("after\n")
    decisions = (tmp_path / "docs/decisions/README.md").read_text(encoding="utf-8")
    row = "| 0001 | [Use one database](0001-use-one-database.md) | accepted, 2026-11-22 |\n"
    assert row in decisions


def test_a_decision_without_status_is_refused(tmp_path):
    write(tmp_path, "docs/decisions/0001-x.md", "# Title only\n")
    with pytest.raises(ValueError, match=r"0001-x\.md has no line like"):
        decisions_index(tmp_path)


def test_every_page_is_of_one_of_the_four_kinds():
    known = {"decisions", *KINDS}
    strays = [
        path.as_posix()
        for path in (page.relative_to(ROOT / "docs") for page in files(ROOT, "docs", suffix=".md"))
        if path.parts[0] not in known and path.name != "README.md"
    ]
    assert strays == []


def test_numbers_have_no_gap_and_every_decision_has_its_three_parts():
    pages = sorted((ROOT / "docs/decisions").glob("[0-9]*-*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        headings = re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences"], page.name
