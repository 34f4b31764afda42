"""When a post changes hands: who inherits its cases, and who stands in for whom."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from dandang.lifecycle.casework.events.custody import PostInherited, Substituted
from dandang.lifecycle.casework.rules.changes import Changes, unchanged
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.organization.directory import Appointment, Directory
from dandang.terms import Event, Recorded


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


def incumbencies(directory: Directory, at: datetime) -> dict[str, Incumbency]:
    """Return who is appointed to each post that is not closed, and who is in it, at an instant."""
    appointed: dict[str, set[str]] = defaultdict(set)
    for appointment in _in_force(directory, at):
        appointed[appointment.post].add(appointment.officer)
    return {
        post.code: Incumbency(
            tuple(sorted(appointed[post.code])),
            tuple(sorted(one.code for one in directory.regular_officers_of(post.code, at))),
        )
        for post in directory.posts.values()
        if post.ended is None
    }


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
