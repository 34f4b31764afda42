"""One line of a list over many cases: the case, how old it is, and the calls that are open."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.urgency import soon_until, urgency
from dandang.interfaces.shared.clocks import counts_elapsed
from dandang.interfaces.shared.words.calls import occasion
from dandang.interfaces.shared.words.cases import (
    CALL_ANSWERS,
    CALL_TARGETS,
    COLOURS,
    state_and_proposal,
    word,
)
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.remaining import time_left
from dandang.interfaces.shared.words.times import moment, stamp
from dandang.lifecycle.casework.rules.particulars import Call
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.organization.queries import policy_by_hash
from dandang.policy import ClockName, Step


class Listed(Protocol):
    """A case of a list, whole."""

    @property
    def reference(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def state(self) -> CaseState: ...


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in words. `title` is "" where it was erased."""

    reference: str
    title: str
    where: str
    state: str
    holder: str
    age: str
    sent: str


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call that is open, in words. `colour` is that of its step, "" where it has none.

    `answers` are the acts that answer it where not every decision does, else "". `urgency` is late,
    soon or "". A call that `is_silent` was not answered in time, and the next
    above was called; it still has to be answered.
    """

    step: str
    colour: str
    level: str
    post: str
    officer: str
    since: str
    at: datetime
    when: str
    left: str
    urgency: str
    answers: str
    is_silent: bool


class Reader:
    """Puts the cases of a list into words for one officer."""

    def __init__(self, officer: Officer, names: Names) -> None:
        self.names = names
        self.officer = officer
        self._soon = soon_until(officer.now, officer.calendar)

    def case(self, one: Listed) -> CaseLine:
        """Return a case."""
        state = one.state
        where = [self.names.category(state.category), self.names.area(state.area)]
        return CaseLine(
            reference=one.reference,
            title=one.title,
            where=" · ".join(part for part in where if part),
            state=state_and_proposal(state.state, state.outcome),
            holder=self.names.post_with_unit(state.holder),
            age=days_old(state, self.officer.now),
            sent=stamp(state.sent_at),
        )

    def calls(self, case: CaseState) -> tuple[CallLine, ...]:
        """Return the open calls of a case, the one that was made first in front."""
        return tuple(self.call(one, case) for one in sorted(case.calls, key=lambda one: one.seq))

    def call(self, one: Call, case: CaseState) -> CallLine:
        """Return an open call of a case."""
        now = self.officer.now
        step = _step(one, case)
        return CallLine(
            step=occasion(one.step, self.names, case.case_class),
            colour=word(COLOURS, step.colour) if step and step.colour else "",
            level=word(CALL_TARGETS, one.target),
            post=self.names.post_with_unit(one.post),
            officer=self.names.officer(one.officer),
            since=moment(one.called_at, now),
            at=one.due_at,
            when=moment(one.due_at, now),
            left=self._left(one, case),
            urgency=urgency(one.due_at, now, self._soon),
            answers="; ".join(word(CALL_ANSWERS, act) for act in one.kind.split(",") if act),
            is_silent=one.missed or one.due_at < now,
        )

    def _left(self, one: Call, case: CaseState) -> str:
        policy = policy_by_hash(case.policy)
        elapsed = counts_elapsed(ClockName.CALL, case.case_class, policy)
        return time_left(one.due_at, self.officer.now, self.officer.calendar, is_elapsed=elapsed)


def days_old(case: CaseState, now: datetime) -> str:
    """Return how long ago a case was sent: `63 days`."""
    days = (now - case.sent_at).days
    if not days:
        return _("less than a day")
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


def _step(one: Call, case: CaseState) -> Step | None:
    policy = policy_by_hash(case.policy)
    ladder = policy.ladders.get(policy.classes[case.case_class].ladder)
    return next((step for step in ladder.steps if step.code == one.step), None) if ladder else None
