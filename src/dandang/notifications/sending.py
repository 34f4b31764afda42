"""Sending what is due, by each channel in its own way, until it has arrived or is given up.

A batch is claimed for a while in one short transaction (`FOR UPDATE SKIP LOCKED`), sent outside of
any, and each message is recorded at once. A worker that is killed meanwhile leaves its claim to run
out: the message goes out again, under the same id. So every message arrives at least once, and
whoever gets it twice can see that it is the same one.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from dandang.notifications.channels import (
    ON_PAGE,
    Outage,
    Outgoing,
    Refused,
    channel,
    channels_in_use,
)
from dandang.notifications.contacts import Reached, reached
from dandang.notifications.falling_back import fall_back
from dandang.notifications.models import ChannelState, Message, MessageState
from dandang.notifications.rules.notices import Kind, Recipient
from dandang.notifications.rules.timing import next_probe, next_try
from dandang.notifications.writing import Writer

_log = logging.getLogger(__name__)

CLAIM = timedelta(minutes=15)
"""How long a claimed message is nobody else's. Longer than any batch takes."""

_NO_ADDRESS = "no_address"
_DIGEST = 200
_DIGESTS = 1000


@dataclass(slots=True)
class Delivered:
    """What became of one batch, in messages."""

    sent: int = 0
    failed: int = 0
    dead: int = 0
    waiting: int = 0

    @property
    def claimed(self) -> int:
        """How many were claimed; 0 means that nothing was due."""
        return self.sent + self.failed + self.dead + self.waiting


@dataclass(frozen=True, slots=True)
class _Parcel:
    """What goes out as one: a message, or several to an officer as a digest."""

    messages: tuple[Message, ...]

    @property
    def first(self) -> Message:
        return self.messages[0]

    @property
    def ids(self) -> list[int]:
        return [one.pk for one in self.messages]


@dataclass(slots=True)
class _Batch:
    """What one call has claimed. `was` is when each message was to be tried, by key."""

    now: datetime
    messages: list[Message]
    was: dict[int, datetime]
    people: dict[Recipient, Reached]
    done: Delivered = field(default_factory=Delivered)


def deliver_once(*, now: datetime, limit: int = 50) -> Delivered:
    """Send at most about `limit` messages that are due (`now` is aware); say what became of them.

    Many messages to one officer go out as one. A channel whose server is down is left alone until
    it is its time to be tried again, and nothing on it counts as a failed try.
    """
    batch = _claim(now, limit)
    if not batch.messages:
        return batch.done
    writer = Writer()
    for name, parcels in _by_channel(batch.messages).items():
        _deliver(name, parcels, writer, batch)
    return batch.done


def _claim(now: datetime, limit: int) -> _Batch:
    down = ChannelState.objects.filter(next_try_at__gt=now).values_list("name", flat=True)
    rest = {ON_PAGE, *down}
    names = [one.name for one in channels_in_use() if one.name not in rest]
    due = Message.objects.select_for_update(skip_locked=True).filter(
        state=MessageState.WAITING, next_try_at__lte=now, channel__in=names
    )
    with transaction.atomic():
        messages = list(due.order_by("next_try_at", "id")[:limit])
        ids = {one.pk for one in messages}
        crowds = {(one.recipient, one.channel) for one in messages if _can_be_digested(one)}
        if crowds:
            more = (
                due.filter(
                    recipient__in={recipient for recipient, _ in crowds},
                    channel__in={name for _, name in crowds},
                    urgent=False,
                )
                .exclude(pk__in=ids)
                .order_by("next_try_at", "id")[:_DIGESTS]
            )
            messages += [one for one in more if (one.recipient, one.channel) in crowds]
        was = {one.pk: one.next_try_at for one in messages}
        Message.objects.filter(pk__in=was).update(tries=F("tries") + 1, next_try_at=now + CLAIM)
    people = reached(Recipient.parse(one.recipient) for one in messages)
    return _Batch(now, messages, was, people)


def _can_be_digested(message: Message) -> bool:
    return not message.urgent and Recipient.parse(message.recipient).kind is Kind.OFFICER


