"""Makes the documents of the desk: from an officer and what they ask for to a document."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dandang.interfaces.desk.access import Officer, OpenCase, open_case
from dandang.interfaces.desk.documents.handover import handover
from dandang.interfaces.desk.documents.history import case_history
from dandang.interfaces.desk.documents.model import Block, Document, Layout
from dandang.interfaces.desk.documents.notice import notice
from dandang.interfaces.desk.documents.permission import check_follow_up, may_have_sheet
from dandang.interfaces.desk.timeline import History
from dandang.interfaces.shared.tags import html_lang
from dandang.interfaces.shared.words.names import name
from dandang.lifecycle.casework.queries import history
from dandang.terms import Code, Refusal

TITLES: Mapping[str, str | Promise] = {
    "notice": _("Notice of follow-up"),
    "history": _("Case history"),
}
"""The kinds of document that a case has, with their titles."""

_SHEET = _("Handover sheet")
_LAYOUTS = {"notice": Layout.LETTER, "history": Layout.RECORD}


def case_document(officer: Officer, reference: str, kind: str) -> Document:
    """Return a document on one case. The kinds are those of `TITLES`.

    Refuses `not_found` for a case the officer may not read and for an unknown kind; a notice also
    `not_permitted` and `case_ended`.
    """
    if kind not in TITLES:
        raise Refusal(Code.NOT_FOUND)
    opened = open_case(officer, reference)
    events = history(opened.view.stream)
    number = opened.view.case_reference
    blocks = _case_blocks(kind, opened, events)
    return _document(officer, str(TITLES[kind]), number, _LAYOUTS[kind], blocks)


def handover_sheet(officer: Officer, post: str) -> Document:
    """Return the handover sheet of a post. Refuses `not_found` to whoever it does not concern."""
    if not may_have_sheet(officer, post):
        raise Refusal(Code.NOT_FOUND)
    return _document(officer, str(_SHEET), post, Layout.WIDE, handover(officer, post))


def _case_blocks(kind: str, opened: OpenCase, events: History) -> tuple[Block, ...]:
    if kind == "notice":
        return notice(opened, events, check_follow_up(opened.facts))
    return case_history(opened, events)


def _document(
    officer: Officer, title: str, number: str, layout: Layout, blocks: tuple[Block, ...]
) -> Document:
    return Document(
        title=title,
        number=number,
        body=name(officer.directory.body),
        language=html_lang(),
        layout=layout,
        made_at=officer.now,
        blocks=blocks,
    )
