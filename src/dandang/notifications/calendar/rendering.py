"""Writes a calendar as RFC 5545 wants it, with the additions of RFC 7986 for feeds; pure.

Each deadline is an event without length at its due time, because calendar programs that subscribe
to an address show events and leave tasks (VTODO) out. It takes no time from anybody's day
(TRANSPARENT) and sounds no alarm of ours.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

_PRODUCT = "-//Dandang//Deadlines//EN"
_ASK_AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One deadline in words. `uid` stays the same while the clock moves; `address` leads to it."""

    uid: str
    summary: str
    due_at: datetime
    description: str
    address: str


def write_calendar(name: str, entries: Iterable[Entry], *, now: datetime) -> bytes:
    """Return the calendar as UTF-8. `now` stands in every entry as the time it was written."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for property_name in ("name", "x-wr-calname"):
        calendar.add(property_name, name)
    for property_name in ("refresh-interval", "x-published-ttl"):
        calendar.add(property_name, _ASK_AGAIN, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, now))
    return bytes(calendar.to_ical())


def _event(entry: Entry, now: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", entry.due_at.astimezone(UTC))
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    event.add("url", entry.address)
    event.add("class", "CONFIDENTIAL")
    event.add("transp", "TRANSPARENT")
    return event
