"""What is told of the city: one story for each request, one step for each act. Pure.

Stories are plain data, so that what has not happened yet can be kept in a file.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

Value = str | int | bool


@dataclass(frozen=True, slots=True)
class Step:
    """One act: who does which verb, how long after the step before.

    `who` is a role (see `casting`). `after` is in hours: working hours for officers, hours of the
    clock for requesters, and for posts on duty round the clock where `urgent`. `not_before`
    (aware, or None) keeps a step from coming earlier. `about` names another case that the story
    led to: `caller:N` that of the N-th request, `part:N` the N-th that came out of it. In `values`,
    words that begin with "@" are filled in when it is played (see `filling`). A step `beside` the
    story leads to no next one.
    """

    who: str
    verb: str
    after: float
    values: Mapping[str, Value] = field(default_factory=dict)
    urgent: bool = False
    not_before: datetime | None = None
    about: str = ""
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """One request with the steps it takes. `planting` names the planted trouble it belongs to.

    `key` names it within the city. `register` is the number and `since` the day under which an
    older system already had it ("" and None for nearly all). A decision may have a class and a time
    it has to be done by. `calls` says how calls about it are answered (`answering.Manner`).
    `may_publish`: its requester agrees that it is shown publicly.
    """

    key: str
    sent_at: datetime
    title: str
    text: str
    channel: str
    category: str = ""
    area: str = ""
    name: str = ""
    phone: str = ""
    happening_now: bool = False
    kind: str = "request"
    steps: tuple[Step, ...] = ()
    planting: str = ""
    register: str = ""
    since: datetime | None = None
    case_class: str = ""
    due_by: datetime | None = None
    calls: str = ""
    may_publish: bool = False


def to_plain(story: Story) -> dict[str, Any]:
    """Return the story as JSON can hold it."""
    return {name: _plain(value) for name, value in asdict(story).items()}


def to_plain_step(step: Step) -> dict[str, Any]:
    """Return the step as JSON can hold it."""
    return {name: _plain(value) for name, value in asdict(step).items()}


def from_plain(plain: Mapping[str, Any]) -> Story:
    """Return the story that `to_plain` gave. Raises KeyError, TypeError, ValueError on others."""
    given = dict(plain)
    given["sent_at"] = datetime.fromisoformat(given["sent_at"])
    given["since"] = _instant(given["since"])
    given["due_by"] = _instant(given["due_by"])
    given["steps"] = tuple(step_from_plain(step) for step in given["steps"])
    return Story(**given)


def step_from_plain(plain: Mapping[str, Any]) -> Step:
    """Return the step that `to_plain_step` gave."""
    return Step(**{**plain, "not_before": _instant(plain["not_before"])})


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return value
