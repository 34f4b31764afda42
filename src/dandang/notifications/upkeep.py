"""What people do about messages: stop them, say where officers are reached, read, try again."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from secrets import token_hex

from django.db import transaction

from dandang.lifecycle.casework.models import Request
from dandang.notifications.channels import CHANNELS, ON_PAGE, Contact, Outage, Outgoing, channel
from dandang.notifications.models import Address, Message, MessageState, Stop
from dandang.notifications.rendering import names_now, spoken
from dandang.notifications.rules.notices import Kind, Recipient
from dandang.notifications.words import TEST_SUBJECT, TEST_TEXT
from dandang.organization.queries import directory
from dandang.terms import Code, Refusal, normalise_reference

KEPT = timedelta(days=90)
"""How long messages that are done with are kept."""

_NO_ADDRESS = frozenset({ON_PAGE})


def stop(reference: str, channel_name: str = "", *, now: datetime) -> int:
    """Send the sender of a request no more, on one channel or (with "") on none.

    What waits is stopped, too; return how many messages that were. Their page goes on telling
    them everything. Refuses `not_found`.
    """
    found = _request(reference)
    with transaction.atomic():
        Stop.objects.get_or_create(reference=found, channel=channel_name, defaults={"at": now})
        waiting = Message.objects.filter(
            recipient=str(Recipient(Kind.REQUESTER, found)), state=MessageState.WAITING
        )
        if channel_name:
            waiting = waiting.filter(channel=channel_name)
        return waiting.update(state=MessageState.STOPPED)


def allow(reference: str, channel_name: str = "") -> bool:
    """Take a stop back; say whether there was one. Refuses `not_found`."""
    gone, _ = Stop.objects.filter(reference=_request(reference), channel=channel_name).delete()
    return bool(gone)


def set_address(officer: str, channel_name: str, address: str, *, language: str = "") -> None:
    """Say where an officer is reached on a channel. Refuses `not_found` and `value_invalid`.

    `language` is zh-hans or en, "" for the body's own.
    """
    _officer(officer)
    contact = Contact(addresses={channel_name: address})
    known = channel_name in CHANNELS and channel_name not in _NO_ADDRESS
    found = channel(channel_name).address_of(contact) if known else ""
    if not found:
        raise Refusal(Code.VALUE_INVALID, field="address" if known else "channel")
    Address.objects.update_or_create(
        officer=officer,
        channel=channel_name,
        defaults={"address": found, "language": language},
    )


def remove_address(officer: str, channel_name: str) -> bool:
    """Forget where an officer is reached on a channel; say whether it was known."""
    gone, _ = Address.objects.filter(officer=officer, channel=channel_name).delete()
    return bool(gone)


def addresses(officer: str) -> list[str]:
    """Return the channels on which an officer is reached, without the addresses."""
    rows = Address.objects.filter(officer=officer).order_by("channel")
    return list(rows.values_list("channel", flat=True))


def replay(ids: Sequence[int] = (), *, channel_name: str = "", now: datetime) -> int:
    """Let messages that were given up be tried again, these or all (of one channel)."""
    rows = Message.objects.filter(state=MessageState.DEAD)
    if ids:
        rows = rows.filter(pk__in=ids)
    if channel_name:
        rows = rows.filter(channel=channel_name)
    return rows.update(state=MessageState.WAITING, tries=0, error="", next_try_at=now)


def mark_read(officer: str, *, up_to: int, now: datetime) -> int:
    """Mark an officer's own messages up to this number as read; return how many they were."""
    rows = Message.objects.filter(
        recipient=str(Recipient(Kind.OFFICER, officer)), channel=ON_PAGE, read_at=None
    )
    return rows.filter(pk__lte=up_to).update(read_at=now)


def send_test(channel_name: str, address: str, *, language: str = "") -> None:
    """Send one message to an address, to find out whether a channel works.

    Raises `channels.Outage` or `channels.Refused`, InputError for faults in its file, and KeyError
    for a channel that is not there. Refuses `value_invalid` for an address the channel cannot use.
    """
    found = channel(channel_name)
    found.check()
    if not found.is_ready():
        raise Outage("not_set_up")
    usable = found.address_of(Contact(addresses={channel_name: address}))
    if not usable:
        raise Refusal(Code.VALUE_INVALID, field="address")
    with spoken(language):
        body = names_now().body()
        outgoing = Outgoing(
            message_id=f"test-{token_hex(8)}",
            address=usable,
            language=language,
            subject=str(TEST_SUBJECT),
            text=f"{TEST_TEXT}\n\n-- \n{body}",
            short=str(TEST_TEXT),
            template="test",
            reference="",
            kind=Kind.OFFICER,
        )
    with found.opened() as send:
        send(outgoing)


def prune(*, now: datetime, limit: int = 5000) -> int:
    """Delete messages that were done with long ago, at most so many; return how many.

    The follower's place lies behind their events, so they do not come again.
    """
    done = (MessageState.SENT, MessageState.STOPPED)
    old = Message.objects.filter(state__in=done, created_at__lt=now - KEPT)[:limit]
    gone, _ = Message.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
    return gone


def _request(reference: str) -> str:
    found = normalise_reference(reference)
    if not Request.objects.filter(reference=found).exists():
        raise Refusal(Code.NOT_FOUND)
    return found


def _officer(code: str) -> None:
    if code not in directory().officers:
        raise Refusal(Code.NOT_FOUND)
