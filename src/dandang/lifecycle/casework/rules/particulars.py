"""What some cases have and most have not: help asked for, pauses, routes, objections, appeals.

Each is a small frozen record without personal data. `kept_particulars` and `particulars_of` turn
those of a case into the JSON of one column and back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any, get_type_hints

from dandang.lifecycle.deadlines.rules import Away, Route

Json = dict[str, Any]


class Wanted(StrEnum):
    """What a holder can ask for that somebody else decides."""

    EXTENSION = "extension"
    LEGAL_ROUTE = "legal_route"
    SPLIT = "split"
    ERASURE = "erasure"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class Assist:
    """Help asked of a post and not yet given; `due_at` is by when, `missed` that this passed."""

    of_post: str
    of_unit: str
    due_at: datetime
    missed: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What the holder asked for and nobody has decided yet; `by` is the officer who asked.

    `working_days` is the extension wanted, `remedy` what is to help a case that stands still. The
    rest describes a legal route.
    """

    what: Wanted
    by: str
    working_days: int = 0
    article: str = ""
    body: str = ""
    acceptance_number: str = ""
    due_at: datetime | None = None
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """The step clock stands still until the condition is checked at `check_at`."""

    reason: str
    since: datetime
    check_at: datetime


@dataclass(frozen=True, slots=True)
class Objection:
    """A written objection that `to_post` has not answered; `seq` is its event number.

    `by` is the code of its author, who may not answer it. An officer's is for supervision alone.
    """

    seq: int
    to_post: str
    to_unit: str
    by: str = ""
    by_requester: bool = False


@dataclass(frozen=True, slots=True)
class Unmasking:
    """That the officer `by` asked to see who sent a request; `seq` is its event number.

    It `waits` for a second officer, who decides by `due_at`; `missed` says that this passed. Once
    `second_officer` allowed it, it holds until `until`.
    """

    seq: int
    request: int
    by: str
    purpose: str
    asked_at: datetime
    waits: bool = True
    second_officer: str = ""
    until: datetime | None = None
    due_at: datetime | None = None
    missed: bool = False

    def holds(self, officer: str, now: datetime) -> bool:
        """Say whether this officer may look now."""
        return self.by == officer and self.until is not None and now < self.until


@dataclass(frozen=True, slots=True)
class Appeal:
    """An appeal that nobody has decided: of which request, and since when."""

    request: int
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Call:
    """A call that nobody has answered: `officer` in `post` has to act by `due_at`.

    `seq` is the number of its event, `step` the step of the ladder or the clock it is about,
    `target` whom the policy called, `answers` the acts that answer it, joined by commas. `missed`
    says that the time is up and the next one was called.
    """

    seq: int
    officer: str
    post: str
    unit: str
    step: str
    target: str
    answers: str
    called_at: datetime
    due_at: datetime
    missed: bool = False

    def answered_by(self, act: str) -> bool:
        """Say whether this act answers the call."""
        return act in self.answers.split(",")

    @property
    def kind(self) -> str:
        """What the call asks for: "" where any decision answers it, else the acts that do."""
        return "" if self.answered_by("decided") else self.answers


@dataclass(frozen=True, slots=True)
class Instruction:
    """What a called officer ordered: `who` has to carry it out by `due_at`. `post` ordered it.

    `target` is the level at which the post was called.
    """

    post: str
    who: str
    due_at: datetime
    target: str = ""


@dataclass(frozen=True, slots=True)
class AskedAbove:
    """A missed deadline about which a requester asked the office above: which one, and who did."""

    clock: str
    due_at: datetime
    request: int


_PLAIN = frozenset({str, int, bool})
_WORDS = ("publishing", "explained")
_CODES = ("agreed", "subject_units", "conflicts", "deciders", "stepped")
_TIMES = ("promised_by", "condition_at", "look_back_until")
_LISTS: Mapping[str, type] = {
    "assists": Assist,
    "objections": Objection,
    "calls": Call,
    "unmaskings": Unmasking,
    "asked_above": AskedAbove,
    "away": Away,
}
_SINGLES: Mapping[str, type] = {
    "asked": Asked,
    "pause": Pause,
    "route": Route,
    "appeal": Appeal,
    "instruction": Instruction,
}


def kept_particulars(state: object) -> Json:
    """Return the particulars of a case as JSON, without those it does not have."""
    kept: Json = {name: getattr(state, name) for name in _WORDS}
    for name in _CODES:
        kept[name] = list(getattr(state, name))
    for name in _TIMES:
        kept[name] = _plain(getattr(state, name))
    for name in _LISTS:
        kept[name] = [_kept(one) for one in getattr(state, name)]
    for name in _SINGLES:
        one = getattr(state, name)
        kept[name] = None if one is None else _kept(one)
    return {name: value for name, value in kept.items() if value}


def particulars_of(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a case that `kept_particulars` wrote."""
    values: dict[str, Any] = {name: kept[name] for name in _WORDS if name in kept}
    values |= {name: tuple(kept[name]) for name in _CODES if name in kept}
    values |= {name: datetime.fromisoformat(kept[name]) for name in _TIMES if name in kept}
    for name, kind in _LISTS.items():
        if name in kept:
            values[name] = tuple(_restored(kind, one) for one in kept[name])
    for name, kind in _SINGLES.items():
        if name in kept:
            values[name] = _restored(kind, kept[name])
    return values


def _kept(one: Any) -> Json:  # noqa: ANN401 any of the records above
    kind: type = type(one)
    kept: Json = {}
    for name in _hints(kind):
        value = getattr(one, name)
        if value is not None:
            kept[name] = value if type(value) in _PLAIN else _plain(value)
    return kept


def _restored(kind: type, kept: Mapping[str, Any]) -> Any:  # noqa: ANN401 as above
    hints = _hints(kind)
    return kind(**{name: _read(hints[name], value) for name, value in kept.items()})


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.value if isinstance(value, StrEnum) else value


def _read(hint: Any, value: Any) -> Any:  # noqa: ANN401 any field type
    if hint is datetime or hint == datetime | None:
        return datetime.fromisoformat(value)
    return Wanted(value) if hint is Wanted else value
