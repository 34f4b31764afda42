"""How subscriptions are kept, and the deliveries that have not arrived yet."""

from enum import StrEnum

from django.db import models
from django.db.models import Q
from typing_extensions import override


class DeliveryState(StrEnum):
    """What became of a delivery that did not arrive at once. Those that arrived have no row."""

    WAITING = "waiting"
    DEAD = "dead"
    """Given up: it can be sent again by `replay`."""


class Subscription(models.Model):
    """One receiver: an address, the events it wants, and how far the log was read for it.

    `types` are names of events, none for all of them. `secret` signs; it has to be readable and is
    shown once. `secret_before` signs, too, until `before_until`, while the receiver changes over.
    `idx` is the index of the last event taken in for it. While `failures` is not 0 nothing is sent
    before `next_at`; `claimed_until` keeps other workers away from it.
    """

    url = models.CharField(max_length=500)
    types = models.JSONField(default=list)
    secret = models.CharField(max_length=100)
    secret_before = models.CharField(max_length=100, blank=True)
    before_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    idx = models.BigIntegerField()
    delivered = models.BigIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)
    failures = models.IntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=40, blank=True)
    claimed_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "webhook_subscription"

    @override
    def __str__(self) -> str:
        return f"webhook {self.pk}"


class Delivery(models.Model):
    """One event on its way to one receiver: `idx` is its index in the log, which is its id.

    `stream` is the case's: what comes later in a case waits for what came before.
    """

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="deliveries")
    idx = models.BigIntegerField()
    stream = models.BinaryField()
    tries = models.IntegerField(default=0)
    next_try_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=DeliveryState.WAITING)
    error = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "webhook_delivery"
        constraints = [
            models.UniqueConstraint(fields=["subscription", "idx"], name="webhook_once"),
        ]
        indexes = [
            models.Index(
                fields=["subscription", "stream", "idx"],
                condition=Q(state=DeliveryState.WAITING),
                name="webhook_waiting",
            ),
            models.Index(
                fields=["subscription", "idx"],
                condition=Q(state=DeliveryState.DEAD),
                name="webhook_dead",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"event {self.idx} for {self.subscription_id}"
