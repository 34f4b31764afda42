"""Turns a case and its history into the page its requester sees."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from dandang.interfaces.resident.pages import (
    Deadline,
    FollowPage,
    Holder,
    Matter,
    Question,
)
from dandang.interfaces.resident.publicity import publicity
from dandang.interfaces.resident.voice import voice
from dandang.interfaces.resident.waiting import waiting
from dandang.interfaces.shared.clocks import keeper_to_requester, left_on
from dandang.interfaces.shared.origins import written_by
from dandang.interfaces.shared.timeline import History, Reader, whole_timeline
from dandang.interfaces.shared.words.cases import (
    ANSWERED_STATES,
    CLOCK_PURPOSES,
    STATES,
    TURNS_TO_REQUESTER,
    VERDICTS,
    word,
)
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.casework.files.queries import files_in
from dandang.lifecycle.casework.queries import CaseView
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.missed import shown_to_requesters
from dandang.lifecycle.casework.rules.state import CaseState, RequestState
from dandang.lifecycle.states import State, turn
from dandang.organization.directory import Directory
from dandang.policy import ClockName
from dandang.terms import Due


def follow_page(
    view: CaseView,
    history: History,
    facts: Facts,
    offers: Mapping[str, bool],
    earlier: Sequence[History] = (),
) -> FollowPage:
    """Return what the sender of `view.request_number` sees of the case now.

    `earlier` are the histories of the cases in which the request was before (`view.earlier`).
    """
    case = view.state
    names = Names(facts.directory, facts.policy)
    parts = [
        (there, Reader(one.request_number, names, facts.now))
        for there, one in zip(earlier, view.earlier, strict=True)
    ]
    reader = Reader(view.request_number, names, facts.now)
    request = case.request(view.request_number)
    sent_at = request.sent_at if request else case.sent_at
    visible_from = case.confirm_not_before
    return FollowPage(
        reference=view.reference,
        seen_seq=case.seq,
        matter=_matter(view, history, names),
        sent=moment(sent_at, facts.now),
        state=_state(case, request),
        is_open=case.is_open,
        turn=word(TURNS_TO_REQUESTER, turn(case.state, case.outcome)),
        holder=holder(facts.directory, case.holder, names),
        waiting=waiting(history, facts, sent_at),
        next_due=_running(_next_due(case), facts),
        total_due=_running(case.clocks.get(ClockName.TOTAL), facts),
        answer_by=_running(case.clocks.get(ClockName.JUDGEMENT_WINDOW), facts),
        hand_overs=case.hand_overs,
        claim=_latest(history, "resolution_proposed", "text"),
        verdict=word(VERDICTS, request.verdict) if request and request.verdict else "",
        is_asked=case.state is State.PROPOSED and offers.get("judge", False),
        question=_question(view, history, reader),
        timeline=whole_timeline([*parts, (history, reader)]),
        offers=offers,
        publicity=publicity(view, _latest(history, "text_withheld", "cause"))
        if offers.get("allow-publishing")
        else None,
        visible_from=moment(visible_from, facts.now)
        if visible_from and facts.now < visible_from
        else "",
        voice=voice(facts, history, offers),
    )


def _state(case: CaseState, request: RequestState | None) -> str:
    """Return where the case stands, for the sender of one request of it."""
    judged = request is not None and request.verdict is not None
    if case.state is not State.PROPOSED or not judged:
        return word(STATES, case.state)
    return word(ANSWERED_STATES, "parts" if case.open_children else "others")


def holder(directory: Directory, post: str, names: Names) -> Holder:
    """Return who holds a case, in words. A post that is not known any more stands for itself."""
    found = directory.posts.get(post)
    if found is None:
        return Holder("", post, "")
    return Holder(names.unit(found.unit), names.post(post), found.phone)


def deadline(due: Due | None, now: datetime) -> Deadline | None:
    """Return a clock in words; None for one that does not run."""
    if due is None or due.at is None:
        return None
    return Deadline(
        at=due.at,
        when=moment(due.at, now),
        purpose=word(CLOCK_PURPOSES, due.clock),
        is_overdue=due.at < now,
        is_provisional=due.provisional,
    )


def _running(due: Due | None, facts: Facts) -> Deadline | None:
    """Return a clock of the case in words, with whose turn it is and the time left."""
    found = deadline(due, facts.now)
    if due is None or found is None:
        return None
    return replace(
        found,
        turn=keeper_to_requester(due.clock, facts.case),
        left=left_on(due, facts.case, facts.policy, facts.calendar, facts.now),
    )


def _next_due(case: CaseState) -> Due | None:
    """Return the running clock that is due first, of those that mean something to the reader."""
    return next(iter(shown_to_requesters(case)), None)


def _matter(view: CaseView, history: History, names: Names) -> Matter:
    opened, _ = history[0]
    personal = written_by(view.request_number, history)
    category = names.category(view.state.category)
    contact = (personal.get(part) for part in ("name", "phone", "email"))
    return Matter(
        title=str(personal.get("title", "")) or category,
        text=str(personal.get("text", "")),
        location=str(personal.get("location", "")),
        category=category,
        area=names.area(str(opened.fields.get("area", ""))),
        is_happening_now=view.state.happening_now,
        contact=" · ".join(str(part) for part in contact if part),
        files=files_in(personal),
    )


def _question(view: CaseView, history: History, reader: Reader) -> Question | None:
    """Return what is asked of the reader: nothing that others were asked before the reader came."""
    if view.state.state is not State.WAITING_REQUESTER:
        return None
    since = [one for one in history if one[0].seq >= reader.joined(history)]
    if not any(event.type == "question_asked" for event, _ in since):
        return None
    return Question(
        missing=_latest(since, "question_asked", "missing"),
        text=_latest(since, "question_asked", "text"),
    )


def _latest(history: History, event_type: str, name: str) -> str:
    for event, personal in reversed(history):
        if event.type == event_type:
            return str({**event.fields, **personal}.get(name, ""))
    return ""
