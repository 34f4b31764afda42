"""Taking events in for each subscription, and sending them, in the order of each case.

Every subscription has a cursor and a queue of its own, so a receiver that is slow or down holds up
nobody else. What waits is rows, at most `MOST_WAITING` a subscription: the log itself is the rest
of the queue. A worker claims a subscription for a while; one that is killed leaves its claim to run
out, and what it was sending goes out again under the same id.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from dandang.ledger.queries import follow
from dandang.lifecycle.casework.models import Case
from dandang.notifications.http import TIMEOUT, CallFailed
from dandang.notifications.rules.timing import next_probe, next_try
from dandang.notifications.webhook.cloud_events import Occurrence, write_event
from dandang.notifications.webhook.models import Delivery, DeliveryState, Subscription
from dandang.notifications.webhook.subscriptions import send

MOST_WAITING = 1000
BATCH = 50
"""How many events are sent to one receiver before others get their turn."""

CLAIM = timedelta(seconds=TIMEOUT * (BATCH + 10))
"""How long a claimed subscription is nobody else's: longer than any batch takes."""

_PAGE = 500
_FOR_GOOD = frozenset({f"http_{HTTPStatus.GONE}", "not_written"})
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Worked:
    """What one turn did. All zero means that nothing was due."""

    taken_in: int = 0
    sent: int = 0
    failed: int = 0
    dead: int = 0

    @property
    def is_idle(self) -> bool:
        """Whether there was nothing to do."""
        return not (self.taken_in or self.sent or self.failed or self.dead)


def deliver_once(*, now: datetime, clock: Callable[[], datetime]) -> Worked:
    """Give every subscription whose time has come one turn; say what was done.

    `now` decides what is due; `clock` tells the real time, which receivers compare with theirs.
    """
    worked = Worked()
    # Read once, so that a subscription gets one turn and no more, however many workers there are.
    numbers = _ready(now).order_by("id").values_list("pk", flat=True)
    for number in [*numbers]:
        row = _claim(number, now)
        if row is not None:
            try:
                _take_in(row, now, worked)
                _send_due(row, now, clock, worked)
            finally:
                mine = Subscription.objects.filter(pk=number, claimed_until=row.claimed_until)
                mine.update(claimed_until=None)
    return worked


def _ready(now: datetime) -> QuerySet[Subscription]:
    return Subscription.objects.filter(
        Q(claimed_until=None) | Q(claimed_until__lte=now), Q(next_at=None) | Q(next_at__lte=now)
    )


@transaction.atomic
def _claim(number: int, now: datetime) -> Subscription | None:
    row = _ready(now).select_for_update(skip_locked=True).filter(pk=number).first()
    if row is not None:
        row.claimed_until = now + CLAIM
        row.save(update_fields=["claimed_until"])
    return row


@transaction.atomic
def _take_in(row: Subscription, now: datetime, worked: Worked) -> None:
    """Write down what the log has for a subscription, and the place reached: both or neither."""
    waiting = Delivery.objects.filter(subscription=row, state=DeliveryState.WAITING).count()
    room = min(MOST_WAITING - waiting, _PAGE)
    page = follow(row.idx, limit=room) if room > 0 else []
    if not page:
        return
    wanted = [one for one in page if not row.types or one[1].type in row.types]
    cases = _references({event.stream for _, event in wanted})
    Delivery.objects.bulk_create(
        (
            Delivery(subscription=row, idx=idx, stream=event.stream, next_try_at=now)
            for idx, event in wanted
            if event.stream in cases
        ),
        ignore_conflicts=True,
    )
    row.idx = page[-1][0]
    row.save(update_fields=["idx"])
    worked.taken_in += len(page)


def _send_due(
    row: Subscription, now: datetime, clock: Callable[[], datetime], worked: Worked
) -> None:
    """Send what is due until the batch is done or something fails."""
    for _ in range(BATCH):
        delivery = _heads(row, now).first()
        if delivery is None:
            return
        error = _deliver(row, delivery, clock())
        if error:
            _failed(row, delivery, error, now, worked)
            return
        _delivered(row, delivery, now)
        worked.sent += 1


def _heads(row: Subscription, now: datetime) -> QuerySet[Delivery]:
    """Return what may be sent now, untried ones first: of each case only the first that waits."""
    waiting = Delivery.objects.filter(subscription=row, state=DeliveryState.WAITING)
    before = waiting.filter(stream=OuterRef("stream"), idx__lt=OuterRef("idx"))
    return waiting.filter(~Exists(before), next_try_at__lte=now).order_by("tries", "idx")


def _deliver(row: Subscription, delivery: Delivery, at: datetime) -> str:
    """Send one event; return "" where it was taken, else a code."""
    try:
        body = _body(delivery.idx)
    except Exception as error:  # noqa: BLE001 one event that cannot be written holds up no other
        _log.error("event %s cannot be written: %s", delivery.idx, type(error).__name__)
        return "not_written"
    try:
        answer = send(row, body, now=at)
    except CallFailed as failed:
        return failed.code
    return "" if answer.is_good else f"http_{answer.status}"


def _body(idx: int) -> bytes:
    """Return an event as it is sent: the same bytes at each try."""
    ((_, event),) = follow(idx - 1, limit=1)
    reference = _references({event.stream})[event.stream]
    it = Occurrence(
        index=idx,
        seq=event.seq,
        type=event.type,
        reference=reference,
        occurred_at=event.occurred_at,
        recorded_at=event.at,
        actor=event.actor.kind,
        post=event.post,
        fields=event.fields,
        dues=event.dues,
    )
    return write_event(settings.LEDGER_ORIGIN, it)


def _references(streams: set[bytes]) -> dict[bytes, str]:
    """Return the references of cases by stream; streams of no case are left out. One query."""
    rows = Case.objects.filter(stream__in=streams).values_list("stream", "reference")
    return {bytes(stream): reference for stream, reference in rows}


@transaction.atomic
def _delivered(row: Subscription, delivery: Delivery, now: datetime) -> None:
    delivery.delete()
    Subscription.objects.filter(pk=row.pk).update(
        delivered=F("delivered") + 1,
        delivered_at=now,
        failures=0,
        failing_since=None,
        next_at=None,
        error="",
    )
    row.failures, row.failing_since = 0, None


@transaction.atomic
def _failed(
    row: Subscription, delivery: Delivery, error: str, now: datetime, worked: Worked
) -> None:
    """Try this one again later, or give it up; leave the receiver alone for a while."""
    tries = delivery.tries + 1
    again = None if error in _FOR_GOOD else next_try(now, tries)
    mine = Delivery.objects.filter(pk=delivery.pk)
    if again is None:
        worked.dead += mine.update(tries=tries, error=error, state=DeliveryState.DEAD)
        _log.warning("event %s is given up for webhook %s: %s", delivery.idx, row.pk, error)
    else:
        worked.failed += mine.update(tries=tries, error=error, next_try_at=again)
    row.failures += 1
    Subscription.objects.filter(pk=row.pk).update(
        failures=row.failures,
        failing_since=row.failing_since or now,
        next_at=next_probe(now, row.failures),
        error=error,
    )
