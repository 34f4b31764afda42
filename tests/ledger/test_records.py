"""A recorded event becomes named values and comes back whole."""

from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given

from dandang.ledger.records import (
    CIRCUMSTANCES,
    ReservedFieldName,
    from_values,
    to_values,
    write_instant,
)
from dandang.terms import Actor, Due, Event, Recorded
from tests.ledger.sample import LI_NA, MONDAY, Accepted, HandedOver, Reported, accepted, records

TYPES = {event.type_name(): event for event in (Reported, HandedOver, Accepted)}


@given(records)
def test_a_recorded_event_comes_back_equal(recorded):
    own, circumstances = from_values(to_values(recorded))
    event = TYPES[recorded.event.type_name()].from_fields(own)
    again = Recorded(
        event,
        circumstances.actor,
        circumstances.occurred_at,
        circumstances.post,
        circumstances.dues,
    )
    assert again == recorded


def test_what_is_empty_is_left_out():
    assert to_values(Recorded(Accepted(), Actor.system(), MONDAY)) == {
        "actor": "system",
        "occurred_at": "2026-11-23T09:00:00.123456Z",
    }


def test_clocks_stand_in_words():
    dues = (
        Due("accept", MONDAY),
        Due("dispatch", None),
        Due("resolution", MONDAY, provisional=True, paused=True),
    )
    written = to_values(Recorded(Accepted(), LI_NA, MONDAY, post="water.duty", dues=dues))
    assert written["post"] == "water.duty"
    assert written["dues"] == [
        ["accept", "2026-11-23T09:00:00.123456Z"],
        ["dispatch", None],
        ["resolution", "2026-11-23T09:00:00.123456Z", "provisional", "paused"],
    ]


def test_no_part_of_a_record_or_clock_is_forgotten():
    parts = {"event", "by", "occurred_at", "post", "dues"}
    assert {field.name for field in fields(Recorded)} == parts
    # A clock that ran out is not recorded as such: the event that says so is there.
    unrecorded = {"clock", "at", "missed"}
    flags = dict.fromkeys({field.name for field in fields(Due)} - unrecorded, True)
    written = to_values(Recorded(Accepted(), LI_NA, MONDAY, dues=(Due("total", None, **flags),)))
    (clock,) = written["dues"]
    assert {*clock[2:]} == flags.keys()


def test_a_clock_with_an_unknown_word_is_not_half_read():
    values = to_values(accepted()) | {"dues": [["accept", None, "frozen"]]}
    with pytest.raises(ValueError, match="frozen"):
        from_values(values)


@pytest.mark.parametrize("name", sorted(CIRCUMSTANCES))
def test_an_event_field_named_like_a_circumstance_is_refused(name):
    colliding = dataclass(frozen=True)(type("Moved", (Event,), {"__annotations__": {name: str}}))
    with pytest.raises(ReservedFieldName, match=f"moved has {name}"):
        to_values(Recorded(colliding(**{name: "water"}), LI_NA, MONDAY))


def test_instants_are_written_in_utc():
    shanghai = timezone(timedelta(hours=8))
    assert write_instant(MONDAY.astimezone(shanghai)) == write_instant(MONDAY)
    assert datetime.fromisoformat(write_instant(MONDAY)) == MONDAY
    assert datetime.fromisoformat(write_instant(MONDAY)).tzinfo == UTC


def test_an_instant_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        write_instant(MONDAY.replace(tzinfo=None))
