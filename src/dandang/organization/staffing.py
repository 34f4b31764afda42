"""Which officers are in which posts at an instant: rosters, appointments and substitutes."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import accumulate
from zoneinfo import ZoneInfo

from dandang.organization.entries import Appointment, Organization, Roster, Substitute

Stretch = tuple[datetime, datetime]
_REMEMBERED = 1024


class Staffing:
    """Resolves posts to officers and back, by code.

    A roster entry that covers the instant goes first; else the post's substitutes of that day;
    else its appointments of that day. Whoever that names is replaced by the officer's own
    substitute of that day, and that one's, and so on; a ring of absent officers replaces nobody.
    """

    __slots__ = (
        "_appointed",
        "_officers",
        "_posts_named",
        "_rosters",
        "_stand_ins",
        "_stands_for",
        "_substituted",
        "_zone",
    )

    def __init__(self, organization: Organization) -> None:
        self._zone = ZoneInfo(organization.body.time_zone)
        self._appointed: dict[str, list[Appointment]] = defaultdict(list)
        self._substituted: dict[str, list[Substitute]] = defaultdict(list)
        self._stand_ins: dict[str, list[Substitute]] = defaultdict(list)
        self._stands_for: dict[str, set[str]] = defaultdict(set)
        self._posts_named: dict[str, set[str]] = defaultdict(set)
        rosters: dict[str, list[Roster]] = defaultdict(list)
        for appointment in organization.appointments:
            self._appointed[appointment.post].append(appointment)
            self._posts_named[appointment.officer].add(appointment.post)
        for roster in organization.rosters:
            rosters[roster.post].append(roster)
            self._posts_named[roster.officer].add(roster.post)
        for substitute in organization.substitutes:
            self._add(substitute)
        self._rosters = {post: _Timeline(entries) for post, entries in rosters.items()}
        # Everything that happens at one instant asks for the same few posts.
        self._officers = lru_cache(maxsize=_REMEMBERED)(self._resolve)

    def _add(self, substitute: Substitute) -> None:
        if substitute.post is not None:
            self._substituted[substitute.post].append(substitute)
            self._posts_named[substitute.officer].add(substitute.post)
        if substitute.absent is not None:
            self._stand_ins[substitute.absent].append(substitute)
            self._stands_for[substitute.officer].add(substitute.absent)

    def day(self, at: datetime) -> date:
        """Return the body's own day of this instant."""
        return at.astimezone(self._zone).date()

    def officers(self, post: str, at: datetime) -> tuple[str, ...]:
        """Return who is in the post at this instant, each once; empty when nobody is."""
        return self._officers(post, at)

    def _resolve(self, post: str, at: datetime) -> tuple[str, ...]:
        day = self.day(at)
        timeline = self._rosters.get(post)
        named = list(timeline.on_duty(at)) if timeline else []
        if not named:
            named = self._regular(post, day)
        return tuple(dict.fromkeys(self._present(officer, day) for officer in named))

    def regular(self, post: str, at: datetime) -> tuple[str, ...]:
        """Return who is in the post on this day whatever the roster says, each once."""
        day = self.day(at)
        named = self._regular(post, day)
        return tuple(dict.fromkeys(self._present(officer, day) for officer in named))

    def posts(self, officer: str, at: datetime) -> tuple[str, ...]:
        """Return the posts this officer is in at this instant, in order of their codes."""
        people, waiting = {officer}, [officer]
        while waiting:
            absent = self._stands_for.get(waiting.pop(), set()) - people
            people |= absent
            waiting.extend(absent)
        named = {post for person in people for post in self._posts_named.get(person, ())}
        return tuple(post for post in sorted(named) if officer in self.officers(post, at))

    def holes(self, post: str, day: date) -> list[Stretch]:
        """Return the stretches of this day (in UTC) in which nobody is in the post."""
        if self._regular(post, day):
            return []
        start, end = self.span(day)
        timeline = self._rosters.get(post)
        holes, reached = [], start
        for starts_at, ends_at in timeline.touching(start, end) if timeline else ():
            if starts_at > reached:
                holes.append((reached, starts_at))
            reached = max(reached, ends_at)
        if reached < end:
            holes.append((reached, end))
        return holes

    def span(self, day: date) -> Stretch:
        """Return the first instant of the body's day and that of the next day (in UTC)."""
        # In UTC, because two times of one zone would be compared by the clock on the wall.
        midnights = (datetime.combine(day + timedelta(days=n), time(), self._zone) for n in (0, 1))
        start, end = (midnight.astimezone(UTC) for midnight in midnights)
        return start, end

    def _regular(self, post: str, day: date) -> list[str]:
        substitutes = [s.officer for s in self._substituted.get(post, ()) if s.covers(day)]
        return substitutes or [a.officer for a in self._appointed.get(post, ()) if a.covers(day)]

    def _present(self, officer: str, day: date) -> str:
        seen = {officer}
        here = officer
        while (substitute := self._substitute_of(here, day)) is not None:
            if substitute in seen:
                return officer
            seen.add(substitute)
            here = substitute
        return here

    def _substitute_of(self, officer: str, day: date) -> str | None:
        standing_in = (s.officer for s in self._stand_ins.get(officer, ()) if s.covers(day))
        return min(standing_in, default=None)


class _Timeline:
    """The roster entries of one post, ready to be asked for an instant."""

    __slots__ = ("_entries", "_latest_ends", "_starts")

    def __init__(self, rosters: list[Roster]) -> None:
        self._entries = sorted(
            (roster.starts_at.astimezone(UTC), roster.ends_at.astimezone(UTC), roster.officer)
            for roster in rosters
        )
        self._starts = [starts_at for starts_at, _, _ in self._entries]
        # The latest end among the entries so far tells where looking back can stop.
        self._latest_ends = list(accumulate((ends_at for _, ends_at, _ in self._entries), max))

    def on_duty(self, at: datetime) -> Iterator[str]:
        """Yield the officers whose entries cover this instant, latest start first."""
        index = bisect_right(self._starts, at)
        while index and self._latest_ends[index - 1] > at:
            index -= 1
            _, ends_at, officer = self._entries[index]
            if ends_at > at:
                yield officer

    def touching(self, start: datetime, end: datetime) -> list[Stretch]:
        """Return the stretches that share time with this one, by start."""
        return [
            (first, after) for first, after, _ in self._entries if first < end and after > start
        ]
