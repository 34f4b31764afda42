"""Marks by which the requests of one sender are known to belong together, without saying whose.

A mark is a keyed hash (HMAC-SHA256) of a phone number, an e-mail address or a name; its key comes
from the secret of the installation. Who has the rows alone cannot try out numbers or names. Names
are kept apart: people of one name are not one sender.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from django.utils.crypto import salted_hmac

from dandang.lifecycle.intake.models import NameMark, SenderMark
from dandang.lifecycle.intake.rules import Contact

_SALT = "dandang.sender"
_SPACING = re.compile(r"[\s().\-–—·/]+")
_OF_CHINA = re.compile(r"(?:\+86|0086)(?=[1-9])")


def marks_of(phone: str, email: str) -> tuple[bytes, ...]:
    """Return the marks of a contact, however it is spelled: one for each way, none for none."""
    number = _OF_CHINA.sub("", _SPACING.sub("", unicodedata.normalize("NFKC", phone)), count=1)
    address = unicodedata.normalize("NFKC", email).strip().casefold()
    ways = {"phone": number, "email": address}
    return tuple(_mark(way, value) for way, value in ways.items() if value)


def name_letters(name: str) -> str:
    """Return the letters and digits of a name, by which names are compared.

    Width, case, spaces, hyphens and the many dots in the middle of a name make no difference.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return "".join(one for one in folded if unicodedata.category(one)[0] in "LMN")


def name_mark(name: str) -> bytes | None:
    """Return the mark of a whole name, however it is spelled; None for none."""
    letters = name_letters(name)
    return _mark("name", letters) if letters else None


def keep_marks(contacts: Mapping[str, Contact]) -> None:
    """Keep the marks of the contacts of new requests, by reference. At most two statements."""
    rows = [
        SenderMark(request=reference, mark=mark)
        for reference, contact in contacts.items()
        for mark in marks_of(contact.phone, contact.email)
    ]
    if rows:
        SenderMark.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    names = [
        NameMark(request=reference, mark=mark)
        for reference, contact in contacts.items()
        if (mark := name_mark(contact.name))
    ]
    if names:
        NameMark.objects.bulk_create(names, ignore_conflicts=True, batch_size=1000)


def change_marks(reference: str, contact: Contact) -> None:
    """Let a request have the marks of this contact and no others."""
    forget_marks([reference])
    keep_marks({reference: contact})


def forget_marks(references: Iterable[str]) -> None:
    """Delete the marks of these requests, because their contacts are erased."""
    gone = list(references)
    SenderMark.objects.filter(request__in=gone).delete()
    NameMark.objects.filter(request__in=gone).delete()


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


def _mark(way: str, value: str) -> bytes:
    return salted_hmac(_SALT, f"{way}:{value}", algorithm="sha256").digest()
