"""Running clocks, stalled cases and promises over many cases: what is found, and at what cost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from dandang.lifecycle.casework.due_queries import (
    DueTally,
    SoughtClocks,
    due_clocks,
    due_tallies,
    is_any_due,
)
from dandang.lifecycle.casework.models import Case, Clock
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.casework.report_queries import (
    Period,
    PromiseTally,
    promise_tallies,
    stalled,
)
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Contact, Open
from dandang.lifecycle.perform import perform
from dandang.lifecycle.work import fire_until
from dandang.terms import Actor
from tests import town

HOUR = timedelta(hours=1)
WORDS = {"outcome": "resolved", "text": "Done", "contacted_by": "phone"}


@pytest.fixture
def city(db: None) -> None:
    town.build()


def opened(category: str = "city_appearance", hours: float = 0) -> str:
    wish = Open(
        title="Rubbish",
        text="Nobody took it away",
        channel="web",
        category=category,
        area="hudong",
        contact=Contact(phone="13900000000"),
    )
    now = town.MONDAY + hours * HOUR
    return open_request(wish, by=Actor.requester(1), now=now).reference


def does(verb: str, reference: str, hours: float, officer: str = town.CAO_LEI, **more: Any) -> None:
    now = town.MONDAY + hours * HOUR
    perform(verb, reference, more, by=Actor.officer(officer), now=now)


def found(**sought: Any) -> list[tuple[str, str]]:
    return [(one.reference, one.due.clock) for one in due_clocks(SoughtClocks(**sought))]


# running clocks


def test_running_clocks_are_listed_by_due_time_with_their_cases(city: None) -> None:
    reference = opened()
    clocks = find(reference).state.clocks
    listed = due_clocks(SoughtClocks())
    assert {one.due.clock for one in listed} == clocks.keys() - {"return_window", "ladder"}
    assert [one.due.at for one in listed] == sorted(one.due.at for one in listed)
    assert {one.due.clock: one.due for one in listed}["total"] == clocks["total"]
    assert {one.case.holder for one in listed} == {"cityman-duty"}


def test_clocks_are_narrowed_by_unit_post_and_time(city: None) -> None:
    mine, other = opened(), opened("water_supply")
    assert {reference for reference, _ in found(units=("cityman",))} == {mine}
    assert {reference for reference, _ in found(posts=("water-duty",))} == {other}
    assert found(units=("housing",)) == []
    accept = find(mine).state.clocks["accept"].at
    assert (mine, "accept") not in found(before=accept)
    assert (mine, "accept") in found(before=accept + HOUR)


def test_what_ran_out_stands_in_its_place_and_what_stands_still_is_not_there(city: None) -> None:
    reference = opened()
    fire_until(town.MONDAY + 30 * HOUR)
    assert Clock.objects.filter(missed=True, name="accept").exists()
    assert found()[0] == (reference, "accept")
    does("accept", reference, 31)
    does("ask", reference, 32, missing="Where?", text="Which lane?")
    assert find(reference).state.clocks["resolution"].paused
    assert (reference, "resolution") not in found()


def test_pages_put_together_are_the_whole_list(city: None) -> None:
    for hours in range(4):
        opened(hours=hours)
    fire_until(town.MONDAY + 30 * HOUR)
    whole = due_clocks(SoughtClocks())
    paged, after = [], None
    while page := due_clocks(SoughtClocks(), limit=3, after=after):
        paged += page
        after = page[-1].place
    assert paged == whole
    assert len(whole) > 9


def test_whether_anything_is_due_is_known_without_a_list(city: None) -> None:
    sought = SoughtClocks(before=town.MONDAY + HOUR)
    assert not is_any_due(sought)
    opened()
    assert not is_any_due(sought)
    assert is_any_due(replace(sought, before=town.MONDAY + 24 * HOUR))
    fire_until(town.MONDAY + 24 * HOUR)
    assert is_any_due(replace(sought, before=town.MONDAY + 24 * HOUR))


def test_tallies_count_by_unit_and_clock(city: None) -> None:
    for _ in range(2):
        opened()
    opened("water_supply")
    total = find(opened()).state.clocks["total"].at
    now = town.MONDAY + 6 * HOUR
    tallies = {
        (one.unit, one.clock): one
        for one in due_tallies((), now=now, tomorrow=town.MONDAY + 15 * HOUR, soon=total)
    }
    assert tallies["cityman", "total"] == DueTally(
        unit="cityman", clock="total", running=3, overdue=0, today=0, soon=3
    )
    assert tallies["cityman", "accept"].overdue == 3
    assert ("water", "total") in tallies
    only = due_tallies(("water",), now=now, tomorrow=now, soon=now)
    assert {one.unit for one in only} == {"water"}
    assert not {"ladder", "return_window"} & {one.clock for one in tallies.values()}


# cost


def test_a_page_costs_two_queries_and_a_report_one(
    city: None, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for _ in range(3):
        opened()
    now = town.MONDAY
    with django_assert_num_queries(2):
        due_clocks(SoughtClocks(units=("cityman",), before=now + 9 * HOUR))
    with django_assert_num_queries(1):
        due_tallies((), now=now, tomorrow=now, soon=now)
    with django_assert_num_queries(1):
        stalled((), before=now)
    with django_assert_num_queries(1):
        promise_tallies((), first=now, last=now, by=Period.MONTH, zone=town.calendar().time_zone)


def plans(action: Callable[[], object]) -> str:
    """Return how PostgreSQL answers the queries of an action, if it may neither scan nor sort."""
    explained: list[str] = []

    def explain(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 Django's own
        with connection.connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute(f"EXPLAIN {sql}", params)
            explained.extend(line for (line,) in cursor.fetchall())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        action()
    return "\n".join(explained)


def test_clocks_are_read_from_two_indexes_in_their_order(city: None) -> None:
    first = opened()
    place = due_clocks(SoughtClocks())[0].place
    plan = plans(lambda: due_clocks(SoughtClocks(), after=place, limit=2))
    assert "clock_fires" in plan
    assert "clock_ran_out" in plan
    assert "Merge Append" in plan
    assert "->  Sort" not in plan
    assert find(first).state.is_open


def test_stalled_cases_are_read_from_their_index_in_its_order(city: None) -> None:
    opened()
    plan = plans(lambda: stalled((), before=town.MONDAY + HOUR))
    assert "case_quiet" in plan
    assert "->  Sort" not in plan


# stalled


def test_a_case_in_which_nothing_was_entered_is_stalled(city: None) -> None:
    silent, busy = opened(), opened(hours=1)
    for reference in (silent, busy):
        does("accept", reference, 2)
    does("reply", busy, 30, text="On Wednesday")
    before = town.MONDAY + 24 * HOUR
    (one,) = stalled((), before=before)
    assert (one.reference, one.unit, one.post) == (silent, "cityman", "cityman-duty")
    assert (one.since, one.opened_at) == (town.MONDAY, town.MONDAY)
    assert (one.calls, one.is_listed) == (0, False)
    assert stalled(("water",), before=before) == []
    both = stalled(("cityman",), before=town.MONDAY + 40 * HOUR)
    assert [one.reference for one in both] == [silent, busy]
    assert stalled((), before=town.MONDAY + 40 * HOUR, limit=1) == both[:1]
    assert stalled((), before=town.MONDAY + 40 * HOUR, after=both[0].place) == both[1:]


def test_calls_upon_somebody_are_counted(city: None) -> None:
    opened()
    fire_until(town.MONDAY + timedelta(days=9))
    (one,) = stalled((), before=town.MONDAY + HOUR)
    assert one.calls == len(find(one.reference).state.calls) > 0


def test_a_case_that_waits_for_its_requester_or_has_ended_is_not_stalled(city: None) -> None:
    asked, proposed, ended = opened(), opened(), opened()
    for reference in (asked, proposed, ended):
        does("accept", reference, 1)
    does("ask", asked, 2, missing="Where?", text="Which lane?")
    for reference in (proposed, ended):
        does("propose", reference, 2, **WORDS)
    perform(
        "judge", ended, {"verdict": "solved"}, by=Actor.requester(1), now=town.MONDAY + 3 * HOUR
    )
    assert stalled((), before=town.MONDAY + 99 * HOUR) == []
    assert Case.objects.count() == 3


# promises


def test_promises_are_counted_by_unit_and_period(city: None) -> None:
    zone = town.calendar().time_zone

    def tallies(by: Period, units: tuple[str, ...] = ()) -> list[PromiseTally]:
        first, last = town.MONDAY - timedelta(days=400), town.MONDAY + timedelta(days=400)
        return promise_tallies(units, first=first, last=last, by=by, zone=zone)

    kept, broken, running = opened(), opened(), opened()
    for reference in (kept, broken, running):
        does("accept", reference, 1)
    until = {"text": "We will come", "promised_for": town.MONDAY + 30 * HOUR}
    does("promise", kept, 2, **until)
    does("promise", broken, 2, **until)
    does("promise", running, 2, text="Soon", promised_for=town.MONDAY + 90 * HOUR)
    does("propose", kept, 3, **WORDS)
    fire_until(town.MONDAY + 31 * HOUR)
    october = PromiseTally(
        period=date(2026, 10, 1),
        unit="cityman",
        made=3,
        kept=1,
        broken=1,
        replaced=0,
        dropped=0,
        open=1,
    )
    assert tallies(Period.MONTH) == [october]
    assert tallies(Period.QUARTER, ("cityman",)) == [october]
    assert tallies(Period.YEAR) == [replace(october, period=date(2026, 1, 1))]
    assert tallies(Period.MONTH, ("water",)) == []
