"""Events become ledger fields and come back unchanged."""

from dataclasses import FrozenInstanceError, dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.terms import Event


class Reason(StrEnum):
    NOT_OUR_DUTY = "not_our_duty"
    BETTER_PLACED = "better_placed"


@dataclass(frozen=True, slots=True)
class WaterTurnedOff(Event):
    """An event with every kind of field."""

    personal: ClassVar[frozenset[str]] = frozenset({"caller", "address", "neighbours", "born"})

    street: str
    homes: int
    planned: bool
    since: datetime
    day: date
    reason: Reason
    streets: tuple[str, ...]
    reasons: tuple[Reason, ...]
    caller: str
    address: str | None
    neighbours: tuple[str, ...]
    born: date | None
    until: datetime | None
    crew: str | None = None
    priority: int = 3


# A lone surrogate cannot stand in a ledger entry; check_text refuses it at the door.
texts = st.text(st.characters(exclude_categories=["Cs"]))
instants = st.datetimes(
    min_value=datetime(1949, 10, 1),  # noqa: DTZ001 the strategy wants naive bounds
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=-5))]),
)
outages = st.builds(
    WaterTurnedOff,
    street=texts,
    homes=st.integers(0, 2**53 - 1),
    since=instants,
    reason=st.sampled_from(Reason),
    streets=st.lists(texts).map(tuple),
    reasons=st.lists(st.sampled_from(Reason)).map(tuple),
    caller=texts,
    address=st.none() | texts,
    neighbours=st.lists(texts).map(tuple),
    until=st.none() | instants,
    crew=st.none() | texts,
)


def an_outage() -> WaterTurnedOff:
    return WaterTurnedOff(
        street="Qingshan Road",
        homes=60,
        planned=False,
        since=datetime(2026, 2, 3, 7, 30, tzinfo=timezone(timedelta(hours=8))),
        day=date(2026, 2, 3),
        reason=Reason.NOT_OUR_DUTY,
        streets=("Qingshan Road", "江边路"),
        reasons=(Reason.BETTER_PLACED,),
        caller="刘女士",
        address="3-2-501",
        neighbours=("周先生",),
        born=None,
        until=None,
    )


@given(outages)
def test_an_event_comes_back_as_it_was(outage):
    assert WaterTurnedOff.from_fields(outage.to_fields()) == outage


@given(outages)
def test_instants_come_back_in_utc(outage):
    assert WaterTurnedOff.from_fields(outage.to_fields()).since.tzinfo == UTC


def test_fields_are_plain_json_and_nothing_that_is_none_is_written():
    assert an_outage().to_fields() == {
        "street": "Qingshan Road",
        "homes": 60,
        "planned": False,
        "since": "2026-02-02T23:30:00.000000Z",
        "day": "2026-02-03",
        "reason": "not_our_duty",
        "streets": ["Qingshan Road", "江边路"],
        "reasons": ["better_placed"],
        "caller": "刘女士",
        "address": "3-2-501",
        "neighbours": ["周先生"],
        "priority": 3,
    }


def test_a_written_word_is_the_plain_text_and_not_the_enumeration():
    fields = an_outage().to_fields()
    assert type(fields["reason"]) is str
    assert [type(word) for word in fields["reasons"]] == [str]


def test_an_event_is_never_changed():
    with pytest.raises(FrozenInstanceError):
        an_outage().homes = 61


def test_the_name_of_a_type_is_its_words_in_lower_case():
    assert WaterTurnedOff.type_name() == "water_turned_off"
    assert Event.type_name() == "event"


def test_an_event_names_no_personal_field_of_its_own_accord():
    assert Event.personal == frozenset()


def test_erased_personal_values_leave_an_empty_place_of_the_right_kind():
    fields = an_outage().to_fields()
    for name in WaterTurnedOff.personal:
        fields.pop(name, None)
    outage = WaterTurnedOff.from_fields(fields)
    assert (outage.caller, outage.address, outage.neighbours, outage.born) == ("", None, (), None)
    assert outage.street == "Qingshan Road"


def test_a_personal_value_that_reads_null_counts_as_erased():
    outage = WaterTurnedOff.from_fields({**an_outage().to_fields(), "caller": None})
    assert outage.caller == ""


def test_a_field_added_later_takes_its_default_in_old_events():
    fields = an_outage().to_fields()
    del fields["priority"]
    assert WaterTurnedOff.from_fields(fields).priority == 3


def test_an_unknown_field_is_refused_by_name():
    with pytest.raises(ValueError, match=r"water_turned_off has no field \['colour'\]"):
        WaterTurnedOff.from_fields({**an_outage().to_fields(), "colour": "blue"})


@pytest.mark.parametrize("name", ["street", "homes", "since", "reason", "streets"])
def test_a_missing_field_is_refused_by_name(name):
    fields = an_outage().to_fields()
    del fields[name]
    with pytest.raises(ValueError, match=f"water_turned_off lacks the field {name}"):
        WaterTurnedOff.from_fields(fields)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("street", 3),
        ("street", ["Qingshan Road"]),
        ("homes", "60"),
        ("homes", True),
        ("planned", "no"),
        ("planned", 0),
        ("since", "yesterday"),
        ("since", 20260203),
        ("since", ["2026-02-03"]),
        ("day", "2026-02-30"),
        ("reason", "because"),
        ("reason", ["not_our_duty"]),
        ("streets", "Qingshan Road"),
        ("streets", [1]),
        ("reasons", ["because"]),
        ("address", 5),
    ],
)
def test_a_value_of_another_kind_is_refused_and_never_bent_into_shape(name, value):
    with pytest.raises(ValueError, match=r".") as refused:
        WaterTurnedOff.from_fields({**an_outage().to_fields(), name: value})
    assert "刘女士" not in str(refused.value)


def test_an_instant_without_a_time_zone_cannot_be_written():
    @dataclass(frozen=True, slots=True)
    class Seen(Event):
        at: datetime

    with pytest.raises(ValueError, match="time zone"):
        Seen(datetime(2026, 2, 3)).to_fields()  # noqa: DTZ001 the mistake under test


@pytest.mark.parametrize("value", [1.5, b"x", {"a": 1}, ["a"], (1, 2), object()])
def test_what_the_ledger_cannot_hold_cannot_be_written(value):
    @dataclass(frozen=True, slots=True)
    class Measured(Event):
        value: object

    with pytest.raises(TypeError, match="cannot stand in an event"):
        Measured(value).to_fields()
