"""What another policy would have meant for cases that came in: their classes and total clocks."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dandang.lifecycle.deadlines.rules import end_of
from dandang.policy import ClockName, Policy
from dandang.terms import Refusal
from dandang.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Came:
    """A case as it came in: its total clock counts from `counts_from` (UTC).

    `ended_at` is None while it is open.
    """

    category: str | None
    happening_now: bool
    counts_from: datetime
    ended_at: datetime | None


@dataclass(slots=True)
class Moved:
    """How the cases of one class before and one class after would have fared.

    `case_class` and `then` are codes; `then` is "" where the category is unknown to the other
    policy, and then nothing else is counted. `late` and `late_then` are those that were not ended
    by the total clock of either, ended since or open at the time of the trial.
    """

    case_class: str
    then: str
    cases: int = 0
    earlier: int = 0
    later: int = 0
    late: int = 0
    late_then: int = 0


def try_out(
    cases: Iterable[Came], old: Policy, new: Policy, calendar: WorkCalendar, now: datetime
) -> tuple[Moved, ...]:
    """Return what the new policy would have changed for the cases, by classes before and after.

    Both policies are asked as for a case that comes in with this category: what officers decided
    afterwards (another class, an extension, a pause) is not part of it. A case whose category the
    old policy does not know either is left out. The groups with most cases stand first.
    """
    groups: dict[tuple[str, str], Moved] = {}
    for came in cases:
        before, after = _class(old, came), _class(new, came)
        if before is None:
            continue
        group = groups.setdefault((before, after or ""), Moved(before, after or ""))
        _count(group, came, old, new, calendar, now)
    return tuple(sorted(groups.values(), key=lambda one: (-one.cases, one.case_class, one.then)))


def totals(groups: Iterable[Moved]) -> Counter[str]:
    """Return how many cases there are in all groups: cases, earlier, later, late, late_then."""
    found: Counter[str] = Counter()
    for one in groups:
        for name in ("cases", "earlier", "later", "late", "late_then"):
            found[name] += getattr(one, name)
        found["unknown"] += one.cases if not one.then else 0
    return found


def _class(policy: Policy, came: Came) -> str | None:
    try:
        return policy.case_class(came.category, happening_now=came.happening_now).code
    except Refusal:
        return None


def _count(
    group: Moved, came: Came, old: Policy, new: Policy, calendar: WorkCalendar, now: datetime
) -> None:
    group.cases += 1
    before = _due(old, group.case_class, came, calendar)
    after = _due(new, group.then, came, calendar) if group.then else None
    until = came.ended_at or now
    group.late += before is not None and until > before
    group.late_then += after is not None and until > after
    if before is not None and after is not None:
        group.earlier += after < before
        group.later += after > before


def _due(policy: Policy, code: str, came: Came, calendar: WorkCalendar) -> datetime | None:
    span = policy.clock(policy.classes[code], ClockName.TOTAL)
    return None if span is None else end_of(span, came.counts_from, calendar).at
