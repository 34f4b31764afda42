"""When a post changes hands: who inherits its cases, and who stands in for whom."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from dandang.lifecycle.casework.events.custody import PostInherited, Substituted
from dandang.lifecycle.casework.rules.changes import Changes, unchanged
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.organization.directory import Appointment, Directory, Substitute
from dandang.terms import Event, Recorded

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Incumbency:
    """Who is appointed to a post, and who is in it; both sorted. Rosters do not count.

    Shifts of a duty roster hand nothing over: the post answers for the case at any hour.
    """

    appointed: tuple[str, ...] = ()
    acting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TakingOver:
    """A post that changed hands: to its heir, to a substitute, or both; None is nobody new.

    `since` is when the heir's appointment began, `until` when the substitution ends.
    """

    heir: str | None = None
    since: datetime | None = None
    substitute: str | None = None
    until: datetime | None = None


def incumbencies(
    directory: Directory, at: datetime, *, posts: Iterable[str] | None = None
) -> dict[str, Incumbency]:
    """Return who is appointed to each post that is not closed, and who is in it, at an instant.

    With `posts`, those of them alone.
    """
    wanted = directory.posts.keys() if posts is None else set(posts) & directory.posts.keys()
    appointed: dict[str, set[str]] = defaultdict(set)
    for appointment in _in_force(directory, at):
        if appointment.post in wanted:
            appointed[appointment.post].add(appointment.officer)
    return {
        code: Incumbency(
            tuple(sorted(appointed[code])),
            tuple(sorted(one.code for one in directory.regular_officers_of(code, at))),
        )
        for code in wanted
        if directory.posts[code].ended is None
    }


def next_change(directory: Directory, at: datetime) -> datetime | None:
    """Return when, after `at`, an appointment or a substitution next begins or is over.

    It is midnight of the body (in UTC); None where nothing is written down.
    """
    today = directory.local_day(at)
    day = min((day for day in _turns(directory) if day > today), default=None)
    return None if day is None else directory.span_of(day)[0]


def seen(before: Incumbency, now: Incumbency) -> Incumbency:
    """Return what to remember of a post: an empty one keeps those who were there last."""
    return replace(now, appointed=now.appointed or before.appointed)


def taking_over(
    directory: Directory, post: str, before: Incumbency, now: Incumbency, at: datetime
) -> TakingOver | None:
    """Return who takes a post over, or None where nobody does.

    Whoever joins colleagues inherits nothing from them, and a substitute beside somebody who is
    there stands in for nobody's cases. A post that its officer left goes on with its substitute.
    """
    heirs = () if set(before.appointed) & set(now.appointed) else now.appointed
    absent = not set(now.appointed) & set(now.acting)
    new = sorted(set(now.acting) - set(before.acting))
    substitute = new[0] if new and absent else None
    if not heirs and substitute is None:
        return None
    heir = heirs[0] if heirs else None
    return TakingOver(
        heir=heir,
        since=_since(directory, post, heir, at) if heir else None,
        substitute=substitute,
        until=_until(directory, post, substitute, at) if substitute else None,
    )


def inherited_once_more(
    directory: Directory, post: str, now: Incumbency, at: datetime
) -> TakingOver | None:
    """Return what cases that were left out are told later: who inherited them, if anybody did.

    Those that know it are not told again by `take_over`. That somebody stood in is not told late.
    """
    if not now.appointed:
        return None
    heir = now.appointed[0]
    return TakingOver(heir=heir, since=_since(directory, post, heir, at))


def take_over(case: CaseState, change: TakingOver) -> tuple[Event, ...]:
    """Return what the change means for an open case that the post holds.

    What came to the post after its heir, or was inherited already, is the heir's own.
    """
    events: list[Event] = []
    if change.heir is not None and change.since is not None:
        from_when = max(case.held_since, case.inherited_at or case.held_since)
        if from_when < change.since:
            events.append(PostInherited(change.heir, change.since))
    if change.substitute is not None:
        events.append(Substituted(change.substitute, change.until))
    return tuple(events)


def _turns(directory: Directory) -> Iterable[date]:
    """Yield the first days of all appointments and substitutions, and the first days after them."""
    register = directory.organization
    periods: Iterable[Appointment | Substitute] = (*register.appointments, *register.substitutes)
    for one in periods:
        yield one.starts
        if one.ends is not None:
            yield one.ends + _ONE_DAY


def _in_force(directory: Directory, at: datetime) -> Iterable[Appointment]:
    day = directory.local_day(at)
    return (one for one in directory.organization.appointments if one.covers(day))


def _since(directory: Directory, post: str, officer: str, at: datetime) -> datetime:
    starts = max(
        one.starts for one in _in_force(directory, at) if (one.post, one.officer) == (post, officer)
    )
    return directory.span_of(starts)[0]


def _until(directory: Directory, post: str, officer: str, at: datetime) -> datetime | None:
    """Return when a substitution ends, None where the officer stands in by way of another one."""
    day = directory.local_day(at)
    appointed = {one.officer for one in _in_force(directory, at) if one.post == post}
    ends = [
        one.ends
        for one in directory.organization.substitutes
        if one.officer == officer
        and one.covers(day)
        and (one.post == post or one.absent in appointed)
    ]
    return directory.span_of(max(ends))[1] if ends else None


def _inherited(case: CaseState, event: PostInherited, _recorded: Recorded) -> CaseState:
    return replace(case, inherited_at=event.inherited_at)


CHANGES: Changes = {PostInherited: _inherited, Substituted: unchanged}
