"""When messages go out: never in the quiet hours, to officers in working hours, later and later."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.notifications.rules.notices import Kind, Urgency
from dandang.notifications.rules.timing import (
    PROBES,
    TRIES,
    Hours,
    after_quiet,
    due_at,
    in_working_hours,
    next_digest,
    next_probe,
    next_try,
)
from tests import town

USUAL = Hours()
instants = st.datetimes(
    min_value=datetime.fromisoformat("2026-01-01"),
    max_value=datetime.fromisoformat("2026-12-30"),
    timezones=st.just(UTC),
)
clocks = st.times().map(lambda one: one.replace(second=0, microsecond=0))


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


@pytest.mark.parametrize(
    ("kind", "urgency", "ready", "goes_out"),
    [
        # A working day, in working hours, at lunch, in the evening, at night.
        ("requester", "ordinary", "2026-10-12T10:00", "2026-10-12T10:00"),
        ("officer", "ordinary", "2026-10-12T10:00", "2026-10-12T10:00"),
        ("requester", "ordinary", "2026-10-12T12:30", "2026-10-12T12:30"),
        ("requester", "ordinary", "2026-10-12T20:59", "2026-10-12T20:59"),
        ("requester", "ordinary", "2026-10-12T21:00", "2026-10-13T08:00"),
        ("requester", "ordinary", "2026-10-12T03:00", "2026-10-12T08:00"),
        ("requester", "at_once", "2026-10-12T03:00", "2026-10-12T03:00"),
        ("officer", "ordinary", "2026-10-12T21:00", "2026-10-13T09:00"),
        ("officer", "prompt", "2026-10-12T19:00", "2026-10-12T19:00"),
        ("officer", "prompt", "2026-10-12T23:00", "2026-10-13T08:00"),
        ("officer", "at_once", "2026-10-12T23:00", "2026-10-12T23:00"),
        # National Day: seven days of rest, and a Saturday that is worked.
        ("officer", "ordinary", "2026-10-01T10:00", "2026-10-08T09:00"),
        ("officer", "prompt", "2026-10-01T10:00", "2026-10-01T10:00"),
        ("officer", "ordinary", "2026-10-10T10:00", "2026-10-10T10:00"),
        ("requester", "ordinary", "2026-10-01T10:00", "2026-10-01T10:00"),
    ],
)
def test_everybody_gets_messages_at_their_time(kind, urgency, ready, goes_out):
    found = due_at(local(ready), Kind(kind), Urgency(urgency), USUAL, town.calendar())
    assert found == local(goes_out)


@given(instants, clocks, clocks)
def test_what_waits_for_the_morning_goes_out_outside_the_quiet_hours(at, quiet_from, quiet_to):
    hours = Hours(quiet_from=quiet_from, quiet_to=quiet_to)
    zone = ZoneInfo("Asia/Shanghai")
    found = after_quiet(at, hours, zone)
    assert found >= at
    assert found - at < timedelta(days=1)
    assert after_quiet(found, hours, zone) == found


def test_where_clocks_change_the_quiet_hours_are_those_of_the_clock():
    berlin = ZoneInfo("Europe/Berlin")
    night = datetime(2026, 3, 28, 22, tzinfo=berlin)
    morning = after_quiet(night, USUAL, berlin)
    assert morning.astimezone(berlin).isoformat() == "2026-03-29T08:00:00+02:00"
    assert (morning.astimezone(UTC) - night.astimezone(UTC)) == timedelta(hours=9)


def test_quiet_hours_within_a_day_and_none_at_all():
    noon = Hours(quiet_from=time(12), quiet_to=time(14))
    zone = ZoneInfo("Asia/Shanghai")
    assert after_quiet(local("2026-10-12T13:00"), noon, zone) == local("2026-10-12T14:00")
    assert after_quiet(local("2026-10-12T14:00"), noon, zone) == local("2026-10-12T14:00")
    assert after_quiet(local("2026-10-12T23:00"), noon, zone) == local("2026-10-12T23:00")
    never = Hours(quiet_from=time(8), quiet_to=time(8))
    assert after_quiet(local("2026-10-12T08:00"), never, zone) == local("2026-10-12T08:00")


@given(instants)
def test_the_next_opening_is_in_working_hours_and_stays_where_it_is(at):
    found = in_working_hours(at, town.calendar())
    assert found >= at
    assert in_working_hours(found, town.calendar()) == found


@given(instants, st.lists(clocks, min_size=1, max_size=3, unique=True))
def test_a_digest_comes_later_at_one_of_its_times_on_a_working_day(at, digest_times):
    hours = Hours(digest_times=tuple(digest_times))
    found = next_digest(at, hours, town.calendar())
    shown = found.astimezone(town.calendar().time_zone)
    assert found > at
    assert shown.time() in digest_times
    assert town.calendar().is_working_day(shown.date(), provisional_ok=True)


def test_tries_come_later_and_later_and_end():
    spans = [next_try(town.MONDAY, tries) for tries in range(1, len(TRIES) + 1)]
    assert spans == sorted(spans)
    assert next_try(town.MONDAY, len(TRIES) + 1) is None


def test_a_server_that_is_down_is_tried_again_for_ever():
    assert next_probe(town.MONDAY, 1) == town.MONDAY + PROBES[0]
    assert next_probe(town.MONDAY, 10_000) == town.MONDAY + PROBES[-1]
