"""The page of a case as officers see it: where it stands, who holds it, what can be done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dandang.interfaces.desk.access import OpenCase
from dandang.interfaces.desk.case_waiting import Waited, waited_for
from dandang.interfaces.desk.clocks import ClockLine, clock_lines
from dandang.interfaces.desk.contact import Contacts, contact_shown
from dandang.interfaces.desk.family import Family, family_of
from dandang.interfaces.desk.particulars import particulars
from dandang.interfaces.desk.register import RegisterLine, register_line
from dandang.interfaces.desk.timeline import History, Line, lines_of
from dandang.interfaces.shared.origins import written_by
from dandang.interfaces.shared.words.cases import (
    CHANNELS,
    KINDS,
    ROUTING,
    TURNS,
    VERDICTS,
    state_and_proposal,
    word,
)
from dandang.interfaces.shared.words.fields import field
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.casework.files.queries import ListedFile, files_in
from dandang.lifecycle.casework.rules.discretion import keeps_rating, keeps_verdict
from dandang.lifecycle.casework.rules.state import RequestState
from dandang.lifecycle.states import turn


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One requester's request in the case; `answers` is what its sender said of the result."""

    number: int
    sent: str
    verdict: str
    answers: tuple[str, ...]
    is_reachable: bool
    is_withdrawn: bool
    has_moved: bool


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything the page of a case shows, in words.

    `contacts` are as much as this officer may see. `register` is None for ended cases. `is_part`:
    its words are those of the post that split it off. `lines` are newest first.
    """

    reference: str
    seen_seq: int
    title: str
    text: str
    facts: tuple[tuple[str, str], ...]
    contacts: Contacts
    is_happening_now: bool
    is_open: bool
    state: str
    turn: str
    holder: str
    phone: str
    held_since: str
    routed: str
    register: RegisterLine | None
    is_held_elsewhere: bool
    hand_overs: int
    refusals: int
    clocks: tuple[ClockLine, ...]
    requests: tuple[RequestLine, ...]
    particulars: tuple[tuple[str, str], ...]
    waited_for: tuple[Waited, ...]
    family: Family
    is_part: bool
    lines: tuple[Line, ...]
    files: tuple[ListedFile, ...] = ()

    @property
    def answered(self) -> tuple[RequestLine, ...]:
        """The requests whose senders said something of the result."""
        return tuple(one for one in self.requests if one.answers)

    @property
    def file_ids(self) -> frozenset[str]:
        """The ids of all files on the page: those its reader may have, and no others."""
        with_lines = (file for line in self.lines for file in line.files)
        return frozenset(file.id for file in (*self.files, *with_lines))


def case_page(opened: OpenCase, history: History) -> CasePage:
    """Return the page of a case for this officer now."""
    case, facts = opened.view.state, opened.facts
    names = Names(facts.directory, facts.policy)
    family = family_of(opened, history)
    personal = written_by(1, history)
    register = register_line(facts, case.category) if case.is_open else None
    holder = facts.directory.posts.get(case.holder)
    return CasePage(
        reference=opened.view.case_reference,
        seen_seq=case.seq,
        title=_title(personal, family),
        text=str(personal.get("text", "")) or _("(erased)"),
        facts=tuple(_facts(opened, personal, names)),
        contacts=contact_shown(opened, history),
        is_happening_now=case.happening_now,
        is_open=case.is_open,
        state=state_and_proposal(case.state, case.outcome),
        turn=word(TURNS, turn(case.state, case.outcome)),
        holder=names.post_with_unit(case.holder),
        phone=holder.phone if holder else "",
        held_since=moment(case.held_since, facts.now),
        routed=word(ROUTING, case.routed_by) if case.routed_by else "",
        register=register,
        is_held_elsewhere=bool(register and register.post not in ("", case.holder)),
        hand_overs=case.hand_overs,
        refusals=case.refusals,
        clocks=clock_lines(facts),
        requests=tuple(_requests(opened)),
        particulars=particulars(opened, history),
        waited_for=waited_for(opened, history),
        family=family,
        is_part=bool(case.parent and case.set_by),
        lines=lines_of(opened, history, family.cases),
        files=files_in(personal),
    )


def _title(personal: Mapping[str, object], family: Family) -> str:
    """Return the title; a case for one of several requesters goes by that of its parent."""
    title = str(personal.get("title", ""))
    if not title and family.parent:
        title = family.parent.title
    return title or _("(erased)")


def _facts(opened: OpenCase, personal: Mapping[str, object], names: Names) -> list[tuple[str, str]]:
    case = opened.view.state
    found = [
        (field("category"), names.category(case.category)),
        (_("Class"), names.case_class(case.case_class)),
        (field("area"), names.area(case.area)),
        (field("location"), str(personal.get("location", ""))),
        (field("kind"), word(KINDS, case.kind) if case.kind != "request" else ""),
        (field("channel"), "" if case.set_by else word(CHANNELS, case.channel)),
        (_("Sent"), moment(case.sent_at, opened.facts.now)),
    ]
    return [(label, value) for label, value in found if value]


def _requests(opened: OpenCase) -> list[RequestLine]:
    return [
        RequestLine(
            number=one.number,
            sent=moment(one.sent_at, opened.facts.now),
            verdict=_verdict(one, opened),
            answers=tuple(_answers(one, opened)),
            is_reachable=one.reachable,
            is_withdrawn=one.withdrawn,
            has_moved=one.moved,
        )
        for one in opened.view.state.requests
    ]


def _verdict(one: RequestState, opened: OpenCase) -> str:
    if not one.verdict or keeps_verdict(opened.facts, one):
        return ""
    return word(VERDICTS, one.verdict)


def _answers(one: RequestState, opened: OpenCase) -> Iterator[str]:
    """Yield what a requester said of the result, as far as it is shown to this officer yet."""
    facts = opened.facts
    verdict = _verdict(one, opened)
    if verdict and one.judged_at is not None:
        yield _("%(answer)s, %(when)s") % {
            "answer": verdict,
            "when": moment(one.judged_at, facts.now),
        }
    if one.stars is not None and not keeps_rating(facts, one):
        yield _("rated the service %(stars)s of 5") % {"stars": one.stars}
    if one.holds is not None:
        yield _("asked again: still solved") if one.holds else _("asked again: not solved any more")
