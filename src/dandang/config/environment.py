"""Reading the environment: a wrong value stops the start with a message that says what to do."""

import os
import secrets
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network

from django.core.exceptions import ImproperlyConfigured

from dandang.database import state_directory

_YES_NO = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}


def flag(name: str) -> bool:
    """Return a yes/no setting; unset is no. Raises ImproperlyConfigured on anything unclear."""
    text = os.environ.get(name, "").lower()
    if text not in _YES_NO:
        raise ImproperlyConfigured(f"{name}={text!r}: use 1 or 0")
    return _YES_NO[text]


def number(name: str) -> int:
    """Return a whole number; unset is 0. Raises ImproperlyConfigured on anything else."""
    text = os.environ.get(name, "") or "0"
    if not (text.isascii() and text.isdigit()):
        raise ImproperlyConfigured(f"{name}={text!r}: use a whole number")
    return int(text)


def choice(name: str, options: Sequence[str]) -> str:
    """Return one of the words; unset is the first. Raises ImproperlyConfigured on any other."""
    text = os.environ.get(name, "").lower() or options[0]
    if text not in options:
        raise ImproperlyConfigured(f"{name}={text!r}: use {' or '.join(options)}")
    return text


def networks(name: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Return networks separated by commas; unset is none. Raises ImproperlyConfigured."""
    found = []
    for text in filter(None, os.environ.get(name, "").replace(" ", "").split(",")):
        try:
            found.append(ip_network(text))
        except ValueError:
            raise ImproperlyConfigured(
                f"{name}: {text!r} is no network such as 10.2.0.0/16"
            ) from None
    return tuple(found)


def secret_key() -> str:
    """Return `DANDANG_SECRET_KEY`, or a key drawn once and kept in the state directory (0600)."""
    if key := os.environ.get("DANDANG_SECRET_KEY"):
        return key
    path = state_directory() / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii")
