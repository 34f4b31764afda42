"""Sending one-time codes, by mail or text message, to whatever contact there is at this moment.

A code goes out whatever the hour and whether messages were stopped or not: somebody has just asked
for it. Where the request is not there or nobody can be reached, it ends here, in silence.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from dandang.lifecycle.casework.models import Request
from dandang.notifications.access.codes import BY, LASTS, code_of
from dandang.notifications.access.models import OneTimeCode
from dandang.notifications.channels import (
    Channel,
    Contact,
    Outage,
    Outgoing,
    Refused,
    ready_channels,
)
from dandang.notifications.contacts import reached
from dandang.notifications.rendering import names_now, spoken
from dandang.notifications.rules.notices import Kind, Recipient
from dandang.notifications.words import CODE_SHORT, CODE_SUBJECT, CODE_TEXT

_log = logging.getLogger(__name__)
_AGAIN = timedelta(minutes=1)
_MINUTES = int(LASTS.total_seconds()) // 60


def send_codes(*, now: datetime, limit: int = 20) -> int:
    """Send the codes that were asked for; return how many were dealt with. `now` is aware."""
    rows = _claim(now, limit)
    if not rows:
        return 0
    known = set(
        Request.objects.filter(reference__in={row.reference for row in rows}).values_list(
            "reference", flat=True
        )
    )
    people = reached(Recipient(Kind.REQUESTER, reference) for reference in known)
    channels = [channel for channel in ready_channels() if channel.name in BY]
    for row in rows:
        person = people.get(Recipient(Kind.REQUESTER, row.reference))
        if person is None or _send(row, person.contact, channels):
            OneTimeCode.objects.filter(pk=row.pk).update(next_try_at=None)
    return len(rows)


def _claim(now: datetime, limit: int) -> list[OneTimeCode]:
    """Return codes to send, which are nobody else's for a minute; those too old are left alone."""
    due = OneTimeCode.objects.select_for_update(skip_locked=True).filter(
        next_try_at__lte=now, created_at__gt=now - LASTS
    )
    with transaction.atomic():
        rows = list(due.order_by("next_try_at", "id")[:limit])
        OneTimeCode.objects.filter(pk__in=[row.pk for row in rows]).update(next_try_at=now + _AGAIN)
    return rows


def _send(row: OneTimeCode, contact: Contact, channels: Sequence[Channel]) -> bool:
    """Send a code by the first channel that takes it; say whether no more is to be tried."""
    is_over = True
    for channel in channels:
        address = channel.address_of(contact)
        if not address:
            continue
        try:
            with channel.opened() as send:
                send(_outgoing(row, address))
        except Outage as outage:
            _log.warning("a one-time code waits for the channel %s: %s", channel.name, outage.code)
            return False
        except Refused as refusal:
            _log.warning("the channel %s takes no one-time code: %s", channel.name, refusal.code)
            is_over = is_over and refusal.for_good
            continue
        return True
    return is_over


def _outgoing(row: OneTimeCode, address: str) -> Outgoing:
    code = code_of(row.reference, bytes(row.nonce))
    half = len(code) // 2
    with spoken(""):
        body = names_now().body()
        values = {
            "reference": row.reference,
            "code": f"{code[:half]} {code[half:]}",
            "minutes": _MINUTES,
            "body": body,
        }
        return Outgoing(
            message_id=f"code-{row.pk}",
            address=address,
            language=settings.LANGUAGE_CODE,
            subject=str(CODE_SUBJECT) % values,
            text=f"{str(CODE_TEXT) % values}\n\n-- \n{body}",
            short=str(CODE_SHORT) % values,
            template="one_time_code",
            reference=row.reference,
            kind=Kind.REQUESTER,
        )
