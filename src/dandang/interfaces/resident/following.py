"""Following: look-up by reference and access code, the page of one request, the acts on it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dandang.interfaces.resident import access, sending
from dandang.interfaces.resident.forms import ACTS, SAID_FIRST, ActForm, LookUpForm
from dandang.interfaces.resident.offers import offered
from dandang.interfaces.resident.pages import FollowPage
from dandang.interfaces.resident.presenting import follow_page
from dandang.interfaces.resident.twice import note_leaving
from dandang.interfaces.resident.uploading import refused_uploads
from dandang.interfaces.resident.words import ACT_WORDS
from dandang.interfaces.shared import clock
from dandang.interfaces.shared.files import FilesForm, file_answer
from dandang.interfaces.shared.refused import status_of
from dandang.interfaces.shared.words.refusals import refusal
from dandang.lifecycle.casework.files.queries import content_of
from dandang.lifecycle.casework.queries import CaseView, facts_for, find, history
from dandang.lifecycle.intake.queries import opened_by
from dandang.lifecycle.perform import perform
from dandang.lifecycle.states import Verdict
from dandang.notifications.queries import wants_none
from dandang.terms import Actor, Refusal, normalise_reference

_UNFIT = 422
_TOO_MANY = 429


@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """Ask for reference and access code. Which of the two was wrong is not said."""
    form = LookUpForm(request.POST or None, initial={"reference": request.GET.get("reference", "")})
    status = 200
    if request.method == "POST":
        status = _UNFIT
        if access.WRONG_CODES.holds(request):
            form.add_error(None, _("Too many wrong codes. Please wait a minute."))
            status = _TOO_MANY
        elif form.is_valid():
            reference = opened_by(**form.cleaned_data)
            if reference is not None:
                access.grant(request, reference)
                return redirect("follow", reference=reference)
            access.WRONG_CODES.count(request)
            form.add_error(None, _("Reference and access code do not belong together."))
    return _look_up_page(request, form, status)


def _look_up_page(request: HttpRequest, form: LookUpForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "here": "follow"}
    return render(request, "resident/look_up.html", context, status=status)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close the requests this browser has opened."""
    access.leave(request)
    note_leaving(request)
    response = redirect("home")
    sending.take_back(response)
    return response


@require_safe
def follow(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a request to its sender; without a grant nothing is said, not even whether it exists."""
    reference = normalise_reference(reference)
    if not access.granted(request, reference):
        return _look_up_page(request, LookUpForm(initial={"reference": reference}))
    page = page_of(find(reference))
    context = {
        "page": page,
        "receipt": sending.handed_out(request, reference),
        "note": ACTS["note"](initial={"seen_seq": page.seen_seq}, auto_id="note_%s"),
        "answer": ACTS["answer"](initial={"seen_seq": page.seen_seq}, auto_id="answer_%s"),
        "rate": ACTS["rate"](initial={"seen_seq": page.seen_seq}, auto_id="rate_%s"),
        "verdicts": tuple(Verdict),
        "no_messages": wants_none(reference),
        "here": "follow",
    }
    return render(request, "resident/follow.html", context)


@require_safe
def send_file(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Send a file that stands on the page of this request; of others not even that they exist."""
    reference = normalise_reference(reference)
    if not access.granted(request, reference):
        return redirect("look-up")
    file = content_of(key) if key in page_of(find(reference)).files else None
    if file is None:
        raise Http404
    return file_answer(file)


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """Ask for what a verb needs, and do it."""
    reference = normalise_reference(reference)
    if verb not in ACTS:
        raise Http404
    if not access.granted(request, reference):
        return redirect("look-up")
    view = find(reference)
    if request.method == "POST":
        return _do(request, view, verb)
    page = page_of(view)
    form = ACTS[verb](initial={**_said(request, verb), "seen_seq": page.seen_seq})
    if not page.offers[verb] or not _says_what(form, verb):
        return redirect("follow", reference=reference)
    return _act_page(request, page, verb, form)


def _said(request: HttpRequest, verb: str) -> dict[str, str | None]:
    """Return the answer that the button said with which somebody came to this page."""
    field, _answers = SAID_FIRST.get(verb, ("", ()))
    return {field: request.GET.get(field)} if field else {}


def _says_what(form: ActForm, verb: str) -> bool:
    if verb not in SAID_FIRST:
        return True
    field, answers = SAID_FIRST[verb]
    return form[field].value() in answers


def _do(request: HttpRequest, view: CaseView, verb: str) -> HttpResponse:
    form = ACTS[verb](request.POST, request.FILES)
    if not _says_what(form, verb):
        return redirect("follow", reference=view.reference)
    if why := _refused_uploads(request, form):
        form = ACTS[verb](request.POST)
        form.add_error("files", why)
        return _act_page(request, page_of(view), verb, form, status=_TOO_MANY)
    if not form.is_valid():
        return _act_page(request, page_of(view), verb, form, status=_UNFIT)
    try:
        perform(
            verb,
            view.reference,
            form.values(),
            by=Actor.requester(view.request_number),
            now=clock.now(),
            seen_seq=form.cleaned_data["seen_seq"],
            files=form.prepared,
        )
    except Refusal as refused:
        page = page_of(find(view.reference))
        fresh = request.POST.copy()
        fresh["seen_seq"] = str(page.seen_seq)
        form = ACTS[verb](fresh)
        form.add_error(None, refusal(refused))
        if isinstance(form, FilesForm) and request.FILES:
            form.ask_again()
        return _act_page(request, page, verb, form, status=status_of(refused.code).value)
    messages.success(request, str(ACT_WORDS[verb].done))
    return redirect("follow", reference=view.reference)


def _refused_uploads(request: HttpRequest, form: ActForm) -> str:
    uploads = request.FILES.getlist("files") if isinstance(form, FilesForm) else ()
    return refused_uploads(request, uploads)


def page_of(view: CaseView) -> FollowPage:
    """Return the page of a request as its sender sees it now."""
    facts = facts_for(view.state, by=Actor.requester(view.request_number), now=clock.now())
    earlier = [history(one.stream) for one in view.earlier]
    return follow_page(view, history(view.stream), facts, offered(facts), earlier)


def _act_page(
    request: HttpRequest, page: FollowPage, verb: str, form: ActForm, *, status: int = 200
) -> HttpResponse:
    context = {"page": page, "verb": verb, "words": ACT_WORDS[verb], "form": form, "here": "follow"}
    return render(request, "resident/act.html", context, status=status)
