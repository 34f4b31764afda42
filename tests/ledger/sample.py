"""Events of a fixed city for the ledger's tests, and hypothesis strategies for more of them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import ClassVar

from django.db import transaction
from hypothesis import strategies as st

from dandang.ledger.append import append
from dandang.terms import Actor, Due, Event, Recorded

MONDAY = datetime(2026, 11, 23, 9, 0, 0, 123_456, tzinfo=UTC)
LI_NA = Actor.officer("W-017")
MRS_LIU = Actor.requester(1)


@dataclass(frozen=True, slots=True)
class Reported(Event):
    personal: ClassVar[frozenset[str]] = frozenset({"title", "text", "contact"})

    title: str
    text: str
    category: str
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class HandedOver(Event):
    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    holder_post: str
    text: str
    units: tuple[str, ...] = ()
    round: int = 1
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Accepted(Event):
    pass


def reported(title="路灯不亮", text="青山街道三号路灯坏了，刘女士", category="lamp", **values):
    event = Reported(title=title, text=text, category=category, **values)
    return Recorded(event, MRS_LIU, MONDAY, dues=(Due("total", MONDAY + timedelta(days=5)),))


def handed_over(to="water.duty", text="请水务局处理", **values):
    event = HandedOver(holder_post=to, text=text, **values)
    dues = (Due("accept", MONDAY + timedelta(hours=4), provisional=True), Due("dispatch", None))
    return Recorded(event, LI_NA, MONDAY, post="housing.duty", dues=dues)


def accepted():
    return Recorded(Accepted(), LI_NA, MONDAY, post="water.duty")


def write(stream, *records, now=MONDAY):
    """Append in a transaction of its own."""
    with transaction.atomic():
        return append(stream, records, now=now)


class ActFailed(Exception):
    """Something of an act went wrong after its event was written."""


def failing_act(stream, *records):
    with transaction.atomic():
        append(stream, records, now=MONDAY)
        raise ActFailed


texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
instants = st.datetimes(
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001 the time zone is drawn apart
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001 as above
    # Fixed offsets: Python calls an hour that a clock change skips or doubles equal to nothing.
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=-3.5))]),
)
actors = st.sampled_from([LI_NA, MRS_LIU, Actor.system(), Actor.importer("nyc311")])
dues = st.builds(
    Due,
    clock=st.sampled_from(["total", "accept", "resolution"]),
    at=st.none() | instants,
    provisional=st.booleans(),
    paused=st.booleans(),
)
events = st.one_of(
    st.builds(Reported, texts, texts, texts, st.none() | texts),
    st.builds(
        HandedOver,
        texts,
        texts,
        st.lists(texts, max_size=3).map(tuple),
        st.integers(-(2**53) + 1, 2**53 - 1),
        st.booleans(),
    ),
    st.just(Accepted()),
)
records = st.builds(
    Recorded,
    events,
    actors,
    instants,
    st.sampled_from(["", "water.duty"]),
    st.lists(dues, max_size=3).map(tuple),
)
