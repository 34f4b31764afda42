"""Stories of posts that change hands, told at the terminal."""

import pytest

from dandang.interfaces.cli.exits import Exit
from dandang.ledger.sequencer import sequence_once
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Open
from dandang.organization.actions.training import freeze_time
from dandang.terms import Actor
from tests import town
from tests.interfaces.cli.calling import call

pytestmark = pytest.mark.database


@pytest.fixture
def folder(db: None, tmp_path):
    town.build()
    freeze_time(town.MONDAY)
    for name, content in town.files().items():
        (tmp_path / name).write_bytes(content)
    assert call("organization", "load", str(tmp_path), "--json").record["cases_told"] == 0
    return tmp_path


def opened() -> str:
    wish = Open(title="No water", text="None", channel="web", category="water_supply")
    return open_request(wish, by=Actor.requester(1), now=town.MONDAY).reference


def appoint(folder, lines: str) -> None:
    """Put other lines in the place of Li Na's appointment to the duty desk."""
    file = folder / "appointments.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("W-017,water-duty,2026-01-01,\n", lines), encoding="utf-8")


def test_loading_an_organization_tells_the_cases_of_a_post_who_has_it_now(folder):
    opened()
    later = town.MONDAY.replace(day=14)
    freeze_time(later)
    appoint(folder, "W-004,water-duty,2026-10-14,\n")
    loaded = call("organization", "load", str(folder))
    assert loaded.code == Exit.OK
    assert "1 open cases were told" in loaded.out
    assert call("organization", "load", str(folder), "--json").record["cases_told"] == 0


def test_a_post_is_taken_over_on_its_day_and_the_ledger_has_it(folder):
    reference = opened()
    until, then = "W-017,water-duty,2026-01-01,2026-10-13", "W-004,water-duty,2026-10-14,"
    appoint(folder, f"{until}\n{then}\n")
    assert call("organization", "load", str(folder), "--json").record["cases_told"] == 0
    assert call("post", "take-over", "--json").record == {"posts": 0, "cases": 0}
    freeze_time(town.MONDAY.replace(day=15))
    assert call("post", "take-over", "housing-duty", "--json").record == {"posts": 0, "cases": 0}
    assert "1 posts changed hands; 1 open cases" in call("post", "take-over", "water-duty").out
    assert find(reference).state.inherited_at.isoformat() == "2026-10-13T16:00:00+00:00"
    assert sequence_once() == 0
    assert call("post", "take-over", "nowhere").code == Exit.REFUSED
