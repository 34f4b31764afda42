"""Addresses of signing in and of accounts.

Those of allauth are named one by one, as it looks them up: no page of it exists that is not here.
"""

from django.contrib.auth.decorators import login_required
from django.urls import include, path

from dandang.interfaces.account import (
    confirming,
    event_pages,
    invitation,
    oidc,
    overview,
    people,
    second_factor,
    sessions,
    sign_in,
)

_FACTORS = "account/second-factor/"
_OIDC = {"provider_id": oidc.PROVIDER}

own = [
    path("", overview.overview, name="overview"),
    path("language/", overview.language, name="language"),
    path("sessions/", sessions.sessions, name="sessions"),
    path("events/", event_pages.mine, name="events"),
    path("events/all/", event_pages.everybody, name="all-events"),
    path("events/all.csv", event_pages.everybody_csv, name="all-events-csv"),
    path("invitation/", invitation.accept, name="invitation"),
    path("people/", people.people, name="people"),
    path("people/<str:officer>/", people.person, name="person"),
]
urlpatterns = [
    path("login/", sign_in.SignIn.as_view(), name="account_login"),
    path("login/code/", sign_in.SecondFactor.as_view(), name="mfa_authenticate"),
    path("login/passkey/", sign_in.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path("login/oidc/", oidc.sign_in, _OIDC, name="openid_connect_login"),
    path("login/oidc/callback/", oidc.callback, _OIDC, name="openid_connect_callback"),
    path("logout/", sign_in.sign_out, name="logout"),
    path("account/", include((own, "account"))),
    path("account/password/", confirming.change_password, name="account_change_password"),
    path("account/confirm/", confirming.ConfirmByPassword.as_view(), name="account_reauthenticate"),
    path("account/confirm/code/", confirming.ConfirmByCode.as_view(), name="mfa_reauthenticate"),
    path(
        "account/confirm/passkey/",
        confirming.ConfirmByPasskey.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path(_FACTORS, second_factor.Factors.as_view(), name="mfa_index"),
    path(f"{_FACTORS}app/", second_factor.SetUpApp.as_view(), name="mfa_activate_totp"),
    path(f"{_FACTORS}app/remove/", second_factor.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path(
        f"{_FACTORS}codes/", second_factor.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"
    ),
    path(
        f"{_FACTORS}codes/new/",
        second_factor.NewRecoveryCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path(f"{_FACTORS}passkeys/new/", second_factor.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path(
        f"{_FACTORS}passkeys/<int:pk>/",
        login_required(second_factor.RenamePasskey.as_view()),
        name="mfa_edit_webauthn",
    ),
    path(
        f"{_FACTORS}passkeys/<int:pk>/remove/",
        login_required(second_factor.RemovePasskey.as_view()),
        name="mfa_remove_webauthn",
    ),
]
