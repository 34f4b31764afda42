"""Whom a case waits for: the requester, other bodies, who decides, helps or was called."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from dandang.interfaces.desk.access import OpenCase
from dandang.interfaces.desk.particulars import asked_words
from dandang.interfaces.shared.clocks import keeper
from dandang.interfaces.shared.words.calls import occasion
from dandang.interfaces.shared.words.cases import TURNS, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.ledger.queries import StoredEvent
from dandang.lifecycle.casework.rules.particulars import Wanted
from dandang.lifecycle.states import Outcome, State, Turn
from dandang.policy import ClockName

_REQUESTS = {
    Wanted.EXTENSION: "extension_requested",
    Wanted.LEGAL_ROUTE: "legal_route_requested",
    Wanted.SPLIT: "split_requested",
    Wanted.ERASURE: "erasure_requested",
    Wanted.SUPPORT: "support_requested",
}

History = Sequence[tuple[StoredEvent, Mapping[str, object]]]


@dataclass(frozen=True, slots=True)
class Waited:
    """One who is waited for. `since` and `until` are in words, "" where there is no such time."""

    who: str
    what: str
    since: str
    until: str
    is_late: bool


def waited_for(opened: OpenCase, history: History) -> tuple[Waited, ...]:
    """Return everybody that the case waits for now, besides its holder."""
    waiting = _Waiting(opened, history)
    return (*waiting.by_state(), *waiting.by_asking(), *waiting.by_post())


class _Waiting:
    """Finds out from the state and the history of one case who is waited for."""

    def __init__(self, opened: OpenCase, history: History) -> None:
        self._case = opened.view.state
        self._facts = opened.facts
        self._history = history
        self._names = Names(opened.facts.directory, opened.facts.policy)

    def by_state(self) -> Iterator[Waited]:
        """Yield whose turn it is while the case is where it is."""
        case = self._case
        if case.state is State.WAITING_REQUESTER:
            until = self._clock(ClockName.QUESTION)
            what = _("to answer: %(missing)s") % {
                "missing": self._said("question_asked", "missing")
            }
            yield self._line(word(TURNS, Turn.REQUESTER), what, case.asked_at, until)
        if case.state is State.WAITING_OTHER:
            body = self._said("other_body_asked", "body")
            yield self._line(body, _("to answer"), self._at("other_body_asked"), case.check_at)
        if case.route is not None and case.is_open:
            number = {"number": self._said("legal_route_entered", "acceptance_number")}
            body = self._said("legal_route_entered", "body")
            what = _("to decide by law, no. %(number)s") % number
            yield self._line(body, what, self._at("legal_route_entered"), case.route.due_at)
        if case.state is State.DISPUTED:
            until = self._clock(ClockName.DISPUTE_DECISION)
            what = _("to decide who holds the case")
            yield self._line(self._decider(), what, self._at("dispute_raised"), until)
        if case.state is State.PROPOSED:
            yield self._proposed()

    def by_asking(self) -> Iterator[Waited]:
        """Yield who decides what somebody asked for."""
        case = self._case
        if case.asked is not None:
            until = self._clock(ClockName.EXTENSION_DECISION)
            what = _("to decide on %(what)s") % {"what": asked_words(case.asked, self._facts.now)}
            who = keeper(ClockName.EXTENSION_DECISION, case, self._names)
            yield self._line(who, what, self._at(_REQUESTS[case.asked.what]), until)
        if case.appeal is not None:
            until = self._clock(ClockName.APPEAL_DECISION)
            what = _("to decide the appeal of request %(number)s") % {"number": case.appeal.request}
            yield self._line(self._decider(), what, case.appeal.opened_at, until)

    def by_post(self) -> Iterator[Waited]:
        """Yield the posts that help, that answer objections, and that were called."""
        case, post = self._case, self._names.post_with_unit
        for assist in case.assists:
            since = self._at("assist_requested", of_post=assist.of_post)
            yield self._line(post(assist.of_post), _("to help"), since, assist.due_at)
        for objection in case.objections:
            said = (
                _("to answer the requester's objection (#%(number)s)")
                if objection.by_requester
                else _("to answer an officer's objection (#%(number)s)")
            )
            since = self._at("objection_filed", seq=objection.seq)
            until = self._clock(ClockName.OBJECTION_ANSWER)
            what = said % {"number": objection.seq}
            yield self._line(post(objection.to_post), what, since, until)
        for call in sorted(case.calls, key=lambda one: one.seq):
            who = f"{post(call.post)} · {self._names.officer(call.officer)}"
            why = occasion(call.step, self._names, case.case_class)
            what = _("called to act: %(why)s") % {"why": why}
            yield self._line(who, what, call.called_at, call.due_at)

    def _proposed(self) -> Waited:
        case, is_theirs = self._case, self._case.outcome is Outcome.RESOLVED
        if not is_theirs:
            return self._line(self._decider(), _("to decide"), case.proposed_at, None)
        who = (
            self._names.post_with_unit(case.set_by) if case.set_by else word(TURNS, Turn.REQUESTER)
        )
        until = self._clock(ClockName.JUDGEMENT_WINDOW)
        return self._line(who, _("to say whether it is solved"), case.proposed_at, until)

    def _decider(self) -> str:
        return word(TURNS, Turn.DECIDING_OFFICE)

    def _line(self, who: str, what: str, since: datetime | None, until: datetime | None) -> Waited:
        now = self._facts.now
        return Waited(
            who=who,
            what=what,
            since=moment(since, now) if since else "",
            until=moment(until, now) if until else "",
            is_late=until is not None and until < now,
        )

    def _clock(self, name: ClockName) -> datetime | None:
        due = self._case.clocks.get(name)
        return due.at if due else None

    def _at(self, event_type: str, *, seq: int | None = None, **fields: str) -> datetime | None:
        """Return when the last event of this type, with this number or these fields, happened."""
        for event, _personal in reversed(self._history):
            if event.type != event_type or seq not in (None, event.seq):
                continue
            if all(event.fields.get(name) == value for name, value in fields.items()):
                return event.occurred_at
        return None

    def _said(self, event_type: str, name: str) -> str:
        """Return what the last event of this type says; words for what was erased."""
        for event, personal in reversed(self._history):
            if event.type == event_type:
                return str({**event.fields, **personal}.get(name) or _("(erased)"))
        return "--"
