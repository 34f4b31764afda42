"""Making, finding and revoking the secret addresses of calendars.

The secret stands in the address because calendar programs cannot sign in. It has 192 bits from the
system's random source, only its hash is kept, and it can be revoked at any time (ASVS 5.0 11.5.1,
14.2.1: what must stand in an address is a capability for one thing, reads nothing personal and
ends when its owner says so).
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from dandang.notifications.calendar.models import CalendarAddress
from dandang.organization.models import Account
from dandang.terms import Code, Refusal

MOST = 5
"""How many addresses of one account can be in use: a phone, a computer, a few spare ones."""

_SECRET_BYTES = 24
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Address:
    """One address in use, as its owner sees it: without the secret, which nobody has any more."""

    number: int
    created_at: datetime
    asked_on: date | None


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose deadlines an address shows, and in which language."""

    officer: str
    language: str


@transaction.atomic
def make_address(account: int, *, language: str, now: datetime) -> str:
    """Return the secret of a new address of this account; it is not kept and not shown again.

    `language` counts where the account names none. Refuses `value_invalid` (`too_many`) for one
    more than `MOST` in use.
    """
    owner = Account.objects.select_for_update().get(pk=account)
    if CalendarAddress.objects.filter(account=owner, revoked_at=None).count() >= MOST:
        raise Refusal(Code.VALUE_INVALID, field="address", reason="too_many")
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    CalendarAddress.objects.create(
        account=owner, token_hash=_hash(secret), language=language, created_at=now
    )
    return secret


def addresses_of(account: int) -> list[Address]:
    """Return the addresses of an account that are in use, the newest first."""
    rows = CalendarAddress.objects.filter(account=account, revoked_at=None).order_by("-id")
    return [Address(row.pk, row.created_at, row.asked_on) for row in rows]


def revoke_address(account: int, number: int, *, now: datetime) -> bool:
    """Revoke an address of this account at once; say whether there was one in use."""
    found = CalendarAddress.objects.filter(account=account, pk=number, revoked_at=None)
    return bool(found.update(revoked_at=now))


def reader_of(secret: str, *, now: datetime) -> Reader | None:
    """Return whose deadlines this secret shows; None where it shows none (any more).

    Unknown, revoked, an account that was closed or belongs to no officer: all the same answer.
    The row is found by the hash, so the time it takes says nothing about the secret.
    """
    if len(secret) > _LONGEST:
        return None
    row = (
        CalendarAddress.objects.select_related("account")
        .filter(token_hash=_hash(secret), revoked_at=None, account__is_active=True)
        .first()
    )
    if row is None or row.account.officer_id is None:
        return None
    if row.asked_on != now.date():  # written once a day, however often a program asks
        CalendarAddress.objects.filter(pk=row.pk).update(asked_on=now.date())
    return Reader(officer=row.account.officer_id, language=row.account.language or row.language)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
