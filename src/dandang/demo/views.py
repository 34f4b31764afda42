"""Changing roles with one click, in a demonstration alone."""

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET

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
