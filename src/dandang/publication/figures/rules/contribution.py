"""What one case contributes to the figures now: the definitions, as code.

A case contributes to the period in which it was received, and to that in which it ended. Only whole
matters count: a part that was split off is counted with the case it was split from.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dandang.lifecycle.states import ENDS, State
from dandang.policy import ClockName
from dandang.publication.figures.rules.waits import step_of
from dandang.terms import Due

ASKED = frozenset({State.SOLVED, State.PARTLY_SOLVED, State.NOT_SOLVED, State.UNANSWERED})
"""The ends at which a requester could be asked whether it is solved."""

_WITHOUT_WAIT = frozenset({State.MERGED, State.WITHDRAWN})
"""Ends by which nothing was waited for to its end: the matter went on elsewhere, or was dropped."""

AGES = (0, 7, 30, 90, 365)
"""Overdue by more than so many days: the bounds between the ages."""

_HIGH = 4
_RELAPSES = frozenset({"recurred", "relapse"})
_IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Voice:
    """What one requester can say of the service: the rating in stars, None without one.

    It counts after `final_at` (UTC), when it cannot be given or changed any more; until then nobody
    could tell from figures who rated how.
    """

    stars: int | None
    final_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What of a case counts, as it stands. Instants are UTC; `parent` is "" for a whole matter.

    `voices` are those who could be asked for a rating.
    """

    state: State
    unit: str
    area: str | None
    category: str | None
    case_class: str
    channel: str
    sent_at: datetime
    parent: str = ""
    first_response_at: datetime | None = None
    total_due_at: datetime | None = None
    ended_at: datetime | None = None
    end_cause: str = ""
    voices: tuple[Voice, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """What of the past of a case counts and stands nowhere but in its events.

    `seq` is the place of the last event of its chain that was taken in; reading one again changes
    nothing. `response_due_at` is when the first response was due last.
    """

    seq: int = -1
    response_due_at: datetime | None = None
    reopened: bool = False
    relapsed: bool = False


BEGINNING = History()

READ = frozenset({"case_opened", "unmerged", "due_times_settled", "reopened"})
"""The events that `after` looks at; all others leave a history as it is but for its `seq`."""


def after(
    history: History, seq: int, name: str, fields: Mapping[str, object], dues: Iterable[Due]
) -> History:
    """Return the history of a case after one event of its chain."""
    if seq <= history.seq:
        return history
    history = replace(history, seq=seq)
    if name not in READ:
        return history
    if name == "reopened":
        relapsed = history.relapsed or fields.get("cause") in _RELAPSES
        history = replace(history, reopened=True, relapsed=relapsed)
    for due in dues:
        if due.clock == ClockName.FIRST_RESPONSE and due.at is not None:
            history = replace(history, response_due_at=due.at)
    return history


@dataclass(frozen=True, slots=True)
class Places:
    """Where a case counts: the paths of area and category from the top, and the body's zone."""

    areas: Mapping[str, tuple[str, ...]]
    categories: Mapping[str, tuple[str, ...]]
    zone: ZoneInfo

    def slices(self, case: CaseFacts) -> tuple[tuple[str, str], ...]:
        """Return dimension and value of each slice the case is in; unknown codes stand alone."""
        area, category = case.area or "", case.category or ""
        return (
            ("all", ""),
            *(("area", code) for code in self.areas.get(area, (area,))),
            *(("category", code) for code in self.categories.get(category, (category,))),
            ("unit", case.unit),
        )


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a case adds: to the period of `received_on` and, where it ended, of `ended_on`.

    `received` names counters that it adds 1 to, `ended` gives a number for each. `until` is when it
    may add something else though nothing happens (None: time changes nothing); it is no part of
    what is added, so contributions are the same without it.
    """

    slices: tuple[tuple[str, str], ...] = ()
    received_on: date | None = None
    received: tuple[str, ...] = ()
    ended_on: date | None = None
    ended: Mapping[str, int] = field(default_factory=dict)
    until: datetime | None = field(default=None, compare=False)


NOTHING = Contribution()


def contributes(case: CaseFacts, history: History, places: Places, now: datetime) -> Contribution:
    """Return what a case contributes at `now` (aware)."""
    if case.parent:
        return NOTHING
    response, decided_at = _response(case, history, now)
    overdue, older_at = _overdue(case, now)
    still = ("open",) if case.state not in ENDS else ()
    again = [
        name for name, so in (("reopened", history.reopened), ("relapsed", history.relapsed)) if so
    ]
    ended_on, ended, final_at = None, {}, None
    if case.ended_at is not None and case.state in ENDS:
        ended_on = case.ended_at.astimezone(places.zone).date()
        ended = _end(case, case.ended_at)
        ratings, final_at = _ratings(case, now)
        ended |= ratings
    return Contribution(
        slices=places.slices(case),
        received_on=case.sent_at.astimezone(places.zone).date(),
        received=("received", *response, *still, *overdue, *again),
        ended_on=ended_on,
        ended=ended,
        until=min((at for at in (decided_at, older_at, final_at) if at is not None), default=None),
    )


def _response(
    case: CaseFacts, history: History, now: datetime
) -> tuple[tuple[str, ...], datetime | None]:
    """Say whether the first response came in time, and until when that is not decided."""
    due, came = history.response_due_at, case.first_response_at
    if due is None:
        return (), None
    if came is not None:
        return (("response:in_time",) if came <= due else ("response:late",)), None
    over = case.ended_at if case.state in ENDS and case.ended_at else now
    if over > due:
        return ("response:late", "response:none"), None
    if case.state in ENDS:
        return ("response:unneeded",), None
    return ("response:undecided",), due


def _overdue(case: CaseFacts, now: datetime) -> tuple[tuple[str, ...], datetime | None]:
    """Say how long an open case is past its total time, and when that changes."""
    if case.state in ENDS or case.total_due_at is None:
        return (), None
    for age, days in enumerate(AGES):
        bound = case.total_due_at + timedelta(days=days)
        if now <= bound:
            return ((f"overdue:{age - 1}",) if age else ()), bound
    return (f"overdue:{len(AGES) - 1}",), None


def _end(case: CaseFacts, ended_at: datetime) -> dict[str, int]:
    """Return what an end counts as."""
    if case.end_cause == _IMPORTED:
        return {"imported_end": 1}
    found = {f"end:{case.state}": 1}
    if case.state not in _WITHOUT_WAIT:
        step = step_of(ended_at - case.sent_at)
        found[f"wait:class:{case.case_class}:{step}"] = 1
        found[f"wait:channel:{case.channel}:{step}"] = 1
    return found


def _ratings(case: CaseFacts, now: datetime) -> tuple[dict[str, int], datetime | None]:
    """Return how many rated how, and when more of them count."""
    if case.state not in ASKED or case.end_cause == _IMPORTED:
        return {}, None
    found: Counter[str] = Counter()
    for voice in case.voices:
        if now > voice.final_at:
            found[_rating(voice.stars)] += 1
    later = (voice.final_at for voice in case.voices if now <= voice.final_at)
    return dict(found), min(later, default=None)


def _rating(stars: int | None) -> str:
    if stars is None:
        return "rating:none"
    return "rating:high" if stars >= _HIGH else "rating:low"
