"""Setting up second factors: an app, passkeys, recovery codes. Each change is confirmed anew."""

from http import HTTPStatus
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from django.views.generic.edit import FormView
from typing_extensions import override

from dandang.interfaces.account.access import person_of
from dandang.interfaces.shared import second_factor
from dandang.interfaces.shared.qr import qr
from dandang.interfaces.shared.signing_in import circumstances, now
from dandang.organization.access.asking import Account
from dandang.organization.access.codes import make_recovery_codes, recovery_codes_left, use_up
from dandang.organization.access.kinds import Happened
from dandang.organization.access.sealing import seal, unseal
from dandang.organization.actions.sign_in_events import write_down

_AFTERWARDS, _TO_SHOW = "after_second_factor", "recovery_codes_to_show"
_INDEX = reverse_lazy("mfa_index")
_GROUP = 4


def _changed(request: HttpRequest, kind: Happened, detail: str, words: str) -> None:
    write_down(
        kind, person_of(request).account, now=now(), detail=detail, seen=circumstances(request)
    )
    messages.success(request, words)


def _with_first_codes(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return the answer to a first factor: it leads to recovery codes where there are none."""
    return response if recovery_codes_left(_account(request)) else _new_codes(request)


def _new_codes(request: HttpRequest) -> HttpResponse:
    """Make recovery codes and lead to where they are shown; until then the session has them."""
    request.session[_TO_SHOW] = seal(" ".join(make_recovery_codes(_account(request))))
    return redirect("mfa_view_recovery_codes")


def _account(request: HttpRequest) -> Account:
    return person_of(request).account


class _Refused:
    """A form that was not right is no success."""

    def form_invalid(self, form: Any) -> HttpResponse:  # noqa: ANN401 allauth's
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]  # of a view
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response


class Factors(IndexView):  # type: ignore[misc]  # allauth carries no types
    """What somebody has set up, and where one is led who needs a second factor and shows none."""

    template_name = "account/second_factor.html"

    @override
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        following = request.GET.get("next", "")
        if url_has_allowed_host_and_scheme(following, allowed_hosts=None):
            request.session[_AFTERWARDS] = following
            if Authenticator.objects.filter(user=request.user).exists():
                where = (
                    "mfa_reauthenticate_webauthn" if self._only_passkeys else "mfa_reauthenticate"
                )
                return redirect(f"{reverse_lazy(where)}?{urlencode({'next': following})}")
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    @property
    def _only_passkeys(self) -> bool:
        mine = Authenticator.objects.filter(user=self.request.user)
        return not mine.filter(type=Authenticator.Type.TOTP).exists()

    @override
    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**more)
        needed = second_factor.missing(self.request, person_of(self.request).posts)
        left = recovery_codes_left(self.request.user)
        return {**context, "needed": needed, "codes_left": left, "here": "second-factor"}


class SetUpApp(_Refused, ActivateTOTPView):  # type: ignore[misc]  # allauth carries no types
    """A QR code and the same secret to type, then the first code."""

    template_name = "account/set_up_app.html"

    @override
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        mine = Authenticator.objects.select_for_update()
        use_up(mine.get(user=self.request.user, type=Authenticator.Type.TOTP), form.counter)
        second_factor.mark(self.request, "totp")
        _changed(self.request, Happened.FACTOR_ADDED, "totp", _("The app is set up."))
        return _with_first_codes(self.request, response)

    @override
    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**more)
        secret = context["form"].secret
        groups = [secret[at : at + _GROUP] for at in range(0, len(secret), _GROUP)]
        picture = qr(context["totp_url"], name=_("QR code for your app"))
        return {**context, "picture": picture, "secret": " ".join(groups)}


class RemoveApp(DeactivateTOTPView):  # type: ignore[misc]  # allauth carries no types
    """Taking the app away."""

    template_name = "account/remove_app.html"
    success_url = _INDEX

    @override
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _changed(self.request, Happened.FACTOR_REMOVED, "totp", _("The app was taken away."))
        return response


@method_decorator(login_required, name="dispatch")
class RecoveryCodes(TemplateView):
    """The recovery codes, shown once."""

    template_name = "account/recovery_codes.html"

    @override
    def get_context_data(self, **more: Any) -> dict[str, Any]:
        session = self.request.session
        kept = session.pop(_TO_SHOW, "")
        if not kept and not recovery_codes_left(_account(self.request)):
            raise Http404
        codes = [
            "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))
            for code in (unseal(kept).split() if kept else ())
        ]
        context: dict[str, Any] = super().get_context_data(**more)
        return {**context, "codes": codes, "afterwards": session.get(_AFTERWARDS)}


@method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")
class NewRecoveryCodes(_Refused, FormView):  # type: ignore[type-arg]  # Django knows no types
    """New recovery codes; the old ones count no more."""

    template_name = "account/new_recovery_codes.html"
    form_class = GenerateRecoveryCodesForm

    @override
    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    @override
    @transaction.atomic
    def form_valid(self, form: GenerateRecoveryCodesForm) -> HttpResponse:
        response = _new_codes(self.request)
        _changed(self.request, Happened.RECOVERY_MADE, "", _("There are new recovery codes."))
        return response


class AddPasskey(_Refused, AddWebAuthnView):  # type: ignore[misc]  # allauth carries no types
    """A new passkey of this device or of a key; made by the browser, so with its script alone."""

    template_name = "account/add_passkey.html"

    @override
    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**more)
        options = auth.begin_registration(self.request.user, passwordless=True)
        return {**context, "js_data": {"creation_options": options}}

    @override
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        second_factor.mark(self.request, "webauthn")
        _changed(self.request, Happened.FACTOR_ADDED, "webauthn", _("The passkey was added."))
        return _with_first_codes(self.request, response)


class RenamePasskey(_Refused, EditWebAuthnView):  # type: ignore[misc]  # allauth carries no types
    """Another name for a passkey."""

    template_name = "account/rename_passkey.html"
    success_url = _INDEX


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]  # allauth carries no types
    """Taking a passkey away."""

    template_name = "account/remove_passkey.html"
    success_url = _INDEX

    @override
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        words = _("The passkey was taken away.")
        _changed(self.request, Happened.FACTOR_REMOVED, "webauthn", words)
        return response
