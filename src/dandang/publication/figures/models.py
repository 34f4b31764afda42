"""How the figures are kept: what each case contributes, and its sums. All of it can be rebuilt.

Everything belongs to a build, so that a new one is made beside the one that is read.
"""

from django.db import models
from django.db.models import Q
from typing_extensions import override


class Build(models.Model):
    """One counting of all cases. While it is `filling`, another one is `current`.

    `idx` is the index of the last event dealt with, `place` the last row of cases gone through
    while it was filled, None when all were. `ground` is the fingerprint of what the counting
    rests on (`rules.ground`). `changes` counts how often cells were written, `shown` is what it
    was when they were made fit to be shown; `at` is of when those figures are, None before there
    are any.
    """

    CURRENT, FILLING, OLD = "current", "filling", "old"

    state = models.CharField(max_length=8)
    idx = models.BigIntegerField(default=-1)
    place = models.BigIntegerField(null=True, default=0)
    ground = models.CharField(max_length=64)
    changes = models.BigIntegerField(default=0)
    shown = models.BigIntegerField(default=0)
    at = models.DateTimeField(null=True)

    class Meta:
        db_table = "figures_build"
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=~Q(state="old"), name="figures_build_state"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.id} {self.state} at {self.idx}"


class CaseFigures(models.Model):
    """What one case contributes to a build, and what of its past that depends on.

    `counted` is the contribution as it was added to the cells, so that exactly this can be taken
    away. It has no index on it and no foreign key: it is written with every event.
    """

    pk = models.CompositePrimaryKey("build", "stream")
    build = models.BigIntegerField()
    stream = models.BinaryField()
    seq = models.IntegerField()
    response_due_at = models.DateTimeField(null=True)
    reopened = models.BooleanField()
    relapsed = models.BooleanField()
    until = models.DateTimeField(null=True)
    counted = models.JSONField()

    class Meta:
        db_table = "figures_case"
        indexes = [
            models.Index(
                fields=["build", "until"],
                condition=Q(until__isnull=False),
                name="figures_case_until",
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.stream.hex()


class Cell(models.Model):
    """The counters of one slice and one period: as counted, and as shown.

    In `shown` totals stand beside the counters, and null for what is too small. `waits` are
    [by, code, cases, half, most] as shown.
    """

    pk = models.CompositePrimaryKey("build", "dimension", "period", "value")
    build = models.BigIntegerField()
    dimension = models.CharField(max_length=8)
    period = models.CharField(max_length=10)
    value = models.CharField(max_length=64)
    counted = models.JSONField()
    shown = models.JSONField(default=dict)
    waits = models.JSONField(default=list)

    class Meta:
        db_table = "figures_cell"

    @override
    def __str__(self) -> str:
        return f"{self.dimension} {self.value} {self.period}"
