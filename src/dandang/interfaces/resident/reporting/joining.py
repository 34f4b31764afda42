"""“I have this, too”: joining the public matter of others with a request of one's own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dandang.interfaces.resident.reporting.begun import Begun, begun
from dandang.interfaces.resident.reporting.checking import receipt_of
from dandang.interfaces.resident.reporting.forms import JoinForm
from dandang.interfaces.resident.reporting.nearby import card
from dandang.interfaces.resident.reporting.steps import UNFIT
from dandang.interfaces.shared import clock, tokens
from dandang.lifecycle.intake.actions import Receipt, Sending
from dandang.lifecycle.intake.queries import opened_by, sent_as
from dandang.lifecycle.intake.rules import Attach
from dandang.lifecycle.intake.sending import join_case
from dandang.organization.queries import current_policy, directory
from dandang.publication.cases.numbers import normal_number
from dandang.publication.cases.queries import Shown, shown
from dandang.terms import Code, Refusal

_NOT_PUBLIC, _ENDED = 404, 409
_TOO_LATE = frozenset(
    {Code.CASE_ENDED, Code.WRONG_STATE, Code.NOT_FOUND, Code.CHANGED_MEANWHILE, Code.NOT_PERMITTED}
)


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the matter and ask what it is like for the reader, or join it. Once for each form."""
    it = begun(request)
    reference = normal_number(reference)  # however it is spelled: one form, one request
    token = request.POST.get("token", "")
    if not tokens.is_token(token):
        token = tokens.derived(it.token, reference) if it.draft else tokens.new_token()
    sent = sent_as(tokens.submission_of(token)) if request.method == "POST" else None
    if sent:
        return _again(request, sent, token)
    case = shown(reference)
    if case is None or not case.can_join:
        return _refused(request, case)
    instead = request.GET.get("instead") or request.POST.get("instead")
    it = it if instead else Begun(it.token)
    if request.method == "POST":
        return _join(request, case, it, token)
    form = _form(None, initial={**it.typed("contact"), "text": it.typed("what").get("text", "")})
    return _page(request, case, it, form, token)


def _join(request: HttpRequest, case: Shown, it: Begun, token: str) -> HttpResponse:
    form = _form(request.POST.dict())
    if not form.is_valid():
        return _page(request, case, it, form, token, status=UNFIT)
    given = form.cleaned_data
    try:
        receipt = join_case(
            case.case_reference,
            Attach(given["text"], given["name"], given["phone"], given["email"]),
            now=clock.now(),
            sending=Sending(tokens.submission_of(token), tokens.code_of(token)),
            draft=it.key if it.draft else "",
        )
    except Refusal as refused:
        if refused.code not in _TOO_LATE:
            raise
        return _refused(request, case)
    return receipt_of(request, receipt, of=it.token if it.draft else "")


def _again(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    code = tokens.code_of(token)
    if opened_by(reference, code):
        return receipt_of(request, Receipt(reference, code, existing=True))
    return redirect("look-up")


def _form(typed: dict[str, str] | None, **more: object) -> JoinForm:
    return JoinForm(typed, directory=directory(), policy=current_policy(), **more)


def _page(
    request: HttpRequest,
    case: Shown,
    it: Begun,
    form: JoinForm,
    token: str,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "here": "new",
        "form": form,
        "card": card(case),
        "token": token,
        "instead": it.draft is not None,
    }
    return render(request, "resident/report/join.html", context, status=status)


def _refused(request: HttpRequest, case: Shown | None) -> HttpResponse:
    """Say why it cannot be joined: it has ended, or is about an office, or nothing is public."""
    status = _ENDED if case else _NOT_PUBLIC
    is_complaint = case is not None and case.is_open and not case.can_join
    context = {"here": "new", "card": card(case) if case else None, "is_complaint": is_complaint}
    return render(request, "resident/report/not_joined.html", context, status=status)
