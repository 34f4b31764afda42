"""What waits for a decision, with what was asked and why, and the conditions that are due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dandang.interfaces.desk.access import Officer, for_officers
from dandang.interfaces.desk.clocks import ClockLine, ClockReader
from dandang.interfaces.desk.deciding import decided_by
from dandang.interfaces.desk.overviews.reach import heads, reach
from dandang.interfaces.desk.overviews.rows import CaseLine, Reader
from dandang.interfaces.desk.particulars import asked_words
from dandang.interfaces.desk.samples import refused_whatever
from dandang.interfaces.desk.supervision.access import tabs
from dandang.interfaces.desk.supervision.beside import beside
from dandang.interfaces.desk.supervision.unmaskings import Look, Looks
from dandang.interfaces.shared.words.cases import OBSTACLES, state_and_proposal, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.interfaces.shared.words.verbs import verb_name
from dandang.ledger.queries import StoredEvent, last_of_each, personal_of
from dandang.lifecycle.casework.clock_list import ListedClock, WantedClocks, clocks
from dandang.lifecycle.casework.listing import PAGE, Line, nearest
from dandang.lifecycle.casework.queries import HeldCase, facts_for_all, whole
from dandang.lifecycle.casework.rules import particulars
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.permit import acting_post
from dandang.lifecycle.casework.rules.places import Beside, Shown, parse_place
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.casework.undecided import is_undecided
from dandang.lifecycle.casework.wanted import Wanted
from dandang.lifecycle.states import Outcome, State
from dandang.lifecycle.verbs import VERBS
from dandang.organization.queries import current_policy, policy_by_hash
from dandang.policy import ClockName

_ASKING = (
    *("extension_requested", "legal_route_requested", "split_requested", "stall_explained"),
    *("dispute_raised", "resolution_proposed", "erasure_requested"),
)
_DECIDES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        particulars.Wanted.EXTENSION: ("decide-extension",),
        particulars.Wanted.LEGAL_ROUTE: ("enter-legal-route", "refuse-legal-route"),
        particulars.Wanted.SPLIT: ("split", "refuse-split"),
        particulars.Wanted.ERASURE: ("erase",),
        particulars.Wanted.SUPPORT: ("decide-support",),
        State.DISPUTED: ("decide-dispute",),
        Outcome.EXPLAINED: ("explain", "reject-proposal"),
        Outcome.DECLINED: ("decline", "reject-proposal"),
    }
)
"""The verbs that settle a case, by what it waits for."""

_DECISIONS = (ClockName.EXTENSION_DECISION, ClockName.DISPUTE_DECISION)
_MOST_CHECKS = 50
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Row:
    """A case that waits for a decision: what was asked by whom, since when, and by when it is due.

    `what` is "" where only officers wait, who want to see a contact: those are the `looks`.
    `beside` are label and words of what helps to decide. `acts` are verb and words of what the
    officer can do about it; empty where another office has to decide.
    """

    case: CaseLine
    what: str
    reason: str
    condition: str
    text: str
    by: str
    since: str
    clock: ClockLine | None
    beside: tuple[tuple[str, str], ...]
    acts: tuple[tuple[str, str], ...]
    looks: tuple[Look, ...]

    @property
    def first_due(self) -> datetime:
        """The time by which something has to be decided first."""
        clocks = (self.clock, *(look.clock for look in self.looks))
        return min((clock.at for clock in clocks if clock is not None), default=_NEVER)


@dataclass(frozen=True, slots=True)
class Check:
    """A condition that is to be checked. `clock` says when."""

    clock: ClockLine
    reference: str
    title: str
    where: str
    holder: str


@require_safe
@for_officers
def show_decisions(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show what waits for a decision, of the officer or an office like it, and what to check."""
    names = Names(officer.directory, current_policy())
    part = _page(request.GET, officer)
    context = {
        "here": "to-decide",
        "tabs": tabs(officer, "supervision:decisions"),
        "rows": _rows([line.reference for line in part.rows], officer, names),
        "previous": f"before={part.rows[0].place}" if part.has_earlier else "",
        "next": f"after={part.rows[-1].place}" if part.has_later else "",
        "checks": _checks(officer, names) if heads(officer) else (),
        "heads": heads(officer),
        "as_of": moment(officer.now, officer.now),
    }
    return render(request, "supervision/decisions.html", context)


