"""Marks by which the requests of one sender are known to belong together, without saying whose.

A mark is a keyed hash (HMAC-SHA256) of a phone number or an e-mail address; its key comes from the
secret of the installation. Who has the rows alone cannot try out numbers.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from django.utils.crypto import salted_hmac

from dandang.lifecycle.intake.models import SenderMark

_SALT = "dandang.sender"
_SPACING = re.compile(r"[\s().\-–—·/]+")
_OF_CHINA = re.compile(r"(?:\+86|0086)(?=[1-9])")


def marks_of(phone: str, email: str) -> tuple[bytes, ...]:
    """Return the marks of a contact, however it is spelled: one for each way, none for none."""
    number = _OF_CHINA.sub("", _SPACING.sub("", unicodedata.normalize("NFKC", phone)), count=1)
    address = unicodedata.normalize("NFKC", email).strip().casefold()
    ways = {"phone": number, "email": address}
    return tuple(
        salted_hmac(_SALT, f"{way}:{value}", algorithm="sha256").digest()
        for way, value in ways.items()
        if value
    )


def keep_marks(contacts: Mapping[str, tuple[str, str]]) -> None:
    """Keep the marks of new requests, by reference: phone and e-mail of each. One statement."""
    rows = [
        SenderMark(request=reference, mark=mark)
        for reference, (phone, email) in contacts.items()
        for mark in marks_of(phone, email)
    ]
    if rows:
        SenderMark.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


def change_marks(reference: str, phone: str, email: str) -> None:
    """Let a request have the marks of this contact and no others; "" and "" for none at all."""
    forget_marks([reference])
    keep_marks({reference: (phone, email)})


def forget_marks(references: Iterable[str]) -> None:
    """Delete the marks of these requests, because their contacts are erased."""
    SenderMark.objects.filter(request__in=references).delete()


def of_the_same_sender(references: Iterable[str], *, limit: int) -> dict[str, list[str]]:
    """Return the other requests with a mark of each of these, the newest rows first.

    By reference; those without any are left out, and no more than `limit` are found in all. Two
    queries.
    """
    own = SenderMark.objects.filter(request__in=list(references))
    by_mark: dict[bytes, list[str]] = {}
    for reference, mark in own.values_list("request", "mark"):
        by_mark.setdefault(bytes(mark), []).append(reference)
    if not by_mark:
        return {}
    rows = SenderMark.objects.filter(mark__in=list(by_mark)).order_by("-id")
    rows = rows.exclude(request__in=[one for owners in by_mark.values() for one in owners])
    found: dict[str, dict[str, None]] = {}
    for other, mark in rows.values_list("request", "mark")[:limit]:
        for reference in by_mark[bytes(mark)]:
            found.setdefault(reference, {})[other] = None
    return {reference: list(others) for reference, others in found.items()}
