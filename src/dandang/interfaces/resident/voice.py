"""What the page says of answers, ratings, looking back and asking the office above."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from dandang.interfaces.resident.pages import Called, Deadline, Voice
from dandang.interfaces.shared.timeline import History
from dandang.interfaces.shared.words.cases import CLOCKS, RATINGS, STATES, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment, span
from dandang.lifecycle.casework.rules.answers import changeable_until
from dandang.lifecycle.casework.rules.changes import result_of
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.missed import missed_deadlines
from dandang.lifecycle.casework.rules.state import RequestState
from dandang.lifecycle.escalation.events import BY_REQUESTER, CalledUpon
from dandang.lifecycle.escalation.rules.asking import AskEscalation, ask_escalation
from dandang.lifecycle.states import State

_SILENT = frozenset({State.UNANSWERED, State.UNREACHABLE})
"""How silence of all ends a case; where somebody answered, that counts."""


def voice(facts: Facts, history: History, offers: Mapping[str, bool]) -> Voice:
    """Return what the sender of a request can say now, and has said."""
    case, limits, now = facts.case, facts.policy.limits, facts.now
    request = case.request(facts.request_number or 0)
    asked_at = _asked_above(history) if case.asked_above else None
    return Voice(
        change_until=_change_until(facts, request),
        silence=word(STATES, end) if (end := result_of(case.requests)[0]) in _SILENT else "",
        next_no=case.refusals + 1 >= limits.deciding_at_no,
        appeal_time=span(limits.appeal_window),
        rating=_rating(request),
        look_back_until=_look_back(facts, offers),
        said_back=_said_back(request),
        asked_above_at=moment(asked_at, now) if asked_at else "",
        asked_by_me=any(one.request == facts.request_number for one in case.asked_above),
        can_ask_above=offers.get("ask-escalation", False),
        called=tuple(_called(facts)),
        would_call=_would_call(facts) if offers.get("ask-escalation") else None,
        missed=tuple(
            _deadline(word(CLOCKS, one.clock), one.at, now) for one in missed_deadlines(case, now)
        ),
    )


def _change_until(facts: Facts, request: RequestState | None) -> str:
    if request is None or request.judged_at is None:
        return ""
    until = changeable_until(facts, request.judged_at)
    return moment(until, facts.now) if facts.now <= until else ""


def _rating(request: RequestState | None) -> str:
    return word(RATINGS, str(request.stars)) if request is not None and request.stars else ""


def _look_back(facts: Facts, offers: Mapping[str, bool]) -> str:
    until = facts.case.look_back_until
    return moment(until, facts.now) if until and offers.get("look-back") else ""


def _said_back(request: RequestState | None) -> str:
    if request is None or request.holds is None:
        return ""
    return _("Yes, it is still solved") if request.holds else _("No, it is not solved any more")


def _asked_above(history: History) -> datetime | None:
    asked = (event.occurred_at for event, _ in history if event.type == "escalation_asked")
    return max(asked, default=None)


def _called(facts: Facts) -> list[Called]:
    """Return who is called because a requester asked for it."""
    return [
        _office(facts, one.unit, one.post, one.due_at)
        for one in facts.case.calls
        if one.step == BY_REQUESTER and not one.missed
    ]


def _would_call(facts: Facts) -> Called | None:
    """Return who would be called if the requester asked now; None where all are called already."""
    events = ask_escalation(facts, AskEscalation())
    calls = [one for one in events if isinstance(one, CalledUpon)]
    return next(
        (_office(facts, one.called_unit, one.called_post, one.due_at) for one in calls), None
    )


def _office(facts: Facts, unit: str, post: str, due_at: datetime) -> Called:
    names = Names(facts.directory, facts.policy)
    return Called(names.unit(unit), names.post(post), _deadline("", due_at, facts.now))


def _deadline(purpose: str, at: datetime | None, now: datetime) -> Deadline:
    assert at is not None
    return Deadline(at=at, when=moment(at, now), purpose=purpose, is_overdue=at < now)
