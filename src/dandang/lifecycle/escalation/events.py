"""Events of time running out and of people being called."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from dandang.terms import Event


@dataclass(frozen=True, slots=True)
class DeadlineMissed(Event):
    """A clock ran out. `clock` is a clock name, `due_at` the time that passed."""

    clock: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Reminded(Event):
    """The holder was reminded before or after a deadline."""

    clock: str
    step: str


@dataclass(frozen=True, slots=True)
class Escalated(Event):
    """The matter went up. It moves custody when `to_post` is given.

    `step` is a code of the ladder or second_no.
    """

    step: str
    to_post: str | None = None
    to_unit: str | None = None


@dataclass(frozen=True, slots=True)
class CalledUpon(Event):
    """A named officer is called to act within a clock; reading is not acting."""

    officer: str
    called_post: str
    step: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ActedOnCall(Event):
    """The called officer acted. `act` is a code: took_over, instructed, decided."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    act: str
    text: str


@dataclass(frozen=True, slots=True)
class SponsorNamed(Event):
    """A long-standing case has a named sponsor."""

    sponsor_post: str
    officer: str
