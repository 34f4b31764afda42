"""Messages on their way: to whom, about which event, when, and what became of them."""

from enum import StrEnum

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from typing_extensions import override


class MessageState(StrEnum):
    """What became of a message."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"
    """Given up: it can be sent again by `replay`."""
    STOPPED = "stopped"
    """Its recipient wants no more messages, or is not to be told any more."""


class Message(models.Model):
    """One thing told to one recipient on one channel, about one event of the ledger.

    The three make it unique: whatever is done twice, one message comes of it. `recipient` is a
    staff code or the reference of a request (`officer:W-017`, `requester:7K4M-9Q2X`), `params` hold
    codes, instants and numbers for the words of the template; `error` is a code. Where the
    recipient is reached is looked up when it is sent, and stands nowhere here.

    `due_at` is when it is to go out, `next_try_at` when it is tried next, or until when the worker
    that is sending it has it to itself.
    """

    event_id = models.BigIntegerField()
    recipient = models.CharField(max_length=80)
    channel = models.CharField(max_length=16)
    template = models.CharField(max_length=40)
    reference = models.CharField(max_length=16)
    params = models.JSONField(default=dict)
    urgent = models.BooleanField(default=False)
    happened_at = models.DateTimeField()
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    tries = models.IntegerField(default=0)
    state = models.CharField(max_length=8, default=MessageState.WAITING)
    error = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notifications_message"
        constraints = [
            models.UniqueConstraint(
                fields=["event_id", "recipient", "channel"], name="message_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"], condition=Q(state="waiting"), name="message_due"
            ),
            # No more than this: with a time in it, it would be taken for the one above.
            models.Index(
                fields=["recipient"], condition=Q(state="waiting"), name="message_waiting"
            ),
            models.Index(
                fields=["recipient", "created_at"],
                include=["channel", "urgent"],
                name="message_recent",
            ),
            BrinIndex(fields=["created_at"], name="message_old"),
            models.Index(fields=["channel", "id"], condition=Q(state="dead"), name="message_dead"),
            models.Index(
                fields=["recipient", "-id"], condition=Q(channel="inbox"), name="message_inbox"
            ),
            models.Index(
                fields=["recipient"],
                condition=Q(channel="inbox", read_at=None),
                name="message_unread",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.template} to {self.recipient} by {self.channel}"


class ChannelState(models.Model):
    """A channel whose server does not answer: everything waits until it is tried again."""

    name = models.CharField(max_length=16, primary_key=True)
    failures = models.IntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "notifications_channel"

    @override
    def __str__(self) -> str:
        return f"{self.name}: {self.error or 'up'}"
