"""Random calendars and instants, drawn towards the days on which clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from dandang.workdays import CalendarData, Notice, Slot

YEARS = (2010, 2011)
FIRST, LAST = date(2010, 1, 1), date(2011, 12, 31)
ZONES = (
    "Asia/Shanghai",
    "Europe/Amsterdam",
    "America/New_York",
    "Australia/Lord_Howe",  # by half an hour
    "America/St_Johns",  # at one minute past midnight, back into the day before
    "Asia/Beirut",  # at midnight
    "Pacific/Apia",  # left out 30 December 2011
    "Africa/Casablanca",  # four times in 2011's neighbourhood
)


@cache
def changes(zone: str) -> list[datetime]:
    """The hours in which the zone's offset changes."""
    hours = [datetime(2010, 1, 10, tzinfo=UTC) + timedelta(hours=n) for n in range(710 * 24)]
    offsets = [hour.astimezone(ZoneInfo(zone)).utcoffset() for hour in hours]
    return [hours[n] for n in range(1, len(hours)) if offsets[n] != offsets[n - 1]]


def _clock(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)


@st.composite
def slots(draw) -> tuple[Slot, ...]:
    edges = draw(st.lists(st.integers(0, 24 * 12), min_size=2, max_size=6, unique=True))
    edges = sorted(edge * 5 for edge in edges)
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return tuple(Slot(_clock(start), _clock(end)) for start, end in pairs)


@st.composite
def notices(draw, first: date = FIRST, last: date = LAST) -> Notice:
    begin, end = sorted(draw(st.tuples(st.dates(first, last), st.dates(first, last))))
    offsets = st.frozensets(st.integers(0, (end - begin).days), max_size=12)
    some_days = offsets.map(lambda days: frozenset(begin + timedelta(days=n) for n in days))
    working = draw(some_days)
    return Notice(
        source="a notice",
        published=draw(st.dates(first, last)),
        first=begin,
        last=end,
        working=working,
        rest=draw(some_days) - working,
    )


@st.composite
def calendars(draw) -> CalendarData:
    return CalendarData(
        name="test",
        version="1",
        time_zone=draw(st.sampled_from(ZONES)),
        slots=draw(slots()),
        notices=tuple(draw(st.lists(notices(), max_size=3))),
        weekend=draw(st.frozensets(st.integers(0, 6), max_size=3)),
        years=YEARS,
    )


def instants(zone: str) -> st.SearchStrategy[datetime]:
    """Whole minutes, within three days of a change of the clock where the zone has any."""
    anchors = changes(zone) or [datetime(2010, 7, 1, tzinfo=UTC)]
    minutes = st.integers(-3 * 24 * 60, 24 * 60)
    return st.builds(lambda at, n: at + timedelta(minutes=n), st.sampled_from(anchors), minutes)


@st.composite
def calendars_and_instants(draw) -> tuple[CalendarData, datetime]:
    data = draw(calendars())
    return data, draw(instants(data.time_zone))
