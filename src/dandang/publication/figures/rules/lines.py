"""From counters to the figures that are shown."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from dandang.publication.figures.rules.contribution import AGES
from dandang.publication.figures.rules.totals import END_ORDER
from dandang.publication.figures.rules.waits import half, most
from dandang.publication.figures.shapes import (
    SMALL,
    Age,
    Board,
    Count,
    End,
    Line,
    Period,
    PeriodKind,
    Rate,
    Slice,
    Wait,
    Week,
    Within,
)

MONTHS = 24
"""How many months are told apart, the present one included; years are told for ever."""

Shown = Mapping[str, Count]
"""Counters and totals by name. None is not to be shown; what is left out is 0."""


def first_month(today: date) -> str:
    """Return the key of the oldest month that is told apart."""
    return key_of(months_until(today)[0])


def is_told(key: str, since: str) -> bool:
    """Say whether the figures of a period are shown: those of days and of older months are not."""
    return len(key) < len(since) or (len(key) == len(since) and key >= since)


def key_of(period: Period) -> str:
    """Return the key that the cells of a period have."""
    if period.start is None:
        return ""
    return f"{period.start:%Y}" if period.kind is PeriodKind.YEAR else f"{period.start:%Y-%m}"


def line(slice_: Slice, period: Period, shown: Shown) -> Line:
    """Return the figures of a slice and a period that stand in every table."""
    given = shown.get("rating:given", 0)
    return Line(
        slice=slice_,
        period=period,
        received=shown.get("received", 0),
        open=shown.get("open", 0),
        overdue=shown.get("overdue", 0),
        ended=shown.get("ended", 0),
        response=_rate(shown, "response:in_time", "response:decided", "response:none"),
        resolution=_rate(shown, "end:solved", "asked", "end:unanswered"),
        satisfaction=Rate(
            shown.get("rating:high", 0),
            given,
            shown.get("rating:none", 0),
            shown.get("rateable", 0),
        ),
    )


def board(line: Line, shown: Shown, waits: Iterable[Sequence[Any]], at: datetime) -> Board:
    """Return everything about the slice and the period of a line. `waits` are as they are kept."""
    by: dict[str, list[Wait]] = defaultdict(list)
    for kind, *wait in waits:
        by[kind].append(wait_from(*wait))
    return Board(
        line=line,
        at=at,
        overdue_by_age=tuple(
            Age(over, up_to, shown.get(f"overdue:{age}", 0))
            for age, (over, up_to) in enumerate(zip(AGES, (*AGES[1:], None), strict=True))
        ),
        undecided=shown.get("response:undecided", 0),
        unneeded=shown.get("response:unneeded", 0),
        ends=tuple(End(state, shown.get(f"end:{state}", 0)) for state in END_ORDER),
        imported_ends=shown.get("imported_end", 0),
        unasked=shown.get("unasked", 0),
        reopened=shown.get("reopened", 0),
        relapsed=shown.get("relapsed", 0),
        waits_by_class=tuple(by["class"]),
        waits_by_channel=tuple(by["channel"]),
    )


def week(shown: Shown, open_now: Count, at: datetime) -> Week:
    """Return the figures of the last seven days."""
    return Week(
        shown.get("received", 0), shown.get("ended", 0), shown.get("solved", 0), open_now, at
    )


def wait_of(code: str, steps: Mapping[int, int]) -> Wait:
    """Return how long the cases of a class or a channel took, from their number by step.

    Their number is rounded down to tens, so that nothing small follows from several of them.
    """
    cases = sum(steps.values())
    if cases < SMALL:
        return Wait(code, None, None, None)
    return Wait(code, cases - cases % SMALL, half(steps), most(steps))


def kept_wait(wait: Wait) -> list[object]:
    """Return a wait as it is kept in JSON."""
    bounds = [[one.hours, one.more] if one else None for one in (wait.half, wait.most)]
    return [wait.code, wait.cases, *bounds]


def wait_from(code: str, cases: Count, *bounds: tuple[int, bool] | None) -> Wait:
    """Return the wait that `kept_wait` made these values of."""
    half_, most_ = (None if one is None else Within(*one) for one in bounds)
    return Wait(code, cases, half_, most_)


def months_until(day: date) -> list[Period]:
    """Return the months that are told apart on this day, the oldest first."""
    found = [Period.month(day)]
    while len(found) < MONTHS:
        found.append(found[-1].previous())
    return found[::-1]


def _rate(shown: Shown, part: str, whole: str, silent: str) -> Rate:
    of = shown.get(whole, 0)
    return Rate(shown.get(part, 0), of, shown.get(silent, 0), of)
