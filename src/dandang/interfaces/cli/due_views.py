"""Running clocks as the command line shows them: as JSON with stable keys, and in words."""

from collections.abc import Iterable
from datetime import datetime

from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Output
from dandang.interfaces.cli.views import body_time, names
from dandang.interfaces.shared.clocks import (
    counts_elapsed,
    keeper,
    keeper_post,
    left_on,
    minutes_left,
)
from dandang.interfaces.shared.words.cases import CLOCKS, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import stamp
from dandang.lifecycle.casework.due_queries import DueClock
from dandang.lifecycle.states import turn
from dandang.organization.queries import policy_by_hash, work_calendar
from dandang.workdays import WorkCalendar


def give(out: Output, found: Iterable[DueClock], now: datetime) -> None:
    """Write running clocks, as JSON or as a table for people."""
    calendar = work_calendar()
    if out.as_json:
        out.table((_record(one, calendar, now) for one in found), (), ())
        return
    with body_time():
        known = names()
        rows = [_row(one, known, calendar, now) for one in found]
    heads = [_("Reference"), _("For what"), _("Turn"), _("Due"), _("Time left")]
    out.table((), heads, rows)
    if not rows:
        out.note(_("No clock was found."))


def _record(one: DueClock, calendar: WorkCalendar, now: datetime) -> dict[str, object]:
    case, due, policy = one.case, one.due, policy_by_hash(one.case.policy)
    assert due.at is not None
    is_elapsed = counts_elapsed(due.clock, case.case_class, policy)
    return {
        "reference": one.reference,
        "clock": due.clock,
        "state": case.state.value,
        "turn": turn(case.state, case.outcome).value,
        "post": keeper_post(due.clock, case) or None,
        "holder_unit": case.holder_unit,
        "holder_post": case.holder,
        "due_at": due.at,
        "overdue": due.at < now,
        "provisional": due.provisional,
        "counts": "elapsed" if is_elapsed else "working",
        "minutes_left": minutes_left(due, case.case_class, policy, calendar, now),
    }


def _row(one: DueClock, known: Names, calendar: WorkCalendar, now: datetime) -> list[str]:
    case, due, policy = one.case, one.due, policy_by_hash(one.case.policy)
    assert due.at is not None
    at = stamp(due.at)
    return [
        one.reference,
        word(CLOCKS, due.clock),
        keeper(due.clock, case, known),
        _("{time} (provisional)").format(time=at) if due.provisional else at,
        left_on(due, case, policy, calendar, now),
    ]
