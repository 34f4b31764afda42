"""The pages of the tutorial are true: walked through from an empty database, they say what is."""

import re
from pathlib import Path

import pytest

from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.replay import replay
from tests.architecture.tree import ROOT
from tests.docs.walking import Block, Step, blocks, differences, walk, write_files
from tests.interfaces.cli.calling import call

FOLDER = ROOT / "docs" / "tutorial"
ENDS = {
    "1-night-noise.md": ["in_progress", "merged", "in_progress"],
    "2-unpaid-wages.md": ["solved", "merged", "solved"],
    "3-water-outage.md": ["solved", "merged", "merged", "merged", "merged", "solved"],
    "4-old-land-dispute.md": ["in_progress", "merged", "merged", "merged"],
    "5-rural-schools.md": ["solved"] * 13,
}


def walked(page: str, folder: Path) -> list[Step]:
    """Walk through what the first page tells to do before, and then through the page."""
    write_files(page, folder)
    return walk([*blocks("README.md"), *blocks(page)], folder)


@pytest.mark.parametrize("page", ENDS)
def test_a_page_can_be_walked_through_and_says_what_happens(
    page: str, fresh_database: str, tmp_path: Path
) -> None:
    steps = walked(page, tmp_path)
    assert [line for step in steps for line in differences(step)] == []
    assert list(Case.objects.order_by("id").values_list("state", flat=True)) == ENDS[page]
    assert replay().differences == ()
    assert call("ledger", "replay").code == 0


def test_every_matter_has_its_page_and_every_page_is_walked_through() -> None:
    assert [path.name for path in sorted(FOLDER.glob("[0-9]*.md"))] == list(ENDS)
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"^\d\. \[.*\]\((.*)\)", text, re.MULTILINE)
    assert links == list(ENDS)


def test_a_page_that_promises_what_does_not_happen_is_found(
    fresh_database: str, tmp_path: Path
) -> None:
    (refused, unseen) = walk(
        [
            Block("for one in 1 2; do dandang case list; done\n", 0, ""),
            Block('dandang training time 2026-10-14T09:00+08:00 "$PWD" || true\n', 2, "It is\n"),
        ],
        tmp_path,
    )
    assert [line.partition(":")[0] for line in differences(refused)] == ["case list"] * 2
    assert differences(unseen) == ["not shown: It is"]
