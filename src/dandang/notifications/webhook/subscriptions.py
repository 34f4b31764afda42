"""Subscriptions of other systems: made, listed, tried out, changed over, taken back."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q

from dandang.ledger.queries import last_index
from dandang.lifecycle.event_types import EVENT_TYPES
from dandang.notifications.http import Answer, CallFailed, call, split
from dandang.notifications.webhook.cloud_events import CONTENT_TYPE, write_test
from dandang.notifications.webhook.models import Delivery, DeliveryState, Subscription
from dandang.notifications.webhook.signing import HEADER, sign
from dandang.terms import Code, Refusal

OVERLAP = timedelta(days=7)
"""How long the secret before still signs after a rotation."""

LONGEST_URL = 500
_SECRET_BYTES = 32
_PREFIX = "ddwh_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribed:
    """A subscription as operators see it. `secret_ends` are the last letters of its secret."""

    number: int
    url: str
    types: tuple[str, ...]
    secret_ends: str
    is_changing_over: bool
    created_at: datetime
    idx: int
    behind: int
    waiting: int
    dead: int
    delivered: int
    delivered_at: datetime | None
    failing_since: datetime | None
    next_at: datetime | None
    error: str


@dataclass(frozen=True, slots=True)
class Dead:
    """A delivery that was given up: for whom, which event, how often it was tried, and why."""

    number: int
    idx: int
    tries: int
    error: str


def subscribe(
    url: str, types: Iterable[str] = (), *, now: datetime, after: int | None = None
) -> tuple[int, str]:
    """Make a subscription; return its number and its secret, which is shown only now.

    It gets the events after index `after` of the log, from now on where that is None. Refuses
    `value_invalid` for an address that cannot be called (`url`) and for unknown events (`events`).
    """
    wanted = sorted(set(types))
    unknown = [name for name in wanted if name not in EVENT_TYPES]
    if unknown:
        raise Refusal(Code.VALUE_INVALID, field="events", reason=", ".join(unknown))
    try:
        split(url)
    except CallFailed as failed:
        raise Refusal(Code.VALUE_INVALID, field="url", reason=failed.code) from None
    if len(url) > LONGEST_URL:
        raise Refusal(Code.TEXT_TOO_LONG, field="url", limit=LONGEST_URL)
    secret = _new_secret()
    row = Subscription.objects.create(
        url=url,
        types=wanted,
        secret=secret,
        created_at=now,
        idx=last_index() if after is None else max(after, -1),
    )
    return row.pk, secret


def unsubscribe(number: int) -> None:
    """Forget a subscription with everything that waits for it. Refuses `not_found`."""
    found, _ = Subscription.objects.filter(pk=number).delete()
    if not found:
        raise Refusal(Code.NOT_FOUND)


@transaction.atomic
def rotate(number: int, *, now: datetime) -> str:
    """Give a subscription a new secret and return it; the one before signs, too, for a week.

    Refuses `not_found`.
    """
    row = _locked(number)
    row.secret_before, row.before_until = row.secret, now + OVERLAP
    row.secret = _new_secret()
    row.save(update_fields=["secret", "secret_before", "before_until"])
    return row.secret


def try_out(number: int, *, now: datetime) -> Answer:
    """Send a test event at once and return the answer. Refuses `not_found`, raises CallFailed."""
    row = Subscription.objects.filter(pk=number).first()
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    body = write_test(settings.LEDGER_ORIGIN, secrets.token_hex(8), now)
    return send(row, body, now=now)


def send(row: Subscription, body: bytes, *, now: datetime) -> Answer:
    """Send one body, signed now, and return the answer. Raises CallFailed."""
    headers = {"Content-Type": CONTENT_TYPE, HEADER: sign(body, secrets_of(row, now), now)}
    return call(row.url, body, headers=headers)


def secrets_of(row: Subscription, now: datetime) -> Sequence[str]:
    """Return the secrets that sign now: the present one first."""
    changing_over = row.before_until is not None and now < row.before_until
    return (row.secret, row.secret_before) if changing_over else (row.secret,)


def subscriptions(*, now: datetime) -> list[Subscribed]:
    """Return all subscriptions in the order they were made. Two queries."""
    end = last_index()
    rows = Subscription.objects.order_by("id").annotate(
        waiting=Count("deliveries", Q(deliveries__state=DeliveryState.WAITING)),
        dead=Count("deliveries", Q(deliveries__state=DeliveryState.DEAD)),
    )
    return [
        Subscribed(
            number=row.pk,
            url=row.url,
            types=tuple(row.types),
            secret_ends=row.secret[-4:],
            is_changing_over=len(secrets_of(row, now)) > 1,
            created_at=row.created_at,
            idx=row.idx,
            behind=max(end - row.idx, 0),
            waiting=row.waiting,
            dead=row.dead,
            delivered=row.delivered,
            delivered_at=row.delivered_at,
            failing_since=row.failing_since,
            next_at=row.next_at,
            error=row.error,
        )
        for row in rows
    ]


def dead_letters(number: int | None = None, *, limit: int = 50) -> list[Dead]:
    """Return deliveries that were given up, of one subscription or of all, the oldest first."""
    found = Delivery.objects.filter(state=DeliveryState.DEAD)
    if number is not None:
        found = found.filter(subscription=number)
    rows = found.order_by("subscription", "idx")[:limit]
    return [Dead(row.subscription_id, row.idx, row.tries, row.error) for row in rows]


@transaction.atomic
def replay(number: int, indexes: Iterable[int] = (), *, now: datetime) -> int:
    """Let deliveries that were given up be tried again, all or these; return how many.

    They come after what was delivered meanwhile, under the same id. Refuses `not_found`.
    """
    row = _locked(number)
    found = Delivery.objects.filter(subscription=row, state=DeliveryState.DEAD)
    wanted = list(indexes)
    if wanted:
        found = found.filter(idx__in=wanted)
    count = found.update(state=DeliveryState.WAITING, tries=0, next_try_at=now)
    row.next_at = None
    row.save(update_fields=["next_at"])
    return count


def _locked(number: int) -> Subscription:
    row = Subscription.objects.select_for_update().filter(pk=number).first()
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    return row


def _new_secret() -> str:
    return _PREFIX + secrets.token_urlsafe(_SECRET_BYTES)
