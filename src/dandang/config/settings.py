"""Settings of the Django side, read from the environment; every default is safe for one machine.

`DANDANG_SECRET_KEY`, `DANDANG_HOSTS`, `DANDANG_HTTPS`, `DANDANG_PROXY_HOPS`,
`DANDANG_UPLOAD_MB`, `DANDANG_DRAFT_FILES_MB`, `DANDANG_LEDGER_ORIGIN`, `DANDANG_DEMO` and those of
messages are described in `docs/reference/settings.md`.
"""

import os
from datetime import timedelta
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from dandang.config.catalogues import compile_catalogues
from dandang.config.environment import choice, flag, networks, number, secret_key
from dandang.config.messages import hours
from dandang.config.sign_in import *  # noqa: F403 all of them are settings
from dandang.config.sign_in import OIDC_ORIGIN
from dandang.database import django_settings
from dandang.demo.roles import ADVANCE, links

PACKAGE = Path(__file__).resolve().parent.parent

DEMO = flag("DANDANG_DEMO")
DEMO_LINKS = links() if DEMO else []  # address and words of each link in the demo bar
DEMO_ADVANCE = ADVANCE if DEMO else ""  # where its button for the next working day leads
DEBUG = False
SECRET_KEY = secret_key()
ALLOWED_HOSTS = os.environ.get("DANDANG_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "dandang.ledger",
    "dandang.organization",
    "dandang.lifecycle.casework",
    "dandang.lifecycle.escalation",
    "dandang.lifecycle.intake",
    "dandang.lifecycle.sampling",
    "dandang.lifecycle.watching",
    "dandang.notifications",
    "dandang.notifications.calendar",
    "dandang.notifications.access",
    "dandang.notifications.webhook",
    "dandang.notifications.call_back",
    "dandang.finding",
    "dandang.publication.cases",
    "dandang.publication.figures",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "dandang.interfaces.shared.middleware.Headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "dandang.interfaces.shared.middleware.Guard",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "dandang.interfaces.desk.beside_accounts.with_navigation",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "dandang.config.urls"
WSGI_APPLICATION = "dandang.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            PACKAGE / "interfaces" / part / "templates"
            for part in ("shared", "account", "resident", "public", "desk")
        ],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dandang.interfaces.shared.context.frame",
            ],
            "libraries": {
                "dandang": "dandang.interfaces.shared.tags",
                "person": "dandang.interfaces.account.tags",
            },
        },
    },
]

DATABASES = {"default": {**django_settings(), "ENGINE": "dandang.config.engine"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "organization.Account"

# Part of every ledger entry and of every proof: set it once, before the first event.
LEDGER_ORIGIN = os.environ.get("DANDANG_LEDGER_ORIGIN", "ledger.localhost/dandang")

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese (simplified)")), ("en", _("English"))]
LOCALE_PATHS = [compile_catalogues()]
USE_TZ = True
TIME_ZONE = os.environ.get("DANDANG_TIME_ZONE", "Asia/Shanghai")

STATIC_URL = "/static/"
STATICFILES_DIRS = [
    PACKAGE / "interfaces" / part / "static" for part in ("shared", "account", "desk")
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

# How many proxies of ours stand in front: only so many entries of X-Forwarded-For are believed.
PROXY_HOPS = number("DANDANG_PROXY_HOPS")

# A request body above this is refused with 413 before anything reads it; forms with files may be
# larger, at the addresses that take them.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = ["dandang.interfaces.shared.uploads.InMemory"]

# Megabytes of files that residents may upload from one source in a day, and that all drafts hold.
UPLOAD_MB = number("DANDANG_UPLOAD_MB") or 500
DRAFT_FILES_MB = number("DANDANG_DRAFT_FILES_MB") or 10_240

HTTPS = flag("DANDANG_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "dandang.organization.sessions"
SESSION_COOKIE_AGE = (number("DANDANG_SESSION_HOURS") or 12) * 60 * 60
SIGN_IN_DAYS = number("DANDANG_SIGN_IN_DAYS") or 183  # half a year, as China asks of such logs
SESSION_IDLE = timedelta(hours=number("DANDANG_SESSION_IDLE_HOURS") or 8)
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
CSRF_FAILURE_VIEW = "dandang.interfaces.shared.errors.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Nothing goes to other sites. `no-referrer` would also send our own forms with `Origin: null`,
# which the protection against forged forms has to refuse.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'", *OIDC_ORIGIN],
        "frame-ancestors": ["'none'"],
    },
}

# Messages. Without a server or a gateway nothing is sent by that channel.
PUBLIC_URL = os.environ.get("DANDANG_PUBLIC_URL", "").rstrip("/")
EMAIL_HOST = os.environ.get("DANDANG_SMTP_HOST", "")
EMAIL_HOST_USER = os.environ.get("DANDANG_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("DANDANG_SMTP_PASSWORD", "")
_SECURITY = choice("DANDANG_SMTP_SECURITY", ("starttls", "tls", "none"))
EMAIL_USE_TLS, EMAIL_USE_SSL = _SECURITY == "starttls", _SECURITY == "tls"
EMAIL_PORT = number("DANDANG_SMTP_PORT") or {"starttls": 587, "tls": 465, "none": 25}[_SECURITY]
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("DANDANG_MAIL_FROM", "dandang@localhost")
MAIL_STOP = os.environ.get("DANDANG_MAIL_STOP", "")
SMS_FILE = os.environ.get("DANDANG_SMS_FILE", "")
MESSAGE_HOURS = hours()
# Networks that are not public, and that gateways and webhooks may be in nevertheless.
REACHABLE_NETWORKS = networks("DANDANG_REACHABLE_NETWORKS")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"secrets": {"()": "dandang.interfaces.shared.logs.HideSecrets"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["secrets"],
        }
    },
    # A refused request is ordinary, and its address names a case: only failures of ours are logged.
    "loggers": {"django.request": {"level": "ERROR"}, "axes": {"level": "ERROR"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("DANDANG_LOG_LEVEL", "WARNING")},
}
