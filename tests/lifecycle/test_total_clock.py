"""Laws of the total clock: class, extension and legal route move it, and nothing past its cap."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from dandang.lifecycle.deadlines.rules import Route, Standing, Terms, end_of, total_after
from dandang.lifecycle.states import State
from dandang.policy import ClockName
from dandang.terms import Due
from tests import town
from tests.lifecycle.at_water import worked

CLASSES = ("emergency", "utilities", "consultation", "ordinary", "complaint", "report")
CALENDAR = town.calendar()


def terms(case_class: str) -> Terms:
    return Terms(town.policy().classes[case_class], CALENDAR)


def opened(case_class: str = "ordinary", **more: object) -> Standing:
    """Return a case of this class as it was opened, with its total clock."""
    plain = Standing(State.RECEIVED, None, town.MONDAY, {}, case_class=case_class, **more)
    return replace(plain, total=total_after(None, plain, terms(case_class), town.MONDAY))


def becomes(before: Standing, now: datetime = town.MONDAY, **changes: object) -> Standing:
    """Return the case after an event that changes it so, with the total clock it then has."""
    after = replace(before, **changes)
    return replace(after, total=total_after(before, after, terms(after.case_class), now))


def at_work(case_class: str = "ordinary", **more: object) -> Standing:
    return becomes(opened(case_class, **more), state=State.IN_PROGRESS)


def figure(case_class: str, days: int = 0) -> datetime:
    span = town.policy().classes[case_class].clocks[ClockName.TOTAL]
    end = end_of(span, town.MONDAY, CALENDAR).at
    return CALENDAR.add_working_days(end, days, provisional_ok=True).at if days else end


def later(at: datetime, days: int) -> datetime:
    return CALENDAR.add_working_days(at, days, provisional_ok=True).at if days else at


def enters(case: Standing, due_at: datetime, now: datetime = town.MONDAY) -> Standing:
    route = Route(
        now,
        due_at,
        case.total.at,
        case.total.provisional,
        case_class=case.case_class,
        extended_days=case.extended_days,
    )
    return becomes(case, now, state=State.ON_LEGAL_ROUTE, route=route)


def leaves(case: Standing, now: datetime = town.MONDAY) -> Standing:
    return becomes(case, now, state=State.IN_PROGRESS, route=None)


def test_the_class_moves_it_both_ways_while_nobody_has_it_and_only_earlier_afterwards() -> None:
    fresh = opened()
    for other in ("complaint", "consultation"):
        assert becomes(fresh, case_class=other).total.at == figure(other)
    assert becomes(at_work(), case_class="complaint").total.at == figure("ordinary")
    assert becomes(at_work(), case_class="consultation").total.at == figure("consultation")


def test_what_was_granted_is_granted_under_another_class_too() -> None:
    extended = becomes(at_work("complaint"), extended_days=10)
    assert becomes(extended, case_class="ordinary").total.at == figure("ordinary", 10)


def test_a_class_changed_on_the_route_counts_when_the_route_is_left() -> None:
    statutory = figure("report", 30)
    on_route = becomes(enters(at_work("complaint"), statutory), case_class="consultation")
    assert on_route.total.at == statutory
    assert leaves(on_route).total.at == figure("consultation")
    longer = becomes(enters(at_work("ordinary"), statutory), case_class="complaint")
    assert leaves(longer).total.at == figure("ordinary")


def test_an_end_on_the_route_gives_back_the_time_until_the_end() -> None:
    on_route = enters(at_work(), figure("report", 30))
    later = town.MONDAY + timedelta(hours=1)
    ended = replace(on_route, state=State.DECLINED, route=on_route.route.ended(later))
    again = leaves(ended, town.MONDAY + timedelta(days=90))
    assert CALENDAR.working_time_between(figure("ordinary"), again.total.at) == timedelta(hours=1)


def test_what_joined_a_case_makes_it_earlier_and_is_granted_time_with_it() -> None:
    joined = figure("consultation")
    case = becomes(at_work("complaint"), promised_by=joined)
    assert case.total == Due(ClockName.TOTAL, joined)
    assert becomes(case, extended_days=10).total.at == later(joined, 10)
    assert becomes(case, case_class="report").total.at == joined
    statutory = figure("report", 30)
    assert enters(case, statutory).total.at == statutory
    assert leaves(enters(case, statutory)).total.at == joined
    slow = becomes(at_work("consultation"), promised_by=figure("report"))
    assert slow.total.at == figure("consultation")


def test_a_decision_is_due_when_it_was_set_for_whatever_its_class_says() -> None:
    for wanted in (figure("consultation"), figure("report", 60)):
        case = at_work(promised_by=wanted, is_dated=True)
        assert case.total == Due(ClockName.TOTAL, wanted)
        assert becomes(case, extended_days=5).total.at == later(wanted, 5)
        assert becomes(case, cap=figure("utilities")).total.at == figure("utilities")
    endless = replace(town.policy().classes["ordinary"], clocks={})
    plain = Standing(State.RECEIVED, None, town.MONDAY, {}, case_class="ordinary")
    assert total_after(None, plain, Terms(endless, CALENDAR), town.MONDAY) is None
    dated = replace(plain, promised_by=figure("report"), is_dated=True)
    total = total_after(None, dated, Terms(endless, CALENDAR), town.MONDAY)
    assert total == Due(ClockName.TOTAL, figure("report"))


def test_nothing_moves_it_past_its_cap() -> None:
    cap = figure("ordinary") - timedelta(hours=2)
    case = at_work(cap=cap)
    assert case.total == Due(ClockName.TOTAL, cap)
    assert becomes(case, extended_days=10).total.at == cap
    assert enters(case, figure("report", 30)).total.at == cap


def test_a_part_goes_with_the_deadline_of_its_parent() -> None:
    cap = figure("ordinary")
    part = at_work(cap=cap, is_part=True)
    assert becomes(part, cap=figure("ordinary", 5)).total.at == figure("ordinary", 5)
    assert becomes(part, cap=figure("consultation")).total.at == figure("consultation")
    early = at_work("consultation", cap=cap, is_part=True)
    assert becomes(early, cap=figure("ordinary", 5)).total.at == figure("consultation")


def test_a_deadline_of_another_system_that_was_wrong_binds_no_longer() -> None:
    wrong = figure("ordinary") - timedelta(days=3)
    case = at_work(cap=wrong)
    assert becomes(case, cap=wrong + timedelta(days=1)).total.at == wrong + timedelta(days=1)
    assert becomes(case, cap=figure("report")).total.at == figure("ordinary")
    assert becomes(case, cap=None).total.at == figure("ordinary")
    assert becomes(becomes(case, extended_days=2), cap=None).total.at == figure("ordinary", 2)
    assert becomes(becomes(case, cap=wrong), cap=wrong).total.at == wrong
    statutory = figure("report", 30)
    assert becomes(enters(case, statutory), cap=None).total.at == statutory
    part = at_work(cap=wrong, is_part=True)
    assert becomes(part, cap=None).total.at == wrong


def test_what_a_class_held_to_an_earlier_time_stays_there() -> None:
    case = becomes(at_work("complaint"), case_class="ordinary")
    bound = becomes(case, cap=case.total.at)
    assert becomes(bound, cap=None).total.at == figure("ordinary")


def test_a_class_without_a_total_clock_promises_none() -> None:
    plain = town.policy().classes["ordinary"]
    clocks = {name: one for name, one in plain.clocks.items() if name != ClockName.TOTAL}
    without = Terms(replace(plain, clocks=clocks), CALENDAR)
    fresh = Standing(State.RECEIVED, None, town.MONDAY, {}, case_class="ordinary")
    assert total_after(None, fresh, without, town.MONDAY) is None
    there = at_work("complaint")
    after = replace(there, case_class="ordinary")
    assert total_after(there, after, without, town.MONDAY) == there.total
    on_route = enters(there, figure("report", 30))
    left = replace(on_route, case_class="ordinary", route=None)
    assert total_after(on_route, left, without, town.MONDAY) == there.total
    bound = at_work(cap=figure("consultation"))
    free = replace(bound, cap=None)
    assert total_after(bound, free, without, town.MONDAY) == bound.total


def test_what_lies_beyond_the_published_calendar_is_provisional_until_it_does_not() -> None:
    route = enters(at_work("report"), datetime(2027, 6, 1, 9, tzinfo=town.MONDAY.tzinfo))
    back = leaves(route, town.MONDAY + timedelta(days=60))
    assert CALENDAR.covers(back.total.at.date()) != back.total.provisional
    assert not leaves(route).total.provisional


ACTS = st.one_of(
    st.tuples(st.just("case_class"), st.sampled_from(CLASSES)),
    st.tuples(st.just("extend"), st.integers(1, 10)),
    st.tuples(st.just("enter"), st.integers(1, 90)),
    st.tuples(st.just("leave"), st.just(0)),
    st.tuples(st.just("cap"), st.integers(1, 60)),
    st.tuples(st.just("uncap"), st.just(0)),
)


class Walk:
    """A case that is moved about, and how late its total clock may be at most."""

    def __init__(self, case_class: str) -> None:
        self.case, self.now = at_work(case_class), town.MONDAY
        self.longest = figure(case_class)
        self.on_routes = timedelta(minutes=1)
        self.left = 0

    def case_class(self, code: str) -> None:
        self.case = becomes(self.case, self.now, case_class=code)
        self.longest = max(self.longest, figure(code))

    def extend(self, days: int) -> None:
        self.case = becomes(self.case, self.now, extended_days=self.case.extended_days + days)

    def enter(self, days: int) -> None:
        if self.case.route is None:
            self.case = enters(self.case, later(self.now, days), self.now)

    def leave(self, _: int) -> None:
        route, before = self.case.route, self.case.total
        if route is not None:
            self.left += 1
            self.on_routes += worked(route.entered_at, self.now)
            self.case = leaves(self.case, self.now)
            assert self.case.total.at <= before.at

    def cap(self, days: int) -> None:
        self.case = becomes(self.case, self.now, cap=town.MONDAY + timedelta(days=days))

    def uncap(self, _: int) -> None:
        self.case = becomes(self.case, self.now, cap=None)

    def latest(self) -> datetime:
        """Return the longest class figure or statutory date, with what was granted and spent.

        Days granted end with a day, time spent on a route need not: each of their changes can
        make a difference of a part of a day.
        """
        route = self.case.route
        base = max(self.longest, route.due_at) if route else self.longest
        moment = CALENDAR.add_working_time(base, self.on_routes, provisional_ok=True)
        return later(moment.at, self.case.extended_days + self.left)


@given(
    first=st.sampled_from(CLASSES),
    acts=st.lists(st.tuples(ACTS, st.integers(0, 200)), max_size=8),
)
def test_it_is_never_later_than_class_and_extension_and_route_and_cap(
    first: str, acts: list[tuple[tuple[str, object], int]]
) -> None:
    walk = Walk(first)
    for (what, how), hours in acts:
        walk.now += timedelta(hours=hours)
        event(what)
        getattr(walk, what)(how)
        assert walk.case.total.at <= walk.latest()
        assert walk.case.cap is None or walk.case.total.at <= walk.case.cap


@pytest.mark.parametrize("case_class", CLASSES)
def test_an_extension_of_any_class_is_counted_from_the_old_deadline(case_class: str) -> None:
    extended = becomes(at_work(case_class), extended_days=3)
    assert extended.total.at == later(figure(case_class), 3)
