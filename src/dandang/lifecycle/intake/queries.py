"""Asking at the counter of the web: whose request is this, was it sent. Read only."""

import hashlib
import hmac

from dandang.lifecycle.casework.models import Request
from dandang.terms import access_hash, normalise_access_code, normalise_reference

_NO_HASH = bytes(32)
_MARK = 32


def opened_by(reference: str, access_code: str) -> str | None:
    """Return the stored reference when the access code is that request's own, else None.

    Both are taken as typed. A wrong code and an unknown reference take the same steps, and hashes
    are compared in constant time.
    """
    row = (
        Request.objects.filter(reference=normalise_reference(reference))
        .values_list("reference", "access_hash")
        .first()
    )
    found, kept = row or ("", None)
    given = access_hash(normalise_access_code(access_code))
    same = hmac.compare_digest(given, bytes(kept) if kept else _NO_HASH)
    return found if same and kept else None


def access_mark(reference: str) -> str:
    """Return a mark of the access code that this request has now; "" where it has none.

    Whatever was opened by a code ends when the mark is another one. The mark opens nothing.
    """
    kept = Request.objects.filter(reference=reference).values_list("access_hash", flat=True).first()
    return hashlib.sha256(b"mark of " + bytes(kept)).hexdigest()[:_MARK] if kept else ""


def sent_as(submission: str) -> str | None:
    """Return the reference of the request that was sent under this name, None where none was."""
    return Request.objects.filter(submission=submission).values_list("reference", flat=True).first()
