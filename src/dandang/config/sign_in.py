"""Settings of signing in: passwords, second factors, locks, sign-in with another provider."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from dandang.config.environment import flag, number
from dandang.organization.access.second_factor import kinds_of
from dandang.organization.entries import PostKind

__all__ = [
    "ACCOUNT_ADAPTER",
    "ACCOUNT_EMAIL_VERIFICATION",
    "ACCOUNT_LOGIN_METHODS",
    "ACCOUNT_RATE_LIMITS",
    "ACCOUNT_REAUTHENTICATION_TIMEOUT",
    "ACCOUNT_SESSION_REMEMBER",
    "ACCOUNT_SIGNUP_FIELDS",
    "ACCOUNT_USER_MODEL_EMAIL_FIELD",
    "AUTHENTICATION_BACKENDS",
    "AUTH_PASSWORD_VALIDATORS",
    "AXES_CLIENT_IP_CALLABLE",
    "AXES_CLIENT_STR_CALLABLE",
    "AXES_COOLOFF_TIME",
    "AXES_DISABLE_ACCESS_LOG",
    "AXES_ENABLE_ADMIN",
    "AXES_FAILURE_LIMIT",
    "AXES_HANDLER",
    "AXES_LOCKOUT_PARAMETERS",
    "AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT",
    "AXES_RESET_ON_SUCCESS",
    "AXES_USERNAME_CALLABLE",
    "AXES_VERBOSE",
    "BREACHED_PASSWORDS",
    "LOGIN_REDIRECT_URL",
    "LOGIN_URL",
    "LOGOUT_REDIRECT_URL",
    "MFA_ADAPTER",
    "MFA_ALLOW_UNVERIFIED_EMAIL",
    "MFA_FORMS",
    "MFA_PASSKEY_LOGIN_ENABLED",
    "MFA_RATE_LIMITS",
    "MFA_SUPPORTED_TYPES",
    "MFA_TOTP_TOLERANCE",
    "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN",
    "MFA_WEBAUTHN_USER_VERIFICATION",
    "OIDC_GIVES_SECOND_FACTOR",
    "OIDC_NAME",
    "OIDC_USERNAME_CLAIM",
    "PASSWORD_HASHERS",
    "SECOND_FACTOR",
    "SILENCED_SYSTEM_CHECKS",
    "SOCIALACCOUNT_ADAPTER",
    "SOCIALACCOUNT_AUTO_SIGNUP",
    "SOCIALACCOUNT_PROVIDERS",
    "SOCIALACCOUNT_STORE_TOKENS",
]

_ACCOUNT = "dandang.interfaces.account"
_ACCESS = "dandang.organization.access"


def _second_factor() -> frozenset[PostKind]:
    text = os.environ.get("DANDANG_SECOND_FACTOR", "")
    try:
        return kinds_of(text)
    except ValueError:
        kinds = ", ".join(PostKind)
        raise ImproperlyConfigured(
            f"DANDANG_SECOND_FACTOR={text!r}: use all, none, or some of {kinds}"
        ) from None


LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
SECOND_FACTOR = _second_factor()

# Passwords
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": f"{_ACCESS}.passwords.LengthLimit"},
    {"NAME": f"{_ACCESS}.passwords.NotOfContext"},
    {"NAME": f"{_ACCESS}.passwords.NotBreached"},
]
# The operator's own list: SHA-1 digests in hexadecimal digits, sorted, as Have I Been Pwned has it.
BREACHED_PASSWORDS = os.environ.get("DANDANG_BREACHED_PASSWORDS", "")

# Accounts are made by administrators: nobody signs up, and no address is verified.
ACCOUNT_ADAPTER = f"{_ACCOUNT}.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Tries are counted by `axes`, in the database: those of allauth count in each process alone.
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False

# Second factors
MFA_ADAPTER = f"{_ACCOUNT}.factors.FactorsAdapter"
MFA_FORMS = {
    "authenticate": f"{_ACCOUNT}.code_forms.SecondFactorForm",
    "reauthenticate": f"{_ACCOUNT}.code_forms.ConfirmByCodeForm",
    "activate_totp": f"{_ACCOUNT}.code_forms.SetUpAppForm",
    "login_webauthn": f"{_ACCOUNT}.passkey_forms.PasskeySignInForm",
    "authenticate_webauthn": f"{_ACCOUNT}.passkey_forms.PasskeyStepForm",
    "reauthenticate_webauthn": f"{_ACCOUNT}.passkey_forms.ConfirmByPasskeyForm",
    "add_webauthn": f"{_ACCOUNT}.passkey_forms.AddPasskeyForm",
    "edit_webauthn": f"{_ACCOUNT}.passkey_forms.RenamePasskeyForm",
}
# Recovery codes are ours: allauth keeps them so that they can be read again.
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = number("DANDANG_TOTP_TOLERANCE")
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# Without HTTPS browsers offer passkeys at `localhost` alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not flag("DANDANG_HTTPS")

# Locks
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    f"{_ACCESS}.accounts.Accounts",
]
AXES_HANDLER = f"{_ACCESS}.locks.Locks"
AXES_USERNAME_CALLABLE = f"{_ACCESS}.locks.name_digest"
AXES_CLIENT_IP_CALLABLE = f"{_ACCESS}.locks.source_digest"
AXES_CLIENT_STR_CALLABLE = f"{_ACCESS}.locks.nobody"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "username", "ip_address"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 24  # hours for which failures count
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W002"]  # the sign-in page itself says that one has to wait

# Sign-in with the body's own provider (OpenID Connect)
_ISSUER = os.environ.get("DANDANG_OIDC_ISSUER", "").rstrip("/")
OIDC_NAME = os.environ.get("DANDANG_OIDC_NAME", "OpenID Connect")
OIDC_USERNAME_CLAIM = os.environ.get("DANDANG_OIDC_USERNAME_CLAIM", "")
OIDC_GIVES_SECOND_FACTOR = flag("DANDANG_OIDC_SECOND_FACTOR")
# A form that leads there has to be allowed to.
OIDC_ORIGIN = [f"{urlsplit(_ISSUER).scheme}://{urlsplit(_ISSUER).netloc}"] if _ISSUER else []
SOCIALACCOUNT_ADAPTER = f"{_ACCOUNT}.oidc.IdentityAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False


def _secret() -> str:
    path = os.environ.get("DANDANG_OIDC_SECRET_FILE", "")
    if not path:
        return ""
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"DANDANG_OIDC_SECRET_FILE: {error}") from None


def _provider(issuer: str) -> dict[str, Any]:
    if not issuer:
        return {"APPS": []}
    client = os.environ.get("DANDANG_OIDC_CLIENT_ID", "")
    if not client:
        raise ImproperlyConfigured("DANDANG_OIDC_ISSUER is set: set DANDANG_OIDC_CLIENT_ID too")
    app = {
        "provider_id": "oidc",
        "name": OIDC_NAME,
        "client_id": client,
        "secret": _secret(),
        "settings": {"server_url": issuer, "fetch_userinfo": False, "oauth_pkce_enabled": True},
    }
    return {"APPS": [app], "OAUTH_PKCE_ENABLED": True}


SOCIALACCOUNT_PROVIDERS = {"openid_connect": _provider(_ISSUER)}
