"""The index of decisions is the decisions."""

import re

import pytest

from tests.architecture.tree import ROOT, write
from tools.docs import END, START, decisions_index, with_index

GOOD = "# Use one database\n\n**Status:** accepted, 2026-11-22\n\n## Context\n"


def test_the_index_is_up_to_date():
    text = (ROOT / "docs/decisions/README.md").read_text(encoding="utf-8")
    assert with_index(text, decisions_index()) == text, "run `make docs`"


def test_a_new_decision_makes_the_index_out_of_date(tmp_path):
    write(tmp_path, "docs/decisions/0001-use-one-database.md", GOOD)
    before = decisions_index(tmp_path)
    write(tmp_path, "docs/decisions/0002-keep-it.md", GOOD.replace("Use", "Keep"))
    assert "[Use one database](0001-use-one-database.md) | accepted, 2026-11-22 |" in before
    assert decisions_index(tmp_path) != before


def test_a_decision_without_status_is_refused(tmp_path):
    write(tmp_path, "docs/decisions/0001-x.md", "# Title only\n")
    with pytest.raises(ValueError, match=r"0001-x\.md lacks"):
        decisions_index(tmp_path)


def test_the_words_around_the_index_stay():
    text = f"# Decisions\n\n{START}old\n{END}\nafter\n"
    assert with_index(text, "new\n") == f"# Decisions\n\n{START}\nnew\n\n{END}\nafter\n"


def test_numbers_have_no_gap_and_every_decision_has_its_three_parts():
    paths = sorted((ROOT / "docs/decisions").glob("[0-9]*-*.md"))
    assert [int(path.name[:4]) for path in paths] == list(range(1, len(paths) + 1))
    for path in paths:
        headings = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences"], path.name
