"""Signing in and out of the desk: Django's own forms in our frame."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """Staff code and password. The answer to a wrong one does not say which of them was wrong."""

    error_messages = {
        "invalid_login": _("Staff code or password is not right. Please try again."),
        "inactive": _("This account is closed. Please ask your administrator."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 Django's
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Staff code")
        self.fields["password"].label = _("Password")
        self.fields["username"].widget = forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none"}
        )


class SignIn(LoginView):
    """The sign-in page; whoever is signed in already goes to the desk."""

    template_name = "desk/sign_in.html"
    form_class = SignInForm
    redirect_authenticated_user = True


urlpatterns = [
    path("login/", SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
]
