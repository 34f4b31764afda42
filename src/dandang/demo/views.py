"""Changing roles and going to the next day with one click, in a demonstration alone."""

from datetime import datetime

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dandang.demo.advancing import NoCity, advance
from dandang.demo.roles import ROLES
from dandang.interfaces.shared import second_factor
from dandang.interfaces.shared.signing_in import circumstances
from dandang.organization.access.kinds import Happened
from dandang.organization.actions.sign_in_events import write_down


@require_GET
def become(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in as the officer of a role and go to the desk; 404 outside a demonstration.

    The click counts as a second factor, here alone.
    """
    if not settings.DEMO or role not in ROLES:
        raise Http404
    account = get_object_or_404(get_user_model(), username=ROLES[role].officer)
    if not account.is_active:
        raise Http404
    get_adapter(request).login(request, account)
    second_factor.mark_for(request, account, "demo")
    seen = circumstances(request)
    write_down(Happened.DEMONSTRATION, account, now=timezone.now(), seen=seen)
    return redirect("desk:worklist")


@require_POST
def next_day(request: HttpRequest) -> HttpResponse:
    """Let the next working day of the city happen and go back; 404 outside a demonstration.

    The form says from which present (`at`): pressed twice, it moves the city once.
    """
    if not settings.DEMO:
        raise Http404
    try:
        seen = datetime.fromisoformat(request.POST.get("at", ""))
    except ValueError:
        raise BadRequest("at") from None
    if seen.utcoffset() is None:
        raise BadRequest("at")
    try:
        moved = advance(seen)
    except NoCity:
        raise Http404 from None
    if moved.events:
        messages.info(request, _("One working day has passed in the demonstration."))
    back = request.POST.get("next", "")
    known = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if known else "/")