def _page(typed: QueryDict, officer: Officer) -> Shown[Line]:
    """Return which cases stand on the page: 50, found from a place in the order of due times."""
    wanted = decided_by(officer.posts, officer.directory, officer.kept_out)
    if wanted is None:
        return Shown((), has_earlier=False, has_later=False)
    after, before = (parse_place(typed.get(name, "")) for name in ("after", "before"))
    beside = Beside(after=after, before=before)
    return nearest(wanted, officer.now, beside, limit=PAGE, titled=False)


def _rows(references: Sequence[str], officer: Officer, names: Names) -> list[Row]:
    """Return what waits in these cases, the decision that is due first in front."""
    cases = whole(Wanted(references=tuple(references))) if references else []
    known = facts_for_all([one.state for one in cases], by=officer.actor, now=officer.now)
    asked = last_of_each([one.stream for one in cases], _ASKING)
    texts = personal_of([event.event_id for event in asked.values()], ["condition", "text"])
    reader = _Reader(officer, names, Looks(cases, officer, names))
    rows = [
        reader.row(one, facts, event, texts.get(event.event_id, {}) if event else {})
        for one, facts in zip(cases, known, strict=True)
        for event in (asked.get(one.stream),)
    ]
    return sorted(rows, key=lambda row: row.first_due)


class _Reader:
    """Puts what waits for a decision into words."""

    def __init__(self, officer: Officer, names: Names, looks: Looks) -> None:
        self._looks = looks
        self._officer = officer
        self._names = names
        self._cases = Reader(officer, names)
        self._clocks = ClockReader(names, officer.calendar, officer.now)

    def row(
        self,
        one: HeldCase,
        facts: Facts,
        event: StoredEvent | None,
        texts: Mapping[str, object],
    ) -> Row:
        case = one.state
        said = dict(event.fields) if event else {}
        is_asked = is_undecided(case)
        return Row(
            case=self._cases.case(one),
            what=self._what(case) if is_asked else "",
            reason=self._reason(said),
            condition=str(texts.get("condition", "")),
            text=str(texts.get("text", "")),
            by=self._names.post_with_unit(event.post) if event and event.post else "",
            since=moment(event.occurred_at, self._officer.now) if event else "",
            clock=self._clock(case) if is_asked else None,
            beside=beside(facts, self._names) if is_asked else (),
            acts=_acts(facts) if is_asked else (),
            looks=self._looks.of(one, facts),
        )

    def _reason(self, said: Mapping[str, object]) -> str:
        if said.get("obstacle"):
            return word(OBSTACLES, str(said["obstacle"]))
        return self._names.reason(str(said["reason"])) if said.get("reason") else ""

    def _what(self, case: CaseState) -> str:
        if case.asked is not None:
            return asked_words(case.asked, self._officer.now)
        if case.state is State.DISPUTED:
            wanted = self._names.unit(case.wanted_unit)
            return _("who holds it: %(holder)s or %(other)s") % {
                "holder": self._names.unit(case.holder_unit),
                "other": wanted,
            }
        return state_and_proposal(case.state, case.outcome)

    def _clock(self, case: CaseState) -> ClockLine | None:
        found = [due for name in _DECISIONS if (due := case.clocks.get(name)) and due.at]
        due = found[0] if found else case.next_due
        if due is None or due.at is None:
            return None
        return self._clocks.line(due, case, policy_by_hash(case.policy))


def _acts(facts: Facts) -> tuple[tuple[str, str], ...]:
    case = facts.case
    key = case.asked.what if case.asked else case.outcome or case.state
    if case.state is State.DISPUTED:
        key = State.DISPUTED
    return tuple(
        (verb, verb_name(verb))
        for verb in _DECIDES.get(key, ())
        if acting_post(facts, VERBS[verb]) is not None
        and refused_whatever(VERBS[verb], facts) is None
    )


def _checks(officer: Officer, names: Names) -> tuple[Check, ...]:
    """Return the conditions to check in the units below, the one that is due first in front."""
    wanted = WantedClocks(
        units=reach(officer), only=(ClockName.CHECK,), hidden_from=officer.kept_out
    )
    reader = ClockReader(names, officer.calendar, officer.now)
    found = clocks(wanted, officer.now, limit=_MOST_CHECKS)
    return tuple(_check(one, reader, names) for one in found)


def _check(one: ListedClock, reader: ClockReader, names: Names) -> Check:
    where = [names.category(one.case.category), names.area(one.case.area)]
    return Check(
        clock=reader.line(one.due, one.case, policy_by_hash(one.case.policy)),
        reference=one.reference,
        title=one.title,
        where=" · ".join(part for part in where if part),
        holder=names.post_with_unit(one.case.holder),
    )
