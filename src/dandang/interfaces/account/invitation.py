"""Accepting an invitation: the secret of the link stands behind `#`, where no server sees it.

The page's script puts it into the form; without scripts it is typed or pasted.
"""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from dandang.interfaces.account.password_forms import NewPasswordForm
from dandang.interfaces.shared.brake import Brake
from dandang.interfaces.shared.signing_in import WAIT, circumstances
from dandang.organization.actions import invitations
from dandang.terms import Refusal

WRONG_SECRETS = Brake("wrong-invitations")


class AcceptForm(NewPasswordForm):
    """The secret of an invitation and a new password."""

    secret = forms.CharField(
        label=gettext_lazy("Code of your invitation"),
        max_length=100,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    field_order = ("secret", "password")

    def clean_secret(self) -> str:
        """Find out whose invitation it is."""
        secret: str = self.cleaned_data["secret"]
        self.account = invitations.invited(secret)
        if self.account is None:
            raise ValidationError(
                _("This invitation does not work, or no longer. Ask for another.")
            )
        return secret


@sensitive_post_parameters("secret", "password")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest) -> HttpResponse:
    """Let whoever was invited choose a password, and lead to the sign-in."""
    if request.method != "POST":
        return _page(request, AcceptForm(), HTTPStatus.OK)
    if WRONG_SECRETS.holds(request):
        return _page(request, AcceptForm(), HTTPStatus.TOO_MANY_REQUESTS, str(WAIT))
    form = AcceptForm(None, request.POST)
    if not form.is_valid():
        if "secret" in form.errors:
            WRONG_SECRETS.count(request)
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    data = form.cleaned_data
    try:
        account = invitations.accept(data["secret"], data["password"], seen=circumstances(request))
    except Refusal:  # somebody was faster
        return redirect("account:invitation")
    words = _("Your password is set. Sign in with the staff code {name}.")
    messages.success(request, words.format(name=account.username))
    return redirect("account_login")


def _page(
    request: HttpRequest, form: AcceptForm, status: HTTPStatus, refused: str = ""
) -> HttpResponse:
    context = {"form": form, "refused": refused}
    return render(request, "account/invitation.html", context, status=status)
