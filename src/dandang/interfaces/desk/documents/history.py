"""The history of a case: everything in order, as far as its reader may see it."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from dandang.interfaces.desk.access import OpenCase
from dandang.interfaces.desk.case import CasePage, RequestLine, case_page
from dandang.interfaces.desk.clocks import ClockLine
from dandang.interfaces.desk.documents.model import (
    Block,
    Column,
    Facts,
    Heading,
    Paragraph,
    Style,
    Table,
)
from dandang.interfaces.desk.timeline import History, Line
from dandang.interfaces.shared.words.fields import field
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import stamp
from dandang.ledger.queries import StoredEvent
from dandang.lifecycle.casework.files.queries import ListedFile

HASH_LENGTH = 12


def case_history(opened: OpenCase, history: History) -> tuple[Block, ...]:
    """Return the history of a case for this officer, oldest first."""
    page = case_page(opened, history)
    return (
        Paragraph(_("No. %(number)s") % {"number": page.reference}, Style.NUMBER),
        Paragraph(_made_for(opened), Style.NOTE),
        Heading(_("Where it stands")),
        Facts(_("Where it stands"), tuple(_standing(opened, page))),
        *_requests(page.requests),
        Heading(_("What happened")),
        _course(page, history),
        Paragraph(
            _(
                "The last column is the beginning of the entry's hash in the ledger (SHA-256, the "
                "first %(length)s hexadecimal digits)."
            )
            % {"length": HASH_LENGTH},
            Style.NOTE,
        ),
    )


def _made_for(opened: OpenCase) -> str:
    facts = opened.facts
    names = Names(facts.directory, facts.policy, facts.case.case_class)
    posts = "; ".join(names.post_with_unit(post.code) for post in facts.posts)
    return _("Made on %(time)s for %(posts)s: it shows what this office may see.") % {
        "time": stamp(facts.now),
        "posts": posts,
    }


def _standing(opened: OpenCase, page: CasePage) -> Iterator[tuple[str, str]]:
    yield field("title"), page.title
    yield _("In the requester's words"), page.text
    yield _("State"), page.state
    yield _("Whose turn"), page.turn
    yield _("Holder"), page.holder
    yield _("Held since"), stamp(opened.view.state.held_since)
    yield from page.facts
    yield from ((field("files"), file.name) for file in page.files)
    for contact in page.contacts.contacts:
        yield from contact.values
    if page.contacts.is_hidden:
        yield pgettext("of a person", "Contact"), _("hidden")
    yield _("Handed over"), _times(page.hand_overs)
    if page.refusals:
        yield _("“Not solved”"), _times(page.refusals)
    if page.clocks:
        yield _("Clocks"), "\n".join(map(_clock, page.clocks))


def _files(files: Sequence[ListedFile]) -> Iterator[str]:
    for file in files:
        yield _("%(label)s: %(text)s") % {"label": field("files"), "text": file.name}


def _times(number: int) -> str:
    return ngettext("%(times)s time", "%(times)s times", number) % {"times": number}


def _clock(clock: ClockLine) -> str:
    marks = [_("paused")] if clock.is_paused else []
    marks += [_("provisional")] if clock.is_provisional else []
    marks += [_("overdue")] if clock.urgency == "late" else []
    due = " · ".join([stamp(clock.at), *marks])
    return _("%(label)s: %(text)s") % {"label": clock.purpose, "text": due}


def _requests(requests: tuple[RequestLine, ...]) -> Iterator[Block]:
    if len(requests) > 1:
        yield Heading(_("Requests in this case"))
        yield Table(
            _("Requests in this case"),
            (
                Column(_("No."), 10, is_head=True),
                Column(_("Sent"), 45),
                Column(_("Is it solved?"), 45),
            ),
            tuple((str(one.number), one.sent, _verdict(one)) for one in requests),
            "",
        )


def _verdict(request: RequestLine) -> str:
    withdrawn = _("withdrawn") if request.is_withdrawn else ""
    unreachable = "" if request.is_reachable else _("no contact left")
    return " · ".join(one for one in (request.verdict, withdrawn, unreachable) if one)


def _course(page: CasePage, history: History) -> Table:
    pairs = zip(reversed(page.lines), history, strict=True)
    return Table(
        _("What happened"),
        (
            Column(_("No."), 6, is_head=True),
            Column(_("When"), 15),
            Column(_("Who acted"), 21),
            Column(_("What"), 43),
            Column(_("Ledger entry"), 15),
        ),
        tuple(_row(line, event) for line, (event, _personal) in pairs),
        "",
    )


def _row(line: Line, event: StoredEvent) -> tuple[str, ...]:
    digest = event.leaf_hash.hex()[:HASH_LENGTH]
    return (str(line.number), stamp(line.at), line.who, "\n".join(_what(line)), digest)


def _what(line: Line) -> Iterator[str]:
    yield _("%(what)s (internal)") % {"what": line.what} if line.is_internal else line.what
    if line.reason:
        yield _("Reason: %(reason)s") % {"reason": line.reason}
    for label, text in line.texts:
        yield _("%(label)s: %(text)s") % {"label": label, "text": text} if label else text
    yield from _files(line.files)
