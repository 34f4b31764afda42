"""When a message goes out: quiet hours by the body's clock, working hours, digests, tries; pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from dandang.notifications.rules.notices import Kind, Urgency
from dandang.workdays import WorkCalendar

TOO_OLD = timedelta(days=14)
"""What happened longer ago is told to nobody: it would mislead."""

TRIES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(days=1),
    timedelta(days=1),
    timedelta(days=1),
)
"""How long after each failed try the next one comes. After the last the message is given up."""

PROBES = (*TRIES[:3], timedelta(minutes=30))
"""How long after each failure a server that is down is tried again; the last one for ever."""

_TICK = timedelta(microseconds=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """When people are left in peace, and when many messages become one.

    Times of day are those of the body's clock. Quiet hours run from `quiet_from` to `quiet_to`,
    over midnight where the first is later; the same time twice means none. More than
    `digest_after` messages to an officer on one channel within `digest_window` wait for the next
    of `digest_times`, and go out as one.
    """

    quiet_from: time = time(21)
    quiet_to: time = time(8)
    digest_after: int = 5
    digest_window: timedelta = timedelta(hours=1)
    digest_times: tuple[time, ...] = (time(11, 30), time(16, 30))


def due_at(
    now: datetime, kind: Kind, urgency: Urgency, hours: Hours, calendar: WorkCalendar
) -> datetime:
    """Return when a message that is ready now goes out (aware)."""
    if urgency is Urgency.AT_ONCE:
        return now
    awake = after_quiet(now, hours, calendar.time_zone)
    if kind is Kind.REQUESTER or urgency is Urgency.PROMPT:
        return awake
    return after_quiet(in_working_hours(awake, calendar), hours, calendar.time_zone)


def after_quiet(at: datetime, hours: Hours, zone: ZoneInfo) -> datetime:
    """Return the instant itself, or the end of the quiet hours it falls into."""
    if hours.quiet_from == hours.quiet_to:
        return at
    local = at.astimezone(zone)
    clock = local.time()
    over_midnight = hours.quiet_from > hours.quiet_to
    late, early = clock >= hours.quiet_from, clock < hours.quiet_to
    if not (late or early if over_midnight else late and early):
        return at
    day = local.date() + (_DAY if late and over_midnight else timedelta())
    return datetime.combine(day, hours.quiet_to, zone).astimezone(at.tzinfo)


def in_working_hours(at: datetime, calendar: WorkCalendar) -> datetime:
    """Return the instant itself, or the next opening where it is outside working hours."""
    return calendar.add_working_time(at, _TICK, provisional_ok=True).at - _TICK


def next_digest(at: datetime, hours: Hours, calendar: WorkCalendar) -> datetime:
    """Return the next time of a digest on a working day, after the instant."""
    day = in_working_hours(at, calendar).astimezone(calendar.time_zone).date()
    while True:
        for clock in sorted(hours.digest_times):
            found = datetime.combine(day, clock, calendar.time_zone).astimezone(at.tzinfo)
            if found > at and calendar.is_working_day(day, provisional_ok=True):
                return found
        day += _DAY


def next_try(now: datetime, tries: int) -> datetime | None:
    """Return when a message that failed for the `tries`-th time is tried again; None: never."""
    return now + TRIES[tries - 1] if tries <= len(TRIES) else None


def next_probe(now: datetime, failures: int) -> datetime:
    """Return when a server that failed so many times in a row is tried again."""
    return now + PROBES[min(failures, len(PROBES)) - 1]
