"""Changing roles and going to the next day with one click, in a demonstration alone."""

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model, login
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dandang.demo.advancing import NoCity, advance
from dandang.demo.roles import ROLES

_BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_GET
def become(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in as the officer of a role and go to the desk; 404 outside a demonstration."""
    if not settings.DEMO or role not in ROLES:
        raise Http404
    account = get_object_or_404(get_user_model(), username=ROLES[role].officer)
    login(request, account, backend=_BACKEND)
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
