"""The handover sheet (交接单): everything a post holds, when officers change."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.documents.model import (
    Block,
    Column,
    Facts,
    Heading,
    Paragraph,
    SignOff,
    Style,
    Table,
)
from dandang.interfaces.desk.documents.outstanding import outstanding
from dandang.interfaces.shared.words.cases import (
    CLOCKS,
    TURNS,
    state_and_proposal,
    word,
)
from dandang.interfaces.shared.words.fields import field
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import stamp
from dandang.lifecycle.casework.queries import HeldCase, counted, facts_for_all, held
from dandang.lifecycle.casework.rules.permit import may_read
from dandang.lifecycle.casework.wanted import Wanted
from dandang.lifecycle.states import State, turn
from dandang.organization.queries import current_policy
from dandang.terms import Due

MOST_CASES = 5000
"""A sheet lists so many cases; a post that holds more is told so."""

SOON_DAYS = 3
_WAITING = (State.WAITING_REQUESTER, State.WAITING_OTHER, State.PROPOSED)

Cell = Callable[[HeldCase], str]


def handover(officer: Officer, post: str) -> tuple[Block, ...]:
    """Return the sheet of a post for this officer now; a handful of queries in all."""
    cases = held(post, limit=MOST_CASES)
    sheet = _Sheet(officer, Names(officer.directory, current_policy()), _hidden(officer, cases))
    return (
        Paragraph(sheet.names.post_with_unit(post), Style.NUMBER),
        Facts(_("In short"), sheet.counts(post, cases)),
        *_left_out(post, cases),
        Heading(_("Open cases")),
        sheet.table(cases),
        Heading(_("Taking over")),
        Paragraph(
            _(
                "Every case on this sheet passes from the outgoing to the incoming officer. The "
                "total clocks go on; the incoming officer's own time counts from the taking over."
            )
        ),
        SignOff(
            _("Signatures"),
            (pgettext("person", "Name"), _("Signature"), _("Date")),
            (_("Outgoing officer"), _("Incoming officer"), _("Witness")),
        ),
    )


def _hidden(officer: Officer, cases: list[HeldCase]) -> frozenset[str]:
    """Return the references of cases that this officer may not open."""
    states = [one.state for one in cases]
    known = facts_for_all(states, by=officer.actor, now=officer.now)
    pairs = zip(cases, known, strict=True)
    return frozenset(one.reference for one, facts in pairs if not may_read(facts))


def _left_out(post: str, cases: list[HeldCase]) -> list[Block]:
    if len(cases) < MOST_CASES:
        return []
    number = counted(Wanted(posts=(post,), open_only=True))
    if number == len(cases):
        return []
    text = _("Only the first %(most)s cases by due time stand here; the post holds %(number)s.")
    return [Paragraph(text % {"most": MOST_CASES, "number": number}, Style.NOTE)]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Puts what a post holds into words for one officer."""

    officer: Officer
    names: Names
    hidden: frozenset[str]

    def counts(self, post: str, cases: list[HeldCase]) -> tuple[tuple[str, str], ...]:
        now = self.officer.now
        soon = self.officer.calendar.add_working_days(now, SOON_DAYS, provisional_ok=True).at
        dues = [due for one in cases if (due := _at(one.state.next_due)) is not None]
        officers = self.officer.directory.officers_of(post, now)
        waiting = sum(one.state.state in _WAITING for one in cases)
        return (
            (_("In the post now"), "; ".join(self.names.officer(one.code) for one in officers)),
            (_("Made on"), stamp(now)),
            (_("Open cases"), str(len(cases))),
            (_("Overdue"), str(sum(due < now for due in dues))),
            (
                _("Due within %(number)s working days") % {"number": SOON_DAYS},
                str(sum(now <= due <= soon for due in dues)),
            ),
            (_("Waiting for others"), str(waiting)),
        )

    def table(self, cases: list[HeldCase]) -> Table:
        columns = self._columns()
        return Table(
            _("Open cases"),
            tuple(column for column, _cell in columns),
            tuple(tuple(cell(one) for _column, cell in columns) for one in cases),
            _("The post holds no open case."),
        )

    def _columns(self) -> tuple[tuple[Column, Cell], ...]:
        """Return every column with what fills it; their widths add up to 100."""
        return (
            (Column(pgettext("request", "Reference"), 10, is_head=True), lambda one: one.reference),
            (Column(field("title"), 22), self._title),
            (Column(field("category"), 12), self._category),
            (Column(_("State"), 16), self._state),
            (Column(_("Held since"), 9), self._held_since),
            (Column(_("Due first"), 12), self._due_first),
            (Column(_("Total deadline"), 9), self._total),
            (Column(_("Still open"), 10), self._open_matters),
        )

    def _title(self, one: HeldCase) -> str:
        if one.reference in self.hidden:
            return _("(not shown to you)")
        return one.title or _("(erased)")

    def _category(self, one: HeldCase) -> str:
        parts = [self.names.category(one.state.category), self.names.area(one.state.area)]
        return "\n".join(part for part in parts if part)

    def _state(self, one: HeldCase) -> str:
        case = one.state
        whose = word(TURNS, turn(case.state, case.outcome))
        state = state_and_proposal(case.state, case.outcome)
        return f"{state}\n{_('turn: %(turn)s') % {'turn': whose}}"

    def _held_since(self, one: HeldCase) -> str:
        inherited = one.state.inherited_at
        taken = _("taken over %(time)s") % {"time": stamp(inherited)} if inherited else ""
        return "\n".join(part for part in (stamp(one.state.held_since), taken) if part)

    def _due_first(self, one: HeldCase) -> str:
        due = one.state.next_due
        if due is None or due.at is None:
            return "--"
        late = _("overdue") if due.at < self.officer.now else ""
        return "\n".join(part for part in (word(CLOCKS, due.clock), stamp(due.at), late) if part)

    def _total(self, one: HeldCase) -> str:
        at = _at(one.state.total)
        return stamp(at) if at else "--"

    def _open_matters(self, one: HeldCase) -> str:
        return "\n".join(outstanding(one.state, self.names)) or "--"


def _at(due: Due | None) -> datetime | None:
    return due.at if due else None
