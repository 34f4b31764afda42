"""Sending a form once, however often it arrives: its token, and what is derived from it.

A form carries a secret token. The access code of a request sent with it is derived from it with the
server's key, and the request is kept under the token's hash, so that the same form sent again (a
double click, a retry after a lost answer) leads to the same receipt.
"""

import base64
import hashlib
import re
import secrets

from django.utils.crypto import salted_hmac

from dandang.terms import access_code_from

_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
_TOKEN_BYTES = 24
_GROUP = 4


def new_token() -> str:
    """Return a fresh token for a form: 192 random bits in 32 characters."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def derived(token: str, purpose: str) -> str:
    """Return the token of another form of the same sender: always the same one for a purpose."""
    made = salted_hmac("dandang.derived-token", f"{token} {purpose}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made[:_TOKEN_BYTES]).decode()


def is_token(text: str) -> bool:
    """Say whether the text has the shape of a token."""
    return bool(_TOKEN.fullmatch(text))


def submission_of(token: str) -> str:
    """Return the name under which a sending is kept; the token cannot be had back from it."""
    return hashlib.sha256(token.encode()).hexdigest()


def code_of(token: str) -> str:
    """Return the access code that belongs to a token: always the same one."""
    return access_code_from(salted_hmac("dandang.access-code", token, algorithm="sha256").digest())


def grouped(code: str) -> str:
    """Return an access code in groups of four, as people read and type it."""
    return " ".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))
