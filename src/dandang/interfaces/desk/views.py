"""The pages of the desk."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dandang.interfaces.desk.access import Officer, OpenCase, for_officers, open_case
from dandang.interfaces.desk.case import case_page
from dandang.interfaces.desk.forms import VerbForm
from dandang.interfaces.desk.preview import preview
from dandang.interfaces.desk.worklist import worklist
from dandang.interfaces.shared import clock
from dandang.interfaces.shared.refused import status_of
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.verbs import VERB_WORDS, verb_name
from dandang.lifecycle.casework.queries import history
from dandang.lifecycle.casework.rules.permit import permit
from dandang.lifecycle.perform import Performed, perform
from dandang.lifecycle.verbs import READY, Verb
from dandang.organization.queries import current_policy
from dandang.terms import Code, Refusal, check_reference


@require_GET
@for_officers
def show_worklist(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show a queue of the officer, or lead to the case whose reference was typed."""
    typed = request.GET.get("reference", "").strip()
    if typed and check_reference(typed):
        return redirect("desk:case", reference=typed)
    names = Names(officer.directory, current_policy())
    number = request.GET.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1  # noqa: PLR2004 digits
    queue = request.GET.get("queue", "")
    context = {
        "here": "worklist",
        "list": worklist(officer, queue, page, names, clock.now()),
        "queue": queue,
        "typed": typed,
        "posts": [names.post_with_unit(post.code) for post in officer.posts],
    }
    return render(request, "desk/worklist.html", context)


@require_GET
@for_officers
def show_case(request: HttpRequest, officer: Officer, reference: str) -> HttpResponse:
    """Show a case with everything the officer may do to it now."""
    opened = open_case(officer, reference)
    page = case_page(opened, history(opened.view.stream))
    return render(request, "desk/case.html", {"case": page, "here": "case"})


@require_http_methods(["GET", "POST"])
@for_officers
def act(request: HttpRequest, officer: Officer, reference: str, verb: str) -> HttpResponse:
    """Show the form of a verb, preview what the requester will see, or do it."""
    opened = open_case(officer, reference)
    if verb not in READY:
        raise Refusal(Code.UNKNOWN_VERB, verb=verb)
    permit(opened.facts, READY[verb])
    if request.method == "GET":
        form = VerbForm(READY[verb], opened.facts, initial={"seen_seq": opened.view.state.seq})
        return _form_page(request, opened, READY[verb], form)
    form = VerbForm(READY[verb], opened.facts, request.POST)
    if not form.is_valid():
        return _form_page(request, opened, READY[verb], form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        if "preview" in request.POST:
            return _form_page(request, opened, READY[verb], form, values=form.values())
        performed = perform(
            verb,
            opened.view.reference,
            form.values(),
            by=officer.actor,
            now=opened.facts.now,
            seen_seq=form.cleaned_data["seen_seq"],
        )
    except Refusal as refused:
        form.show(refused)
        return _form_page(request, opened, READY[verb], form, status_of(refused.code))
    return _done(request, opened, READY[verb], performed)


def _form_page(
    request: HttpRequest,
    opened: OpenCase,
    verb: Verb,
    form: VerbForm,
    status: HTTPStatus = HTTPStatus.OK,
    *,
    values: dict[str, object] | None = None,
) -> HttpResponse:
    context = {
        "here": "case",
        "case": case_page(opened, history(opened.view.stream)),
        "verb": verb.name,
        "words": VERB_WORDS[verb.name],
        "form": form,
        "preview": None if values is None else preview(opened, verb, values),
    }
    return render(request, "desk/act.html", context, status=status)


def _done(request: HttpRequest, opened: OpenCase, verb: Verb, performed: Performed) -> HttpResponse:
    """Say what was done; show the receipt of an attached request once, on this answer alone."""
    if performed.receipt is not None:
        context = {
            "here": "case",
            "receipt": performed.receipt,
            "reference": opened.view.case_reference,
        }
        return render(request, "desk/receipt.html", context)
    messages.success(request, _("Done: %(verb)s") % {"verb": verb_name(verb.name)})
    return redirect("desk:case", reference=opened.view.reference)
