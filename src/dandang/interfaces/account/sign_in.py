"""Signing in and out: password and second factor, passkey, or the body's own provider."""

from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.stagekit import clear_login
from allauth.account.views import LoginView
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.internal.auth import begin_authentication
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from typing_extensions import override

from dandang.interfaces.shared.brake import Brake
from dandang.interfaces.shared.signing_in import WAIT, SignInForm, circumstances, now
from dandang.organization.access.asking import factors_of
from dandang.organization.access.kinds import Happened
from dandang.organization.actions.sign_in_events import write_down

WRONG_PASSKEYS = Brake("wrong-passkeys")


class SignIn(LoginView):  # type: ignore[misc]  # allauth carries no types
    """The sign-in page; whoever is signed in already goes on."""

    template_name = "account/sign_in.html"
    form_class = SignInForm

    @override
    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**more)
        providers = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
        following = self.request.POST.get("next") or self.request.GET.get("next", "")
        if not url_has_allowed_host_and_scheme(following, allowed_hosts=None):
            following = ""
        return {**context, "next": following, "oidc": settings.OIDC_NAME if providers else ""}

    @override
    def form_invalid(self, form: SignInForm) -> HttpResponse:
        """Say that it was wrong, or that one has to wait."""
        response: HttpResponse = super().form_invalid(form)
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.must_wait:
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        return response


class SecondFactor(AuthenticateView):  # type: ignore[misc]  # allauth carries no types
    """The page after the password: a code, or a passkey."""

    template_name = "account/second_step.html"

    @override
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Begin anew where there is no factor any more: administrators took it away meanwhile."""
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        stage = getattr(request, "_login_stage", None)
        if stage is not None and not factors_of(stage.login.user).has_second:
            clear_login(request)
        return response

    @override
    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response

    @override
    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**more)
        user = self.stage.login.user
        kinds = {factor.type for factor in user.authenticator_set.all()}
        has_code, has_passkey = bool(kinds - {"webauthn"}), "webauthn" in kinds
        return {**context, "has_code": has_code, "has_passkey": has_passkey}


class PasskeySignIn(LoginWebAuthnView):  # type: ignore[misc]  # allauth carries no types
    """Signing in with a passkey alone, which asks for a finger, a face or a PIN itself."""

    http_method_names = ["get", "post"]

    @override
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Give the script of the page what the passkey has to sign."""
        if request.headers.get("Accept") != "application/json":
            return redirect("account_login")
        return JsonResponse({"request_options": begin_authentication(user=None)})

    @override
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check what the passkey signed; a source that was wrong too often has to wait."""
        if WRONG_PASSKEYS.holds(request):
            messages.error(request, WAIT)
            return redirect("account_login")
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    @override
    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except ImmediateHttpResponse as instead:
            return HttpResponseRedirect(instead.response.url)
        return response

    @override
    def form_invalid(self, form: Any) -> HttpResponse:
        WRONG_PASSKEYS.count(self.request)
        seen = circumstances(self.request)
        write_down(Happened.FAILED, None, now=now(), detail="passkey", seen=seen)
        messages.error(self.request, _("This passkey was not accepted. Please try another way."))
        return redirect("account_login")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, or a sign-in that is half done."""
    get_adapter(request).logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)
