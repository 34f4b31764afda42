"""The notice of follow-up (督办通知单): what an office asks of the holder of a case, by when."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dandang.interfaces.desk.access import OpenCase
from dandang.interfaces.desk.documents.model import (
    Block,
    Column,
    Facts,
    Heading,
    Lines,
    Paragraph,
    SignOff,
    Style,
    Table,
)
from dandang.interfaces.desk.timeline import History, Line, lines_of
from dandang.interfaces.desk.urgency import lateness
from dandang.interfaces.shared.clocks import keeper
from dandang.interfaces.shared.words.cases import CLOCKS, word
from dandang.interfaces.shared.words.fields import field
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import day, moment, stamp
from dandang.lifecycle.event_types import CUSTODY_EVENTS
from dandang.terms import Due

MOST_LINES = 20
"""A notice tells the course of a case in brief: its last events of some weight, so many at most."""

_WEIGHTY = CUSTODY_EVENTS | {
    *("dispute_raised", "category_changed", "split", "total_moved"),
    *("requester_contacted", "question_asked", "question_answered", "reply_sent"),
    *("assist_requested", "assist_given", "other_body_asked", "legal_route_entered"),
    *("promise_made", "promise_kept", "promise_broken", "extension_decided"),
    *("paused", "resumed", "condition_checked"),
    *("deadline_missed", "reminded", "called_upon", "acted_on_call"),
    *("resolution_proposed", "proposal_rejected", "judged", "premature_close"),
}
_REPLY_LINES = 6


def notice(opened: OpenCase, history: History, issuer: str) -> tuple[Block, ...]:
    """Return the notice that the post `issuer` sends to the holder.

    It holds nothing that the holder does not see anyway: no texts of events, no private answers.
    """
    facts = opened.facts
    names = Names(facts.directory, facts.policy, facts.case.case_class)
    holder = names.post_with_unit(facts.case.holder)
    return (
        Paragraph(_("No. %(number)s") % {"number": opened.view.case_reference}, Style.NUMBER),
        Paragraph(_("To %(post)s:") % {"post": holder}, Style.ADDRESS),
        Paragraph(
            _(
                "The matter below is being followed up. Please act on it as asked in part 3, and "
                "reply in writing on the form at the end."
            )
        ),
        Heading(_("1. The matter")),
        _matter(opened, history, names),
        Heading(_("2. What has happened so far")),
        _course(opened, history),
        Heading(_("3. What is asked")),
        *(Paragraph(text) for text in _asked(opened, names)),
        Paragraph(f"{names.post_with_unit(issuer)}\n{day(facts.now)}", Style.CLOSING),
        Heading(_("Reply of the holder")),
        Lines(_REPLY_LINES),
        SignOff(
            _("Signatures"),
            (pgettext("person", "Name"), _("Signature"), _("Date")),
            (_("Officer who handled it"), _("Head of the unit")),
        ),
    )


def _matter(opened: OpenCase, history: History, names: Names) -> Facts:
    case, now = opened.view.state, opened.facts.now
    personal = history[0][1]
    rows = [
        (field("title"), str(personal.get("title", "")) or _("(erased)")),
        (_("What was asked"), str(personal.get("text", "")) or _("(erased)")),
        (field("category"), names.category(case.category)),
        (field("area"), names.area(case.area)),
        (_("Class"), names.case_class(case.case_class)),
        (_("Received"), stamp(case.sent_at)),
        (_("Total deadline"), _due(case.total, opened)),
        (
            _("Holder now"),
            _("%(post)s, since %(time)s")
            % {"post": names.post_with_unit(case.holder), "time": moment(case.held_since, now)},
        ),
    ]
    return Facts(_("The matter"), tuple((label, value) for label, value in rows if value))


def _due(due: Due | None, opened: OpenCase) -> str:
    if due is None or due.at is None:
        return "--"
    return _("%(time)s (%(late)s)") % {"time": stamp(due.at), "late": _late(due.at, opened)}


def _late(at: datetime, opened: OpenCase) -> str:
    return lateness(at, opened.facts.now, opened.facts.calendar)


def _course(opened: OpenCase, history: History) -> Table:
    told = lines_of(opened, history, to_holder=True)
    lines = [line for line in reversed(told) if line.type in _WEIGHTY]
    return Table(
        _("What has happened so far"),
        (Column(_("When"), 22), Column(_("Who acted"), 30), Column(_("What"), 48)),
        tuple((stamp(line.at), line.who, _what(line)) for line in lines[-MOST_LINES:]),
        _("Nothing yet."),
    )


def _what(line: Line) -> str:
    reason = _("Reason: %(reason)s") % {"reason": line.reason} if line.reason else ""
    return "\n".join(part for part in (line.what, reason) if part)


def _asked(opened: OpenCase, names: Names) -> list[str]:
    case, now = opened.view.state, opened.facts.now
    due = case.next_due
    if due is None or due.at is None:
        return [_("No clock runs now. Please say in writing what will be done, and by when.")]
    values = {
        "clock": word(CLOCKS, due.clock),
        "when": moment(due.at, now),
        "late": _late(due.at, opened),
        "who": keeper(due.clock, case, names),
    }
    first = _("Due first: %(clock)s, by %(when)s (%(late)s). To act: %(who)s.") % values
    if due.at < now:
        return [
            first,
            _(
                "Please act at once. Say in writing what has been done, what is still open, why "
                "it is late, and by when the matter will be finished."
            ),
        ]
    return [
        first,
        _(
            "Please act in time. Say in writing what has been done, what is still open, and by "
            "when the matter will be finished."
        ),
    ]
