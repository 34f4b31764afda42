"""The worklist: which queues an officer has, and one page of one of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.overviews.reach import OVERSEEING, own_units
from dandang.interfaces.desk.urgency import soon_until, urgency
from dandang.interfaces.shared.words.cases import CLOCKS, TURNS, state_and_proposal, word
from dandang.interfaces.shared.words.names import Names
from dandang.lifecycle.casework.queries import PAGE, ListedCase, counts, listed
from dandang.lifecycle.casework.wanted import Wanted
from dandang.lifecycle.states import Outcome, State, turn
from dandang.organization.directory import PostKind

QUEUES: Mapping[str, str | Promise] = MappingProxyType(
    {
        "mine": _("Held by me"),
        "accept": _("To accept"),
        "waiting": _("Waiting for others"),
        "asked": _("Asked of me"),
        "unit": _("My units"),
        "dispatch": _("To dispatch"),
        "decide": _("To decide"),
        "appeals": _("Appeals"),
        "call-back": _("To call back"),
        "overdue": _("Overdue everywhere"),
    }
)
_WAITING = (State.WAITING_REQUESTER, State.WAITING_OTHER, State.PROPOSED)


@dataclass(frozen=True, slots=True)
class Queue:
    """One tab: its address, its words, how many cases wait in it."""

    code: str
    words: str
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One case of the worklist in words. `urgency` is late, soon or "" (the style of its tag)."""

    reference: str
    title: str
    where: str
    state: str
    turn: str
    holder: str
    due_at: datetime | None
    due_for: str
    urgency: str
    hand_overs: int


@dataclass(frozen=True, slots=True)
class Worklist:
    """One page of a queue. `pages` counts from 1. An officer without a post has no queues."""

    queues: tuple[Queue, ...]
    current: Queue | None
    rows: tuple[Row, ...]
    page: int
    pages: int


def worklist(officer: Officer, queue: str, page: int, names: Names) -> Worklist:
    """Return a page of a queue, by due time. Unknown queues and pages give the nearest there is."""
    wanted = queues_of(officer)
    if not wanted:
        return Worklist((), None, (), 1, 1)
    chosen = queue if queue in wanted else next(iter(wanted))
    found = counts(wanted)
    queues = {code: Queue(code, str(QUEUES[code]), found[code], code == chosen) for code in wanted}
    pages = max(1, -(-found[chosen] // PAGE))
    page = min(max(page, 1), pages)
    cases = listed(wanted[chosen], limit=PAGE, offset=(page - 1) * PAGE)
    soon = soon_until(officer.now, officer.calendar)
    return Worklist(
        queues=tuple(queues.values()),
        current=queues[chosen],
        rows=tuple(_row(case, names, officer.now, soon) for case in cases),
        page=page,
        pages=pages,
    )


def queues_of(officer: Officer) -> dict[str, Wanted]:
    """Return the queues this officer has, by the kinds of the posts held now; none without one."""
    if not officer.posts:
        return {}
    kinds = {kind for post in officer.posts for kind in post.kinds}
    hidden = officer.kept_out
    posts = tuple(post.code for post in officer.posts)
    mine = Wanted(posts=posts, open_only=True, hidden_from=hidden)
    queues = {
        "mine": mine,
        "accept": replace(mine, states=(State.ASSIGNED,)),
        "waiting": replace(mine, states=_WAITING),
        "asked": Wanted(asked_of=posts, hidden_from=hidden),
        "unit": Wanted(units=own_units(officer), open_only=True, hidden_from=hidden),
    }
    if kinds & {PostKind.INTAKE, PostKind.DISPATCH}:
        queues["dispatch"] = Wanted(states=(State.RECEIVED,), hidden_from=hidden)
    if kinds & OVERSEEING:
        queues["decide"] = Wanted(undecided=True, hidden_from=hidden)
        queues["appeals"] = Wanted(appealed=True, hidden_from=hidden)
    if PostKind.CALL_BACK in kinds:
        queues["call-back"] = Wanted(unjudged=True, hidden_from=hidden)
    if kinds & OVERSEEING:
        queues["overdue"] = Wanted(overdue_at=officer.now, hidden_from=hidden)
    return queues


def _row(case: ListedCase, names: Names, now: datetime, soon: datetime) -> Row:
    where = [names.category(case.category), names.area(case.area)]
    outcome = Outcome(case.outcome) if case.outcome else None
    return Row(
        reference=case.reference,
        title=case.title,
        where=" · ".join(part for part in where if part),
        state=state_and_proposal(case.state, outcome),
        turn=word(TURNS, turn(case.state, outcome)),
        holder=names.post_with_unit(case.holder),
        due_at=case.due_at,
        due_for=word(CLOCKS, case.due_clock) if case.due_clock else "",
        urgency=urgency(case.due_at, now, soon),
        hand_overs=case.hand_overs,
    )
