"""The hash by which the ledger names a version of a policy."""

import hashlib
from collections.abc import Mapping

import rfc8785


def fingerprint(content: Mapping[str, object]) -> str:
    """Return the SHA-256 (lower-case hexadecimal) of the content of a policy file.

    The content is hashed as canonical JSON (RFC 8785), the form that the ledger uses too: comments,
    spacing and the order of keys do not count, and anybody can compute it with other tools.
    """
    return hashlib.sha256(rfc8785.dumps(dict(content))).hexdigest()  # type: ignore[arg-type]  # a validated policy holds only texts, whole numbers, flags, lists and tables
