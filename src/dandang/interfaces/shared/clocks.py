"""The clocks of a case in words: whose turn each is, and how much of its own time is left."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dandang.interfaces.shared.words.cases import TURNS, TURNS_TO_REQUESTER, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.remaining import time_left
from dandang.lifecycle.casework.rules.particulars import Wanted
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.deadlines.clocks import RIGHTS, SYSTEMS_OWN
from dandang.lifecycle.states import Turn, turn
from dandang.policy import ClockName, Policy, SpanUnit
from dandang.terms import Due
from dandang.workdays import BeyondCalendar, WorkCalendar

_ELAPSED = frozenset({SpanUnit.MINUTES, SpanUnit.HOURS, SpanUnit.DAYS})

_DISPATCHER = gettext_lazy("the dispatcher")
_KEEPERS: Mapping[str, str | Promise] = MappingProxyType(
    {
        ClockName.DISPUTE_DECISION: TURNS[Turn.DECIDING_OFFICE],
        ClockName.EXTENSION_DECISION: TURNS[Turn.DECIDING_OFFICE],
        ClockName.APPEAL_DECISION: TURNS[Turn.DECIDING_OFFICE],
        ClockName.JUDGEMENT_WINDOW: TURNS[Turn.REQUESTER],
        ClockName.QUESTION: TURNS[Turn.REQUESTER],
        ClockName.STATUTORY: TURNS[Turn.LEGAL_BODY],
        ClockName.CHECK: gettext_lazy("the head of the unit or the deciding office"),
        ClockName.CALL: gettext_lazy("the officer who was called"),
        ClockName.LOOK_BACK: gettext_lazy("whoever looks back"),
        ClockName.UNMASKING_DECISION: TURNS[Turn.DECIDING_OFFICE],
    }
)
"""Who keeps a clock, where that is neither the holder nor a post that the case names."""

_COUNTED_LIKE = MappingProxyType(
    {ClockName.UNMASKING_DECISION.value: ClockName.EXTENSION_DECISION.value}
)
"""Clocks that run for the time of another one."""

_KEEPERS_TO_REQUESTER: Mapping[str, str | Promise] = MappingProxyType(
    {
        ClockName.DISPATCH: TURNS_TO_REQUESTER[Turn.INTAKE_POST],
        ClockName.DISPUTE_DECISION: TURNS_TO_REQUESTER[Turn.DECIDING_OFFICE],
        ClockName.EXTENSION_DECISION: TURNS_TO_REQUESTER[Turn.DECIDING_OFFICE],
        ClockName.APPEAL_DECISION: TURNS_TO_REQUESTER[Turn.DECIDING_OFFICE],
        ClockName.JUDGEMENT_WINDOW: TURNS_TO_REQUESTER[Turn.REQUESTER],
        ClockName.QUESTION: TURNS_TO_REQUESTER[Turn.REQUESTER],
        ClockName.STATUTORY: TURNS_TO_REQUESTER[Turn.LEGAL_BODY],
        ClockName.CHECK: gettext_lazy("the head of the unit or an office outside it"),
        ClockName.CALL: gettext_lazy("the office above that was called"),
        ClockName.OBJECTION_ANSWER: gettext_lazy("the office to which you objected"),
        ClockName.ASSISTANCE: gettext_lazy("the unit that was asked for help"),
    }
)


def keeper(clock: str, case: CaseState, names: Names) -> str:
    """Return who has to act by a clock of the case, in words for officers."""
    if clock == ClockName.EXTENSION_DECISION and case.asked and case.asked.what is Wanted.SPLIT:
        return str(_DISPATCHER)
    if clock == ClockName.EXTENSION_DECISION and case.asked and case.asked.what is Wanted.SUPPORT:
        return str(_KEEPERS[ClockName.CHECK])
    post = keeper_post(clock, case)
    return names.post_with_unit(post) if post else str(_KEEPERS[clock])


def keeper_post(clock: str, case: CaseState) -> str:
    """Return the post that has to act by a clock of the case; "" where it is not one post."""
    return _named_post(clock, case) or ("" if clock in _KEEPERS else case.holder)


def _named_post(clock: str, case: CaseState) -> str:
    """Return the post that the case names for a clock; "" where it names none."""
    if clock == ClockName.ASSISTANCE and case.assists:
        return min(case.assists, key=lambda one: one.due_at).of_post
    if clock == ClockName.OBJECTION_ANSWER and case.objections:
        return case.objections[0].to_post
    if clock == ClockName.CALL and case.calls:
        return min(case.calls, key=lambda one: (one.missed, one.due_at)).post
    if clock == ClockName.INSTRUCTION and case.instruction:
        return case.instruction.who
    return case.set_by if clock == ClockName.JUDGEMENT_WINDOW else ""


def keeper_to_requester(clock: str, case: CaseState) -> str:
    """Return who has to act by a clock of the case, in words to its requester."""
    if clock == ClockName.TOTAL:
        return word(TURNS_TO_REQUESTER, turn(case.state, case.outcome))
    return str(_KEEPERS_TO_REQUESTER.get(clock) or TURNS_TO_REQUESTER[Turn.HOLDER])


def counts_elapsed(clock: str, case_class: str, policy: Policy) -> bool:
    """Say whether a clock counts by the wall clock.

    One whose time was named by an act counts as the total clock of the class.
    """
    clock = _COUNTED_LIKE.get(clock, clock)
    if clock == ClockName.QUESTION:
        return policy.limits.question_time.unit in _ELAPSED
    spans = policy.classes[case_class].clocks
    span = spans.get(ClockName(clock)) or spans.get(ClockName.TOTAL)
    return span is not None and span.unit in _ELAPSED


def left_on(
    due: Due, case: CaseState, policy: Policy, calendar: WorkCalendar, now: datetime
) -> str:
    """Say how much time a clock has left; for one that stands still, how much when it goes on."""
    assert due.at is not None
    is_elapsed = counts_elapsed(due.clock, case.case_class, policy)
    since = stands_since(case) if due.paused else None
    words = time_left(due.at, min(since or now, now), calendar, is_elapsed=is_elapsed)
    return _("paused; then %(left)s") % {"left": words} if due.paused else words


def minutes_left(
    due: Due, case_class: str, policy: Policy, calendar: WorkCalendar, now: datetime
) -> int | None:
    """Return how many minutes a running clock has left, in the time it counts.

    Negative for how long it is over. None where the calendar does not reach that far.
    """
    assert due.at is not None
    first, last = sorted((due.at, now))
    amount = last - first
    if not counts_elapsed(due.clock, case_class, policy):
        try:
            amount = calendar.working_time_between(first, last, provisional_ok=True)
        except BeyondCalendar:
            return None
    minutes = amount // timedelta(minutes=1)
    return -minutes if due.at < now else minutes


def stands_since(case: CaseState) -> datetime | None:
    """Return since when the holder's own clock stands still, if it does."""
    return case.pause.since if case.pause else case.asked_at


def shown(case: CaseState, now: datetime) -> list[Due]:
    """Return the clocks of a case that people are shown, the one that is due first in front."""
    found = [
        (due.at, due)
        for due in case.clocks.values()
        if due.at is not None
        and due.clock not in SYSTEMS_OWN
        and not (due.clock in RIGHTS and due.at < now)
    ]
    return [due for _at, due in sorted(found, key=lambda one: one[0])]
