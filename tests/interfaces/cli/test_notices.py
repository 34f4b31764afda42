"""`dandang notice`: a notice is put into force, and what waited for it is settled."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dandang.interfaces.cli.exits import Exit
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Contact, Open
from dandang.organization.actions.training import freeze_time
from dandang.terms import Actor
from tests import town
from tests.interfaces.cli.calling import call

MONDAY = datetime(2026, 12, 28, 1, 0, tzinfo=UTC)
NOTICE = """source = "Notice"
published = 2026-12-22
year = 2027
rest = ["2027-01-01"]
"""


@pytest.fixture
def city(db: None) -> None:
    town.build()
    freeze_time(MONDAY)


@pytest.fixture
def notice(tmp_path: Path) -> str:
    path = tmp_path / "2027.toml"
    path.write_text(NOTICE, encoding="utf-8")
    return str(path)


def opened() -> str:
    wish = Open(
        title="A hole",
        text="A hole in the road",
        channel="web",
        category="city_appearance",
        area="hudong",
        contact=Contact(phone="13900000000"),
    )
    return open_request(wish, by=Actor.requester(1), now=MONDAY).reference


def test_a_calendar_notice_is_adopted_once(city, notice, tmp_path):
    assert call("notice", "adopt", notice, "--json").record == {
        "first": "2027-01-01", "last": "2027-12-31", "adopted": True,
        "provisional": 0, "settled": 0, "failed": [],
    }  # fmt: skip
    again = call("notice", "adopt", notice)
    assert again.out == "The notice for 2027-01-01 to 2027-12-31 was in force already.\n"
    assert call("notice", "adopt", str(tmp_path / "none.toml")).code == Exit.USAGE


def test_deadlines_that_waited_for_it_are_settled_and_counted(city, notice):
    reference = opened()
    assert find(reference).state.total.provisional
    called = call("notice", "adopt", notice)
    assert called.code == Exit.OK
    assert "deadlines were provisional; " in called.out
    assert find(reference).state.total.at == datetime(2027, 1, 5, 10, tzinfo=UTC)
    again = call("notice", "adopt", notice, "--json").record
    assert (again["adopted"], again["provisional"], again["settled"]) == (False, 0, 0)


def test_what_could_not_be_settled_is_named_and_tried_again(city, notice):
    broken = opened()
    Case.objects.update(case_class="gone")
    called = call("notice", "adopt", notice)
    assert called.code == Exit.CHECK_FAILED
    assert f"These cases could not be settled: {broken}" in called.out
    Case.objects.update(case_class="ordinary")
    again = call("notice", "adopt", notice, "--json")
    assert again.code == Exit.OK
    assert again.record["failed"] == []
    assert not find(broken).state.total.provisional
