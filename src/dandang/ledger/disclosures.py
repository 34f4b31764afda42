"""Salted commitments to single values, in the form of RFC 9901 (selective disclosure).

An entry holds only digests. A disclosure is the text that opens one of them: base64url of the JSON
array `[salt, name, value]`. The digest is over that very text, so nobody ever has to write the
same JSON again to check it. Without the salt a digest says nothing about the value, and once the
disclosure is erased nobody can guess the value from the entry any more.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Never, TypeAlias

from dandang.ledger import base64url

SALT_BYTES = 16
"""128 bits, the least RFC 9901 §9.3 recommends."""

DIGEST_METHOD = "sha-256"

_LARGEST_INTEGER = 2**53 - 1  # RFC 8785: what every JSON reader can hold exactly
_PARTS = 3
_as_json = json.JSONEncoder(ensure_ascii=False).encode
_name_as_json = lru_cache(maxsize=512)(_as_json)  # the fields of events are few

Value: TypeAlias = "str | int | bool | list[Value] | None"
"""What can be disclosed. There are no floats: their texts differ between languages."""


def fresh_salts(count: int) -> list[bytes]:
    """Return salts of 128 bits from the system's random source. A salt is used once."""
    drawn = secrets.token_bytes(SALT_BYTES * count)
    return [drawn[start : start + SALT_BYTES] for start in range(0, len(drawn), SALT_BYTES)]


def write(name: str, value: Value, salt: bytes) -> str:
    """Return the disclosure of one named value.

    Raises ValueError on a float, an integer of 2^53 or more, a lone surrogate, a short salt.
    """
    if len(salt) < SALT_BYTES:
        raise ValueError(f"a salt has at least {SALT_BYTES} bytes")
    parts = f'["{base64url.encode(salt)}",{_name_as_json(name)},{_json(value)}]'
    return base64url.encode(parts.encode())


def read(disclosure: str) -> tuple[str, Value]:
    """Return name and value. Raises ValueError on a text that `write` cannot have made."""
    text = base64url.decode(disclosure)
    try:
        parts = json.loads(text, parse_float=_no_float, parse_constant=_no_float)
    except RecursionError:
        raise ValueError("a disclosure is not that deep") from None
    if not isinstance(parts, list) or len(parts) != _PARTS:
        raise ValueError("a disclosure is [salt, name, value]")
    salt, name, value = parts
    if not isinstance(salt, str) or not isinstance(name, str):
        raise ValueError("salt and name are texts")  # noqa: TRY004 one error for unusable input
    _json(value)
    return name, value


def digest(disclosure: str) -> str:
    """Return what stands in the entry for this disclosure: base64url SHA-256 of its ASCII text."""
    return base64url.encode(hashlib.sha256(disclosure.encode("ascii")).digest())


def disclose(
    values: Mapping[str, Value], salts: Callable[[int], Sequence[bytes]] = fresh_salts
) -> dict[str, str]:
    """Return the disclosure of every value by name, each under a salt of its own."""
    drawn = salts(len(values))
    return {
        name: write(name, value, salt)
        for (name, value), salt in zip(values.items(), drawn, strict=True)
    }


def digests_of(disclosures: Iterable[str]) -> tuple[str, ...]:
    """Return the digests as an entry holds them: sorted.

    A digest is as good as random, so its rank says nothing about the field it stands for; the
    order of the fields would. Sorting hides as much as shuffling and gives one right order that a
    verifier can check.
    """
    return tuple(sorted(map(digest, disclosures)))


def _json(value: Any) -> str:  # noqa: ANN401 read from JSON
    """Return the JSON of a value that can be disclosed. Raises ValueError on any other."""
    if isinstance(value, str) or value is None:
        return _as_json(value)
    if isinstance(value, list):
        return f"[{','.join(map(_json, value))}]"
    if not isinstance(value, int):
        raise ValueError(f"{type(value).__name__} cannot be disclosed")  # noqa: TRY004 as for size
    if abs(value) > _LARGEST_INTEGER:
        raise ValueError("an integer of 2^53 or more cannot be disclosed")
    return _as_json(value) if isinstance(value, bool) else str(int(value))


def _no_float(_text: str) -> Never:
    raise ValueError("a float cannot be disclosed")
