"""`dandang due` and `dandang report`: what runs out, where nothing moves, what was promised."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from dandang.interfaces.cli import due as due_command
from dandang.interfaces.cli.exits import Exit
from dandang.lifecycle.casework import due_queries, report_queries
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Contact, Open
from dandang.lifecycle.perform import perform
from dandang.lifecycle.work import fire_until
from dandang.organization.actions.training import freeze_time
from dandang.terms import Actor
from tests import town
from tests.interfaces.cli.calling import call

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def city(db):
    town.build()
    at(0)


def at(hours: float) -> None:
    freeze_time(town.MONDAY + hours * HOUR)


def opened(category: str = "city_appearance") -> str:
    wish = Open(
        title="Rubbish",
        text="Nobody took it away",
        channel="web",
        category=category,
        area="hudong",
        contact=Contact(phone="13900000000"),
    )
    return open_request(wish, by=Actor.requester(1), now=town.MONDAY).reference


def does(verb: str, reference: str, hours: float, **values: Any) -> None:
    now = town.MONDAY + hours * HOUR
    perform(verb, reference, values, by=Actor.officer(town.CAO_LEI), now=now)


def listed(*words: str) -> list[dict]:
    called = call("due", "--json", *words)
    assert called.code == Exit.OK
    return called.records


def reported(*words: str) -> list[dict]:
    called = call("report", *words, "--json")
    assert called.code == Exit.OK
    return called.records


# dandang due


def test_a_clock_is_one_object_with_stable_keys():
    reference = opened()
    accept = next(one for one in listed() if one["clock"] == "accept")
    assert accept == {
        "reference": reference,
        "clock": "accept",
        "state": "assigned",
        "turn": "holder",
        "post": "cityman-duty",
        "holder_unit": "cityman",
        "holder_post": "cityman-duty",
        "due_at": "2026-10-12T06:00:00Z",
        "overdue": False,
        "provisional": False,
        "counts": "working",
        "minutes_left": 240,
    }


def test_people_read_what_for_whose_turn_and_how_much_time_is_left():
    reference = opened()
    lines = call("due").out.splitlines()
    assert lines[0].split("  ")[0] == "Reference"
    (accept,) = [line for line in lines if "2026-10-12 14:00" in line]
    for words in (reference, "Urban management", "4 working hours left"):
        assert words in accept
    assert "还有4个工作小时" in call("due", "--lang", "zh").out
    assert "No clock was found." in call("due", "--unit", "housing").err


def test_minutes_are_those_that_the_clock_counts_and_less_than_none_when_it_is_over():
    opened("water_supply")
    at(30)
    fire_until(town.MONDAY + 30 * HOUR)
    clocks = {one["clock"]: one for one in listed()}
    # 24 hours by the wall clock, six of them ago.
    assert (clocks["total"]["counts"], clocks["total"]["minutes_left"]) == ("elapsed", -360)
    assert clocks["total"]["overdue"]


def test_clocks_are_narrowed_by_unit_post_and_time():
    mine, other = opened(), opened("water_supply")
    assert {one["reference"] for one in listed("--unit", "cityman")} == {mine}
    assert {one["reference"] for one in listed("--post", "water-duty")} == {other}
    soon = listed("--before", "2026-10-12T14:00+08:00")
    assert {one["reference"] for one in soon} == {other}
    within = {one["clock"] for one in listed("--within", "2 working days", "--unit", "cityman")}
    assert "accept" in within
    assert "total" not in within
    assert listed("--overdue") == []
    assert len(listed("--limit", "3")) == 3


def test_many_pages_are_one_list(monkeypatch):
    opened(), opened()
    whole = listed()
    monkeypatch.setattr(due_queries, "PAGE", 2)
    assert listed() == whole
    assert listed("--limit", "5") == whole[:5]
    assert due_command.due.name == "due"


def test_a_script_can_stop_where_something_is_overdue():
    opened()
    assert call("due", "--fail-on", "overdue").code == Exit.OK
    at(7)
    assert call("due", "--fail-on", "overdue", "--limit", "1").code == Exit.CHECK_FAILED
    assert call("due", "--fail-on", "overdue", "--unit", "water").code == Exit.OK


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--overdue", "--within", "2 working days"), "Give only one of"),
        (("--within", "soon"), "is no span of time"),
        (("--before", "tomorrow"), "is no point in time"),
        (("--limit", "0"), "0"),
    ],
)
def test_what_makes_no_sense_is_refused(words, said):
    called = call("due", *words)
    assert called.code == Exit.USAGE
    assert said in called.err


def test_a_time_that_no_notice_covers_is_called_provisional():
    freeze_time(town.MONDAY + timedelta(days=77))
    wish = Open(title="Rubbish", text="There", channel="web", category="city_appearance")
    now = town.MONDAY + timedelta(days=77)
    open_request(wish, by=Actor.requester(1), now=now)
    assert "2027-01-04 18:00 (provisional)" in call("due").out
    assert {one["clock"] for one in listed() if one["provisional"]} >= {"total"}


# dandang report


def test_due_counts_by_unit_and_clock():
    opened(), opened()
    at(6)
    total = next(one for one in reported("due") if one["clock"] == "total")
    assert total == {
        "unit": "cityman", "clock": "total",
        "running": 2, "overdue": 0, "today": 0, "soon": 0,
    }  # fmt: skip
    accept = next(one for one in reported("due") if one["clock"] == "accept")
    assert (accept["overdue"], accept["soon"]) == (2, 0)
    first = next(one for one in reported("due") if one["clock"] == "first_response")
    assert (first["today"], first["soon"]) == (0, 2)
    words = call("report", "due").out
    for said in ("Within 3 working days", "Urban management"):
        assert said in words
    assert reported("due", "--unit", "water") == []


def test_stalled_names_what_nobody_touched():
    reference, busy = opened(), opened()
    for one in (reference, busy):
        does("accept", one, 1)
    does("reply", busy, 48, text="We are coming")
    at(80)
    assert reported("stalled") == []
    (line,) = reported("stalled", "--days", "2")
    assert line == {
        "reference": reference,
        "state": "in_progress",
        "holder_unit": "cityman",
        "holder_post": "cityman-duty",
        "last_entry_at": "2026-10-12T01:00:00Z",
        "quiet_days": 3,
        "opened_at": "2026-10-12T01:00:00Z",
        "age_days": 3,
        "total_due_at": find(reference).state.total.at.isoformat().replace("+00:00", "Z"),
        "open_calls": 0,
        "on_leaders_list": False,
    }
    words = call("report", "stalled", "--days", "2").out
    assert reference in words
    assert busy not in words
    assert "Urban management" in words


def test_stalled_goes_through_every_page(monkeypatch):
    references = [opened() for _ in range(5)]
    at(200)
    monkeypatch.setattr(report_queries.stalled, "__kwdefaults__", {"limit": 2, "after": None})
    assert [one["reference"] for one in reported("stalled")] == references


def test_who_is_on_the_leader_s_list_shows():
    opened()
    fire_until(town.MONDAY + timedelta(days=60))
    freeze_time(town.MONDAY + timedelta(days=60))
    (line,) = reported("stalled")
    assert line["on_leaders_list"] is True
    assert "yes" in call("report", "stalled").out


def test_promises_are_counted_by_unit_and_period():
    kept, broken = opened(), opened()
    for one in (kept, broken):
        does("accept", one, 1)
        does("promise", one, 2, promised_for=town.MONDAY + 30 * HOUR, text="We will come")
    does("propose", kept, 3, outcome="resolved", text="Done", contacted_by="phone")
    fire_until(town.MONDAY + 31 * HOUR)
    october = {
        "period": "2026-10-01", "unit": "cityman",
        "made": 2, "kept": 1, "broken": 1, "replaced": 0, "dropped": 0, "open": 0,
    }  # fmt: skip
    assert reported("promises") == [october]
    assert reported("promises", "--by", "year") == [{**october, "period": "2026-01-01"}]
    assert reported("promises", "--from", "2026-10-13", "--to", "2026-10-13") == [october]
    assert reported("promises", "--from", "2026-10-14") == []
    assert reported("promises", "--to", "2026-10-12") == []
    words = call("report", "promises").out
    assert "2026-10-01" in words
    assert "Urban management" in words


def test_a_report_is_a_table_for_other_programs():
    opened()
    at(200)
    for name in ("due", "stalled", "promises"):
        called = call("report", name, "--csv")
        assert called.code == Exit.OK
        rows = list(csv.DictReader(io.StringIO(called.out)))
        records = reported(name)
        assert [row.keys() for row in rows] == [record.keys() for record in records]
        assert [[*row.values()] for row in rows] == [
            [
                str(value).lower() if isinstance(value, bool) else str(value)
                for value in record.values()
            ]
            for record in records
        ]


def test_a_script_can_stop_where_there_is_too_much_to_complain_about():
    opened(), opened()
    at(200)
    assert call("report", "stalled", "--fail-on", "3").code == Exit.OK
    for words in (("--json",), ("--csv",), ()):
        called = call("report", "stalled", "--fail-on", "2", *words)
        assert called.code == Exit.CHECK_FAILED
    assert call("report", "due", "--fail-on", "1").code == Exit.CHECK_FAILED
    assert call("report", "promises", "--fail-on", "1").code == Exit.OK


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("due", "--json", "--csv"), "Give only one of --json and --csv."),
        (("stalled", "--days", "0"), "0"),
        (("promises", "--from", "October"), "is no day"),
        (("due", "--fail-on", "0"), "0"),
    ],
)
def test_a_report_that_makes_no_sense_is_refused(words, said):
    called = call("report", *words)
    assert called.code == Exit.USAGE
    assert said in called.err


@pytest.mark.parametrize(
    "words",
    [
        ("due", "--unit", "watr"),
        ("due", "--post", "watr"),
        ("report", "due", "--unit", "watr"),
        ("report", "stalled", "--unit", "watr"),
        ("report", "promises", "--unit", "watr"),
    ],
)
def test_a_unit_or_post_that_nobody_knows_is_no_empty_answer(words):
    called = call(*words, "--json")
    assert called.code == Exit.REFUSED
    assert called.record["error"]["code"] == f"unknown_{words[-2].removeprefix('--')}"


def test_where_there_is_nothing_to_report_people_are_told():
    assert "There is nothing to report." in call("report", "promises").err
