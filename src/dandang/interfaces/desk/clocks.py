"""The clocks of one case as officers see them, each with whose turn it is and the time left."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from dandang.interfaces.desk.urgency import soon_until, urgency
from dandang.interfaces.shared.clocks import keeper, left_on, shown
from dandang.interfaces.shared.words.cases import CLOCK_TASKS, CLOCKS, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.deadlines.clocks import CLOCKS as CLOCKS_BY_RULE
from dandang.lifecycle.deadlines.clocks import RIGHTS
from dandang.policy import Policy
from dandang.terms import Due
from dandang.workdays import WorkCalendar

_NEVER_STANDS_STILL = gettext_lazy("nothing pauses it")
_STANDS_STILL: Mapping[str, str | Promise] = MappingProxyType(
    {
        **{
            rule.name: gettext_lazy("stands still while the requester is asked or it is paused")
            for rule in CLOCKS_BY_RULE
            if rule.pauses_in
        },
        **{
            rule.name: gettext_lazy("waits while the requester is asked for a judgement")
            for rule in CLOCKS_BY_RULE
            if rule.is_ours
        },
    }
)
"""What pauses a clock, by the table of clocks."""


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One clock in words. `purpose` is what it is for, `task` says it in a sentence.

    `turn` is who has to act by it, `left` how much of the clock's own time is left. `urgency` is
    late, soon or ""; a right that ends (`is_right`) has none. `stands_still` says what pauses it.
    """

    purpose: str
    task: str
    turn: str
    when: str
    at: datetime
    left: str
    urgency: str
    is_paused: bool
    is_provisional: bool
    is_right: bool
    stands_still: str = ""


class ClockReader:
    """Puts clocks into words, of any number of cases, at one instant."""

    def __init__(self, names: Names, calendar: WorkCalendar, now: datetime) -> None:
        self._names = names
        self._calendar = calendar
        self._now = now
        self._soon = soon_until(now, calendar)

    def line(self, due: Due, case: CaseState, policy: Policy) -> ClockLine:
        """Return a clock of a case that has a time."""
        assert due.at is not None
        is_right = due.clock in RIGHTS
        is_calm = due.paused or is_right
        return ClockLine(
            purpose=word(CLOCKS, due.clock),
            task=word(CLOCK_TASKS, due.clock),
            turn=keeper(due.clock, case, self._names),
            when=moment(due.at, self._now),
            at=due.at,
            left=left_on(due, case, policy, self._calendar, self._now),
            urgency="" if is_calm else urgency(due.at, self._now, self._soon),
            is_paused=due.paused,
            is_provisional=due.provisional,
            is_right=is_right,
            stands_still=str(_STANDS_STILL.get(due.clock, _NEVER_STANDS_STILL)),
        )


def clock_lines(facts: Facts) -> tuple[ClockLine, ...]:
    """Return the clocks of a case, the one that is due first in front."""
    reader = ClockReader(Names(facts.directory, facts.policy), facts.calendar, facts.now)
    return tuple(reader.line(due, facts.case, facts.policy) for due in shown(facts.case, facts.now))