def _by_channel(messages: Sequence[Message]) -> dict[str, list[_Parcel]]:
    """Return what goes out on each channel, in order; crowds to one officer become digests."""
    crowds: dict[tuple[str, str], list[Message]] = defaultdict(list)
    for one in messages:
        if _can_be_digested(one):
            crowds[one.recipient, one.channel].append(one)
    parcels: dict[str, list[_Parcel]] = defaultdict(list)
    gone: set[int] = set()
    for one in messages:
        if one.pk in gone:
            continue
        crowd = crowds.get((one.recipient, one.channel), []) if _can_be_digested(one) else []
        together = crowd[:_DIGEST] if len(crowd) > settings.MESSAGE_HOURS.digest_after else [one]
        del crowd[: len(together)]
        gone.update(each.pk for each in together)
        parcels[one.channel].append(_Parcel(tuple(together)))
    return parcels


def _deliver(name: str, parcels: Sequence[_Parcel], writer: Writer, batch: _Batch) -> None:
    """Send what goes out on one channel; what an outage leaves over waits as it was."""
    left = iter(parcels)
    try:
        with channel(name).opened() as send:
            for parcel in left:
                try:
                    send(_outgoing(parcel, writer, batch))
                except Outage:
                    left = iter([parcel, *left])
                    raise
                except Refused as refusal:
                    _refused(parcel, refusal, batch)
                else:
                    _sent(parcel, name, batch)
    except Outage as outage:
        _postpone(name, outage, list(left), batch)


def _outgoing(parcel: _Parcel, writer: Writer, batch: _Batch) -> Outgoing:
    first = parcel.first
    person = batch.people[Recipient.parse(first.recipient)]
    address = channel(first.channel).address_of(person.contact)
    if not address:
        raise Refused(_NO_ADDRESS, for_good=True)
    return writer.outgoing(parcel.messages, address, person.language, now=batch.now)


def _sent(parcel: _Parcel, name: str, batch: _Batch) -> None:
    _ours(parcel, batch).update(state=MessageState.SENT, sent_at=batch.now, error="")
    ChannelState.objects.filter(name=name).exclude(failures=0).update(
        failures=0, next_try_at=None, error=""
    )
    batch.done.sent += len(parcel.messages)


def _refused(parcel: _Parcel, refusal: Refused, batch: _Batch) -> None:
    """Try again later, or give up: another channel of the same person is tried then."""
    for one in parcel.messages:
        again = None if refusal.for_good else next_try(batch.now, one.tries + 1)
        mine = _ours(_Parcel((one,)), batch)
        if again is not None:
            batch.done.failed += mine.update(next_try_at=again, error=refusal.code)
            continue
        recipient = Recipient.parse(one.recipient)
        if refusal.code == _NO_ADDRESS and recipient.kind is Kind.REQUESTER:
            # The contact was changed or erased since: nothing is wrong with the channel.
            batch.done.dead += mine.update(state=MessageState.STOPPED, error=refusal.code)
        else:
            batch.done.dead += mine.update(state=MessageState.DEAD, error=refusal.code)
            _log.warning("message %s is given up: %s", one.pk, refusal.code)
        fall_back(one, batch.people[recipient], batch.now)


def _postpone(name: str, outage: Outage, left: Sequence[_Parcel], batch: _Batch) -> None:
    """Leave everything as it was before, and the channel alone for a while."""
    with transaction.atomic():
        state, _ = ChannelState.objects.select_for_update().get_or_create(name=name)
        state.failures += 1
        state.next_try_at = next_probe(batch.now, state.failures)
        state.error = outage.code
        state.save()
        for one in _all(left):
            batch.done.waiting += _ours(_Parcel((one,)), batch).update(
                next_try_at=batch.was[one.pk], tries=F("tries") - 1
            )
    _log.warning("the channel %s is down: %s", name, outage.code)


def _all(parcels: Iterable[_Parcel]) -> Iterator[Message]:
    for parcel in parcels:
        yield from parcel.messages


def _ours(parcel: _Parcel, batch: _Batch) -> QuerySet[Message]:
    """Return the rows as long as the claim on them is still ours."""
    return Message.objects.filter(
        pk__in=parcel.ids, state=MessageState.WAITING, next_try_at=batch.now + CLAIM
    )
