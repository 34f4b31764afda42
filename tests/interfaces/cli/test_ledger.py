"""Stories of `dandang ledger replay`: the ledger against the rows."""

import pytest

from dandang.interfaces.cli.exits import Exit
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Open
from dandang.terms import Actor
from tests import town
from tests.interfaces.cli.calling import call


@pytest.fixture(autouse=True)
def city(db: None) -> None:
    town.build()
    for title in ("Tap", "Lamp"):
        wish = Open(title=title, text="Broken", channel="web", category="water_supply")
        open_request(wish, by=Actor.requester(1), now=town.MONDAY)


def test_a_ledger_that_gives_every_row_has_no_difference():
    called = call("ledger", "replay", "--json")
    assert called.code == Exit.OK
    assert called.record == {"events": 4, "cases": 2, "differences": 0, "shown": []}
    assert call("ledger", "replay").out == "4 events rebuild 2 cases: 0 differences.\n"


def test_a_changed_row_is_exit_1_and_named():
    Case.objects.update(holder="cityman-duty")
    called = call("ledger", "replay", "--json", "--show", "1")
    assert (called.code, called.record["differences"]) == (Exit.CHECK_FAILED, 2)
    (shown,) = called.record["shown"]
    assert (shown["column"], shown["in_ledger"], shown["in_row"]) == (
        "holder", "water-duty", "cityman-duty",
    )  # fmt: skip
    said = call("ledger", "replay").out
    assert said.count("holder is cityman-duty, the ledger says water-duty") == 2
