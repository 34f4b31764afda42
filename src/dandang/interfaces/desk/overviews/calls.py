"""The inbox of calls: what an officer is called to act on, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dandang.interfaces.desk.access import Officer, for_officers
from dandang.interfaces.desk.overviews.earlier import earlier_calls
from dandang.interfaces.desk.overviews.paging import paging
from dandang.interfaces.desk.overviews.rows import CallLine, CaseLine, Reader
from dandang.interfaces.desk.supervision.access import tabs
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.casework.queries import HeldCase, counted, facts_for_all, whole
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.particulars import Call
from dandang.lifecycle.casework.rules.permit import acting_post
from dandang.lifecycle.casework.wanted import Wanted
from dandang.lifecycle.verbs import VERBS
from dandang.organization.queries import current_policy
from dandang.policy import CallAnswer


@dataclass(frozen=True, slots=True)
class Row:
    """A case with the calls upon the officer's posts, and the others that are open.

    `verb` is what answers them: naming a sponsor where nothing else is asked for.
    """

    case: CaseLine
    mine: tuple[CallLine, ...]
    others: tuple[CallLine, ...]
    verb: str


@require_safe
@for_officers
def show_calls(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the calls that wait for the officer. Opening the page, or a case, closes none."""
    names = Names(officer.directory, current_policy())
    posts = tuple(post.code for post in officer.posts)
    wanted = Wanted(called=posts, hidden_from=officer.kept_out)
    pages = paging(counted(wanted) if posts else 0, request.GET.get("page", ""), {})
    cases = whole(wanted, offset=pages.offset) if pages.count else []
    context = {
        "here": "calls",
        "tabs": tabs(officer, "desk:calls"),
        "rows": _rows(cases, officer, names),
        "paging": pages,
        "earlier": earlier_calls(officer, wanted, names) if posts else (),
        "as_of": moment(officer.now, officer.now),
    }
    return render(request, "desk/overviews/calls.html", context)


def _rows(cases: list[HeldCase], officer: Officer, names: Names) -> list[Row]:
    """Return the cases by the time until which the officer has to act."""
    reader = Reader(officer, names)
    known = facts_for_all([one.state for one in cases], by=officer.actor, now=officer.now)
    rows = [_row(one, facts, reader) for one, facts in zip(cases, known, strict=True)]
    return sorted(rows, key=lambda row: min(call.at for call in row.mine))


def _verb(mine: Sequence[Call], facts: Facts) -> str:
    wants_sponsor = all(call.kind and call.answered_by(CallAnswer.NAMED_SPONSOR) for call in mine)
    can_name = acting_post(facts, VERBS["name-sponsor"]) is not None
    return "name-sponsor" if wants_sponsor and can_name else "act-on-call"


def _row(one: HeldCase, facts: Facts, reader: Reader) -> Row:
    own = {post.code for post in reader.officer.posts}
    calls = sorted(one.state.calls, key=lambda call: call.due_at)
    return Row(
        case=reader.case(one),
        mine=tuple(reader.call(call, one.state) for call in calls if call.post in own),
        others=tuple(reader.call(call, one.state) for call in calls if call.post not in own),
        verb=_verb([call for call in calls if call.post in own], facts),
    )
