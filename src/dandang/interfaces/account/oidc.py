"""Signing in with the body's own provider (OpenID Connect): it opens accounts that exist.

An identity is linked to an account by an administrator (the provider's subject), or by a claim
that carries the staff code, where the operator says so. It never makes an account.
"""

from typing import Any, Never, cast

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from typing_extensions import override

from dandang.interfaces.shared import clock
from dandang.interfaces.shared.brake import Brake
from dandang.interfaces.shared.second_factor import mark_for
from dandang.interfaces.shared.signing_in import WAIT, circumstances, now
from dandang.organization.access.asking import account_named
from dandang.organization.access.kinds import Happened
from dandang.organization.actions.identities import link_first
from dandang.organization.actions.sign_in_events import write_down

PROVIDER = "oidc"
IN_VAIN = Brake("identities-in-vain")

_SEVERAL = "mfa"
_FACTORS = (
    frozenset({"pwd", "pin", "kba"}),
    frozenset({"otp", "hwk", "swk", "sc"}),
    frozenset({"fpt", "face", "iris", "retina", "vbm"}),
)
"""Words of `amr` (RFC 8176) for what somebody knows, has and is; of one kind: one factor."""


class SignedTokens(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth carries no types
    """Believes an ID token by its signature alone, also where it came straight from the issuer."""

    did_fetch_access_token = property(lambda _self: False, lambda _self, _value: None)


@require_POST
def sign_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to the provider; 404 where none is configured."""
    return _view(OAuth2LoginView, request, provider_id)


@require_safe
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come back from the provider; 404 where none is configured."""
    return _view(OAuth2CallbackView, request, provider_id)


def _view(kind: Any, request: HttpRequest, provider_id: str) -> HttpResponse:  # noqa: ANN401 allauth's
    """Go through a view of allauth; a source that came back in vain too often has to wait."""
    if not settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
        raise Http404
    if IN_VAIN.holds(request):
        messages.error(request, WAIT)
        return redirect("account_login")
    view = kind.adapter_view(SignedTokens(request, provider_id))
    return cast("HttpResponse", view(request))


class IdentityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Hooks of allauth around identities of the provider."""

    @override
    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the account of an identity, or send whoever has none away."""
        if not sociallogin.is_existing:
            self._find(request, sociallogin)
        if not sociallogin.user.is_active:
            self._send_away(request)
        if settings.OIDC_GIVES_SECOND_FACTOR and _shows_second(_claims(sociallogin)):
            mark_for(request, sociallogin.user, "oidc")

    def _find(self, request: HttpRequest, sociallogin: Any) -> None:  # noqa: ANN401 no types
        claims = _claims(sociallogin)
        claim = settings.OIDC_USERNAME_CLAIM
        account = account_named(str(claims.get(claim) or "")) if claim else None
        if account is None or not account.is_active:
            self._send_away(request)
        if not link_first(account, sociallogin.account.uid, now=clock.now()):
            self._send_away(request)
        sociallogin.lookup()

    def _send_away(self, request: HttpRequest) -> Never:
        _failed(request)
        words = _("No account here belongs to this identity. Ask your administrator.")
        messages.error(request, words)
        raise ImmediateHttpResponse(redirect("account_login"))

    @override
    def on_authentication_error(self, request: HttpRequest, *_args: Any, **_more: Any) -> None:
        _failed(request)
        messages.error(request, _("Signing in with the other provider did not work."))
        raise ImmediateHttpResponse(redirect("account_login"))

    @override
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


def _failed(request: HttpRequest) -> None:
    IN_VAIN.count(request)
    seen = circumstances(request)
    write_down(Happened.FAILED, None, now=now(), detail="oidc", seen=seen)


def _claims(sociallogin: Any) -> dict[str, Any]:  # noqa: ANN401 allauth's
    kept = sociallogin.account.extra_data
    claims: dict[str, Any] = kept.get("id_token") or kept
    return claims


def _shows_second(claims: dict[str, Any]) -> bool:
    """Say whether the provider vouches for more than one factor; where it says nothing, no."""
    methods = claims.get("amr")
    if not isinstance(methods, list):
        return False
    named = {str(one) for one in methods}
    return _SEVERAL in named or sum(bool(kind & named) for kind in _FACTORS) > 1
