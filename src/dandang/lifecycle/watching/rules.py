"""What starves, who is missing when, and what comes in a surge. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from dandang.organization.directory import Directory, Duty, Post, PostKind
from dandang.policy import Policy, Span, SpanUnit, Watch

REACHABLE = frozenset(
    {PostKind.DUTY, PostKind.INTAKE, PostKind.SUPERVISION, PostKind.LEADER, PostKind.HEAD}
)
"""The kinds of post that somebody must hold at every hour: cases and calls go there."""

MOST_DAYS = 31
"""So many days of rosters are looked at in one go; the rest follow with the next."""

_STARVING_AT = time(8)
_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_PERCENT = 100
_PASSING = {
    SpanUnit.MINUTES: _MINUTE,
    SpanUnit.HOURS: _HOUR,
    SpanUnit.WORKING_HOURS: _HOUR,
    SpanUnit.WORKING_DAYS: _DAY,
    SpanUnit.DAYS: _DAY,
}


class Watched(StrEnum):
    """What is looked for, in the order in which it is."""

    SURGES = "surges"
    ROSTERS = "rosters"
    STARVING = "starving"


@dataclass(frozen=True, slots=True)
class Group:
    """The open cases of one class, area and channel.

    `share` is the 95th percentile of the shares of their promised time that have passed: 1.0 is a
    case whose total clock runs out at this moment.
    """

    case_class: str
    area: str | None
    channel: str
    cases: int
    share: float

    @property
    def subject(self) -> str:
        """What a finding about this group is kept under."""
        return f"{self.case_class}|{self.area or ''}|{self.channel}"

    @property
    def percent(self) -> int:
        """The share in whole percent, rounded down."""
        return int(self.share * _PERCENT)


@dataclass(frozen=True, slots=True)
class Hole:
    """A stretch (UTC) in which a post resolves to nobody."""

    post: str
    since: datetime
    until: datetime

    def touches(self, since: datetime, until: datetime | None) -> bool:
        """Say whether it overlaps that stretch, or goes on where that ends."""
        return since <= self.until and (until is None or self.since <= until)


@dataclass(frozen=True, slots=True)
class Surge:
    """Requests of one category and area that came in within a short time.

    `case_id` is the row of the newest open case among them.
    """

    category: str
    area: str | None
    requests: int
    case_id: int

    @property
    def subject(self) -> str:
        """What a call about this surge is kept under."""
        return f"{self.category}|{self.area or ''}"


def starving(groups: Iterable[Group], watch: Watch) -> tuple[Group, ...]:
    """Return the groups that wait too long for what they themselves were promised, worst first.

    Each is measured against its own promise, so small matters that nobody looks at show as clearly
    as big ones. Groups of fewer cases than `watch.starving_least` are not judged.
    """
    found = (
        group
        for group in groups
        if group.cases >= watch.starving_least and group.share * _PERCENT > watch.starving_share
    )
    return tuple(sorted(found, key=lambda group: (-group.share, group.subject)))


def next_look(name: Watched, now: datetime, zone: str) -> datetime:
    """Return when this is looked for next, after `now` (aware): in UTC.

    Surges at each full minute, rosters at each full hour, starving groups at 8:00 of the body.
    """
    if name is Watched.STARVING:
        return _next_morning(now, ZoneInfo(zone))
    step = _MINUTE if name is Watched.SURGES else _HOUR
    at = now.astimezone(UTC)
    return at - (at - datetime.min.replace(tzinfo=UTC)) % step + step


def _next_morning(now: datetime, zone: ZoneInfo) -> datetime:
    day = now.astimezone(zone).date()
    # In UTC, because two times of one zone would be compared by the clock on the wall.
    mornings = (
        datetime.combine(day + timedelta(days=n), _STARVING_AT, zone).astimezone(UTC)
        for n in (0, 1)
    )
    return next(at for at in mornings if at > now)


def passing(span: Span) -> timedelta:
    """Return a span as time that simply passes, backwards as well as forwards.

    Working hours and days count as hours and days.
    """
    return span.amount * _PASSING[span.unit]


def days_to_look_at(first: date, last: date) -> tuple[date, ...]:
    """Return the days from the first to the last, both included, at most `MOST_DAYS`."""
    number = min((last - first).days + 1, MOST_DAYS)
    return tuple(first + timedelta(days=n) for n in range(number))


def find_holes(directory: Directory, days: Sequence[date], now: datetime) -> tuple[Hole, ...]:
    """Return when nobody will be in a post that must be held, the earliest first.

    What is over by `now` is left out, and stretches that meet at midnight are one.
    """
    found = (
        hole
        for post in _reachable(directory)
        for hole in _joined(directory, post, days)
        if hole.until > now
    )
    return tuple(sorted(found, key=lambda hole: (hole.since, hole.post)))


def _reachable(directory: Directory) -> Iterator[Post]:
    return (
        post for post in directory.posts.values() if post.ended is None and post.kinds & REACHABLE
    )


def _joined(directory: Directory, post: Post, days: Sequence[date]) -> Iterator[Hole]:
    here: Hole | None = None
    for day in days:
        for since, until in directory.holes(post.code, day):
            if here is not None and here.until == since:
                here = replace(here, until=until)
                continue
            if here is not None:
                yield here
            here = Hole(post.code, since, until)
    if here is not None:
        yield here


def supervision_post(directory: Directory, now: datetime) -> Post:
    """Return the post that gets findings: supervision, else a leader, else dispatch.

    One where somebody is at this hour goes first.
    """
    kinds = (PostKind.SUPERVISION, PostKind.LEADER, PostKind.DISPATCH)
    posts = [post for kind in kinds for post in directory.posts_of_kind(kind)]
    held = (post for post in posts if directory.officers_of(post.code, now))
    return next(held, None) or next(iter(posts), directory.fallback_post())


def duty_post(directory: Directory, policy: Policy, surge: Surge, on: date) -> Post:
    """Return the post that answers for the category and area of a surge, else the fallback post.

    Of several duties of one rank it is the first.
    """
    known = surge.area is None or surge.area in directory.areas
    duties: tuple[Duty, ...] = ()
    # The category or the area of a case may be one that was given up since.
    if known and surge.category in policy.categories:
        duties = directory.duties_for(policy.category_path(surge.category), surge.area, on)
    return directory.post(duties[0].post) if duties else directory.fallback_post()
