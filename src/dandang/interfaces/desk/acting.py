"""Doing a verb at the desk: its form, its preview, and the answer when it is refused or done."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from unicodedata import normalize

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dandang.interfaces.desk.access import Officer, for_officers, open_case
from dandang.interfaces.desk.kept_typing import keeps_typed
from dandang.interfaces.desk.preview import preview
from dandang.interfaces.desk.sheets import Sheet, sheet_for
from dandang.interfaces.desk.standard_texts import CHOSEN
from dandang.interfaces.desk.taking_in import receipt
from dandang.interfaces.shared.forms import InstantField
from dandang.interfaces.shared.words.cases import STATES, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.verbs import verb_name
from dandang.ledger import base64url
from dandang.ledger.queries import StoredEvent
from dandang.lifecycle.casework.queries import history
from dandang.lifecycle.perform import Performed, perform
from dandang.lifecycle.verbs import Field, Kind
from dandang.terms import Code, Refusal

_OF_A_PART = ("to_post",)
_NOT_COMPARED = frozenset({Kind.YES_NO, Kind.CASE})


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
@for_officers
def act(request: HttpRequest, officer: Officer, reference: str, verb: str) -> HttpResponse:
    """Show the form of a verb (with precedents), preview what the requester will see, or do it."""
    sheet = sheet_for(request, officer, reference, verb)
    if request.method == "POST" and not request.POST.keys() & {"similar", CHOSEN}:
        return _send(sheet)
    return sheet.opened_page()


def _send(sheet: Sheet) -> HttpResponse:
    if _is_repeated(sheet):
        messages.info(sheet.request, _("This was recorded already; it was not done twice."))
        return redirect("desk:case", reference=sheet.opened.view.case_reference)
    try:
        _check_seen(sheet)
        sheet.check()
        form = sheet.form()
        if not form.is_valid():
            return sheet.page(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        if "preview" in sheet.request.POST:
            shown = preview(sheet.opened, sheet.verb, form.values())
            if form.prepared:
                form.ask_again()
            return sheet.page(form, shown=shown)
        performed = perform(
            sheet.verb.name,
            sheet.opened.view.reference,
            form.values(),
            by=sheet.officer.actor,
            now=sheet.officer.now,
            seen_seq=sheet.seen,
            sending=form.sending(),
            files=form.prepared,
        )
    except Refusal as refused:
        return sheet.refuse(refused)
    return _done(sheet, performed)


def _check_seen(sheet: Sheet) -> None:
    """Refuse a form that was opened before the case moved, so that a preview says so, too.

    What was written about one case is never done to the one that it was joined with, unseen.
    """
    if sheet.is_of_another:
        raise Refusal(Code.CHANGED_MEANWHILE)
    if sheet.verb.guarded and sheet.seen < sheet.opened.view.state.state_seq:
        raise Refusal(Code.CHANGED_MEANWHILE)


def _done(sheet: Sheet, performed: Performed) -> HttpResponse:
    """Say what was done; show a receipt with its access code on this answer alone."""
    if performed.receipt is not None:
        replaces = sheet.verb.name == "replace-code"
        return receipt.page(sheet.request, sheet.officer, performed.receipt, replaces=replaces)
    names = Names(sheet.officer.directory, sheet.opened.facts.policy)
    words = {
        "verb": verb_name(sheet.verb.name),
        "state": word(STATES, performed.done.state),
        "holder": names.post_with_unit(performed.done.holder),
    }
    messages.success(sheet.request, _("Done: %(verb)s. Now: %(state)s · %(holder)s") % words)
    try:
        if sheet.request.GET.get("then") == "decisions":
            return redirect("supervision:decisions")
        after = open_case(sheet.officer, performed.done.reference)
    except Refusal:  # a case that was given away may be out of sight now
        return redirect("desk:worklist")
    return redirect("desk:case", reference=after.view.case_reference)


def _is_repeated(sheet: Sheet) -> bool:
    """Say whether this very form was sent before: a double click, or a page loaded again.

    A form with a token is known by it when it is done. A case that went on in another one since
    is looked at where the form was opened, too.
    """
    view = sheet.opened.view
    if sheet.request.POST.keys() & {"preview", "token"}:
        return False
    streams = [one.stream for one in view.earlier]
    if sheet.seen < view.state.seq and not sheet.is_of_another:
        streams.append(view.stream)
    return any(
        event.seq > sheet.seen
        and event.type in sheet.verb.events
        and event.actor == sheet.officer.actor
        and _says(sheet, {**event.fields, **personal, **_of_part(event)})
        for stream in streams
        for event, personal in history(stream)
    )


def _of_part(event: StoredEvent) -> dict[str, object]:
    """Return what was said of the part that a case was split into; it stands in its own stream."""
    children = event.fields.get("children") if event.type == "split" else None
    if not isinstance(children, list):
        return {}
    said: dict[str, object] = {}
    for first, personal in history(base64url.decode(children[0]))[:2]:
        said |= {name: first.fields.get(name) for name in _OF_A_PART} | personal
    return {name: said.get(name) for name in (*_OF_A_PART, "title", "text")}


def _says(sheet: Sheet, values: Mapping[str, object]) -> bool:
    """Say whether an event holds what was typed, as far as it holds the fields of the verb."""
    typed = sheet.request.POST
    return all(
        _same(one, typed.get(one.name, ""), values.get(one.name, ""))
        for one in sheet.verb.fields
        if one.kind not in _NOT_COMPARED
        and (one.name in values or one.name == "text")
        and (one.required or typed.get(one.name))
    )


def _same(one: Field, typed: str, held: object) -> bool:
    if one.kind is not Kind.INSTANT or not typed or not held:
        return _plain(typed) == _plain(held or "")
    try:
        return bool(InstantField().clean(typed) == datetime.fromisoformat(str(held)))
    except ValidationError:
        return False


def _plain(value: object) -> str:
    return " ".join(normalize("NFC", str(value)).split())
