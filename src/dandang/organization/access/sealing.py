"""Keeping secrets that have to be read again: encrypted under a key derived from the server's."""

import base64

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import salted_hmac


def seal(text: str) -> str:
    """Return the text encrypted and protected against change."""
    return _key().encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """Return what was sealed. Raises `cryptography.fernet.InvalidToken` under another key."""
    return _key().decrypt(sealed.encode("ascii")).decode()


def fingerprint(purpose: str, text: str) -> bytes:
    """Return a digest (16 bytes) that only this server can make, another for each purpose."""
    return salted_hmac(f"dandang.{purpose}", text, algorithm="sha256").digest()[:16]


def _key() -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"dandang second factors")
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))
