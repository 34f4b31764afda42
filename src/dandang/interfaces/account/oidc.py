"""Signing in with the body's own provider (OpenID Connect): it opens accounts that exist.

An identity is linked to an account by an administrator (the provider's subject), or by a claim
that carries the staff code, where the operator says so. It never makes an account.
"""

from typing import Any, Never, cast

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.openid_connect import views
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from typing_extensions import override

from dandang.interfaces.shared.second_factor import mark_for
from dandang.interfaces.shared.signing_in import circumstances, now
from dandang.organization.access.asking import account_named
from dandang.organization.access.kinds import Happened
from dandang.organization.actions.identities import link
from dandang.organization.actions.sign_in_events import write_down
from dandang.terms import Actor

PROVIDER = "oidc"


@require_POST
def sign_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to the provider; 404 where none is configured."""
    if not settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
        raise Http404
    return cast("HttpResponse", views.login(request, provider_id))


class IdentityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Hooks of allauth around identities of the provider."""

    @override
    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the account of an identity, or send whoever has none away."""
        if not sociallogin.is_existing:
            self._find(request, sociallogin)
        if not sociallogin.user.is_active:
            self._send_away(request)
        if settings.OIDC_GIVES_SECOND_FACTOR:
            mark_for(request, sociallogin.user, "oidc")

    def _find(self, request: HttpRequest, sociallogin: Any) -> None:  # noqa: ANN401 no types
        claims = sociallogin.account.extra_data.get("id_token") or sociallogin.account.extra_data
        claim = settings.OIDC_USERNAME_CLAIM
        account = account_named(str(claims.get(claim) or "")) if claim else None
        if account is None or not account.is_active:
            self._send_away(request)
        link(account, sociallogin.account.uid, by=Actor.system(), now=now())
        sociallogin.lookup()

    def _send_away(self, request: HttpRequest) -> Never:
        seen = circumstances(request)
        write_down(Happened.FAILED, None, now=now(), detail="oidc", seen=seen)
        words = _("No account here belongs to this identity. Ask your administrator.")
        messages.error(request, words)
        raise ImmediateHttpResponse(redirect("account_login"))

    @override
    def on_authentication_error(self, request: HttpRequest, *_args: Any, **_more: Any) -> None:
        seen = circumstances(request)
        write_down(Happened.FAILED, None, now=now(), detail="oidc", seen=seen)
        messages.error(request, _("Signing in with the other provider did not work."))
        raise ImmediateHttpResponse(redirect("account_login"))

    @override
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False
