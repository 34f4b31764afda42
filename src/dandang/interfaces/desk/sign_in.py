"""Signing in and out of the desk: Django's own forms in our frame."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from dandang.interfaces.shared.brake import Brake

WRONG_PASSWORDS = Brake("wrong-passwords")


class SignInForm(AuthenticationForm):
    """Staff code and password. The answer to a wrong one does not say which of them was wrong.

    Closed accounts get the same answer: Django's backend takes them for unknown ones.
    """

    error_messages = {
        "invalid_login": _("Staff code or password is not right. Please try again."),
        "inactive": _("Staff code or password is not right. Please try again."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 Django's
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Staff code")
        self.fields["password"].label = _("Password")
        self.fields["username"].widget = forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "maxlength": 150}
        )


class SignIn(LoginView):
    """The sign-in page; whoever is signed in already goes to the desk."""

    template_name = "desk/sign_in.html"
    form_class = SignInForm
    redirect_authenticated_user = True

    @override
    def post(self, request: HttpRequest, *args: str, **kwargs: Any) -> HttpResponse:
        """Check the password, unless this source gave too many wrong ones within a minute."""
        if not WRONG_PASSWORDS.holds(request):
            return super().post(request, *args, **kwargs)
        context = self.get_context_data(
            form=SignInForm(request),
            refused=_("Too many wrong passwords. Please wait a minute."),
        )
        return self.render_to_response(context, status=HTTPStatus.TOO_MANY_REQUESTS)

    @override
    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Count a wrong password against its source."""
        if form.non_field_errors():
            WRONG_PASSWORDS.count(self.request)
        response = super().form_invalid(form)
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response

    @override
    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in and go on in the language of the account, where it names one."""
        response = super().form_valid(form)
        language = form.get_user().language
        if language:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                language,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
                samesite="Lax",
            )
        return response


urlpatterns = [
    path("login/", SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
]
