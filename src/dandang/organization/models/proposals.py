"""How proposals are kept, to amend the register of duties or to put a policy into force."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from typing_extensions import override


class DutyProposal(models.Model):
    """A proposal to add, change or end a duty; undecided ones have no `verdict`.

    `change` and `verdict` are words of `organization.proposals`. `duty` tells the duty that is to
    be changed or ended (as `files.writing.code_of` does), "" for a new one. `category` to `basis`
    are the line as it shall be, `starts` the day from which. `cases` are references of those that
    show why. Officers are staff codes.
    """

    change = models.CharField(max_length=10)
    duty = models.TextField(blank=True)
    category = models.TextField(blank=True)
    area = models.TextField(blank=True)
    unit = models.TextField(blank=True)
    post = models.TextField(blank=True)
    type = models.CharField(max_length=20, blank=True)
    basis = models.TextField(blank=True)
    starts = models.DateField()
    why = models.TextField()
    cases = ArrayField(models.CharField(max_length=16), default=list)
    proposed_by = models.TextField()
    proposed_post = models.TextField()
    proposed_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, blank=True, default="")
    decided_by = models.TextField(blank=True, default="")
    decided_post = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    reply = models.TextField(blank=True, default="")

    class Meta:
        db_table = "organization_duty_proposal"
        indexes = [
            models.Index(
                fields=["-id"], condition=Q(verdict=""), name="organization_proposal_open"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"proposal {self.pk}"


class PolicyProposal(models.Model):
    """A policy that somebody proposed to put into force; undecided ones have no `verdict`.

    `hash`, `name`, `version` and `text` are as in `AdoptedPolicy`; `verdict` is a word of
    `organization.proposals`, or `withdrawn`. Officers are staff codes.
    """

    hash = models.TextField()
    name = models.TextField()
    version = models.IntegerField()
    text = models.TextField()
    why = models.TextField()
    proposed_by = models.TextField()
    proposed_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, blank=True, default="")
    decided_by = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    reply = models.TextField(blank=True, default="")

    class Meta:
        db_table = "organization_policy_proposal"
        constraints = [
            # One at a time: whoever decides decides about what is in force then.
            models.UniqueConstraint(
                fields=["verdict"], condition=Q(verdict=""), name="organization_one_open_policy"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"proposal {self.pk}: {self.name} {self.version}"
