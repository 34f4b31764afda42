"""Sitting down at the desk without typing: signed in a moment ago, with a second factor shown."""

import time

from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.test import Client
from django.utils import timezone

from dandang.organization.models import Account

SHOWN = "account_authentication_methods"


def sign_in(client: Client, account: Account, *, second: bool = True) -> Client:
    """Let a client go on as if this account had signed in with it; `second`: with two factors."""
    session = client.session
    session["signed_in_at"] = timezone.now().isoformat()
    session.save()
    client.force_login(account)
    session, at = client.session, time.time()
    shown = [{"method": "password", "at": at}]
    if second:
        shown.append({"method": "mfa", "type": "totp", "at": at})
    session[SHOWN] = shown
    session[f"{SHOWN}_user"] = str(account.pk)
    session.save()
    return client


def with_app(account: Account) -> str:
    """Set up an app for one-time codes for an account; return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(account, secret)
    return secret


def code_of(secret: str, *, later: int = 0) -> str:
    """Return the code that the app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))
