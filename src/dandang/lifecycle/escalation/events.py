"""Events of time running out and of people being called."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from dandang.terms import Event

BY_REQUESTER = "requester"
"""The step of a call that a requester asked for."""


@dataclass(frozen=True, slots=True)
class DeadlineMissed(Event):
    """A clock ran out. `clock` is a clock name, `due_at` the time that passed."""

    clock: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Reminded(Event):
    """Posts were reminded, before or after a deadline. Nobody has to answer a reminder.

    `clock` is what it is about, `step` the code of the ladder's step or of the kind of reminder.
    `mark` says for which occasion the step was taken (see `deadlines.ladder`).
    """

    clock: str
    step: str
    told: tuple[str, ...] = ()
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Escalated(Event):
    """The matter went up. It moves custody when `to_post` is given.

    `step` is a code of the ladder, second_no, took_over or leaders_list. `lists` puts the case on
    the leader's list, `publishes` its unit and age on the public page, never names. `mark` as in
    `Reminded`.
    """

    step: str
    to_post: str | None = None
    to_unit: str | None = None
    mark: str | None = None
    lists: bool | None = None
    publishes: bool | None = None


@dataclass(frozen=True, slots=True)
class CalledUpon(Event):
    """A named officer is called to act within a clock; reading is not acting.

    `target` is whom the policy calls (`policy.CallTarget`), `answered_by` the acts that answer it
    (`policy.CallAnswer`). `step` is a code of the ladder or the name of the clock that ran out; it
    stays where the next one is called because the one before did nothing. `mark` as in `Reminded`.
    """

    officer: str
    called_post: str
    called_unit: str
    step: str
    target: str
    due_at: datetime
    answered_by: tuple[str, ...]
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class ActedOnCall(Event):
    """The called officer acted. `act` is a code of `policy.CallAnswer`.

    `call` is the number of the event that called. `due_at` is until when `who` has to carry out
    what was instructed, or until when the decision is to show. `asked_for` says that it answers a
    call for which a requester asked.
    """

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    call: int
    act: str
    text: str | None = None
    who: str | None = None
    due_at: datetime | None = None
    asked_for: bool | None = None


@dataclass(frozen=True, slots=True)
class EscalationAsked(Event):
    """A requester asked the office above to act. `deadlines` are the clocks that were missed."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    request: int
    deadlines: tuple[str, ...]
    text: str | None = None


@dataclass(frozen=True, slots=True)
class LookBackAsked(Event):
    """It is time to look back at an ended case: its requesters are asked whether it still holds.

    Not where the case is none of the share that is `drawn`; then nobody is asked. Answers are taken
    `until`.
    """

    drawn: bool
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class SponsorNamed(Event):
    """A long-standing case has a named sponsor: an officer in a post that answers for it."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    sponsor_post: str
    sponsor_unit: str
    officer: str
    text: str | None = None


@dataclass(frozen=True, slots=True)
class DueTimesSettled(Event):
    """A calendar notice came, and provisional clocks got their final times by it.

    `notice` is the source of the notice that speaks about the first of those days.
    """

    notice: str
