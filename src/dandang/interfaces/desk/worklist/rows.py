"""The rows of a worklist in words: what is due, what for, whose turn, what the case waits for."""

from datetime import datetime
from functools import cache, partial
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.urgency import soon_until, urgency
from dandang.interfaces.shared.clocks import counts_elapsed
from dandang.interfaces.shared.words.cases import (
    CLOCKS,
    TURNS,
    Words,
    state_and_proposal,
    word,
)
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.remaining import time_left
from dandang.interfaces.shared.words.times import stamp
from dandang.lifecycle.casework.listing import Line
from dandang.lifecycle.casework.rules.next_step import NextStep
from dandang.organization.queries import policy_by_hash

NEXT_STEPS: Words = {
    NextStep.ACT_ON_CALL: gettext_lazy("act on the call"),
    NextStep.DECIDE_DISPUTE: gettext_lazy("decide the dispute"),
    NextStep.DECIDE_APPEAL: gettext_lazy("decide the appeal"),
    NextStep.DECIDE_EXTENSION: gettext_lazy("decide whether there is more time"),
    NextStep.DECIDE_LEGAL_ROUTE: gettext_lazy("decide on the legal route"),
    NextStep.DECIDE_SPLIT: gettext_lazy("decide on the split"),
    NextStep.DECIDE_SUPPORT: gettext_lazy("answer what the holder needs"),
    NextStep.DECIDE_ERASURE: gettext_lazy("decide on the erasure"),
    NextStep.DECIDE_PROPOSAL: gettext_lazy("decide on the proposed end"),
    NextStep.ASSIGN: gettext_lazy("assign it to a post"),
    NextStep.ACCEPT: gettext_lazy("accept or return it"),
    NextStep.REQUESTER_ANSWERS: gettext_lazy("the requester answers the question"),
    NextStep.OTHER_ANSWERS: gettext_lazy("the body that was asked answers"),
    NextStep.LEGAL_ROUTE_DECIDES: gettext_lazy("the competent body decides; tell what is new"),
    NextStep.CHECK_CONDITION: gettext_lazy("check whether the reason for the pause holds"),
    NextStep.FIRST_RESPONSE: gettext_lazy("give a first response"),
    NextStep.WORK: gettext_lazy("do it and propose the end"),
    NextStep.REQUESTER_JUDGES: gettext_lazy("the requester says whether it is solved"),
    NextStep.LOOK_BACK: gettext_lazy("look whether it still holds"),
    NextStep.NOTHING: gettext_lazy("nothing"),
}


class Row(NamedTuple):
    """One case of the worklist in words. `urgency` is late, soon or "" (the style of its tag).

    `due` is the due time for tables, "" without one, `iso` the same for machines, `left` how much
    time is left. `ticked` is the value by which the case is chosen: its reference, and its last
    entry when the list was made.
    """

    reference: str
    title: str
    where: str
    state: str
    turn: str
    next: str
    holder: str
    due: str
    iso: str
    due_at: datetime | None
    due_for: str
    left: str
    urgency: str
    hand_overs: int
    ticked: str


class RowReader:
    """Puts the cases of a worklist into words for one officer."""

    def __init__(self, officer: Officer, names: Names) -> None:
        self._officer, self._names = officer, names
        self._soon = soon_until(officer.now, officer.calendar)
        # Few words are said very often on one page.
        self._turn = cache(partial(word, TURNS))
        self._next = cache(partial(word, NEXT_STEPS))
        self._clock = cache(partial(word, CLOCKS))
        self._state = cache(state_and_proposal)
        self._where = cache(self._place)
        self._holder = cache(names.post_with_unit)
        self._left = cache(self._time_left)
        self._erased = _("(erased)")

    def row(self, line: Line) -> Row:
        """Return a case in words."""
        due = line.due_at
        return Row(
            reference=line.reference,
            title=line.title or self._erased,
            where=self._where(line.category, line.area),
            state=self._state(line.state, line.outcome),
            turn=self._turn(line.turn),
            next=self._next(line.next_step),
            holder=self._holder(line.holder),
            due=stamp(due) if due else "",
            iso=due.isoformat() if due else "",
            due_at=due,
            due_for=self._clock(line.due_clock) if line.due_clock else "",
            left=self._left(due, self._is_elapsed(line)) if due else "",
            urgency=urgency(due, self._officer.now, self._soon),
            hand_overs=line.hand_overs,
            ticked=f"{line.reference}:{line.seq}",
        )

    def _place(self, category: str | None, area: str | None) -> str:
        where = (self._names.category(category), self._names.area(area))
        return " · ".join(part for part in where if part)

    def _is_elapsed(self, line: Line) -> bool:
        return counts_elapsed(line.due_clock, line.case_class, policy_by_hash(line.policy))

    def _time_left(self, due: datetime, is_elapsed: bool) -> str:  # noqa: FBT001 a key of what is kept
        officer = self._officer
        return time_left(due, officer.now, officer.calendar, is_elapsed=is_elapsed)
