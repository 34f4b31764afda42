"""Where officers are reached, and which requesters want no messages. Erasable at any time."""

from django.db import models
from typing_extensions import override


class Address(models.Model):
    """Where an officer is reached on a channel. The address of a workplace is personal, too.

    `language` is "" where the body's own is meant.
    """

    officer = models.CharField(max_length=64)
    channel = models.CharField(max_length=16)
    address = models.CharField(max_length=320)
    language = models.CharField(max_length=16, blank=True)

    class Meta:
        db_table = "notifications_address"
        constraints = [models.UniqueConstraint(fields=["officer", "channel"], name="address_once")]

    @override
    def __str__(self) -> str:
        return f"{self.officer} on {self.channel}"


class Stop(models.Model):
    """The sender of a request wants no more messages: on one channel, or ("") on any."""

    reference = models.CharField(max_length=16)
    channel = models.CharField(max_length=16, blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "notifications_stop"
        constraints = [models.UniqueConstraint(fields=["reference", "channel"], name="stop_once")]

    @override
    def __str__(self) -> str:
        return f"{self.reference} on {self.channel or 'every channel'}"
