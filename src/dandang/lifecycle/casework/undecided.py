"""What waits for a deciding office, as a condition, and the index that stands on it."""

from django.db import models
from django.db.models import Q

from dandang.lifecycle.states import Outcome, State

UNDECIDED = (
    Q(state=State.DISPUTED.value, ended_at=None)
    | (Q(state=State.PROPOSED.value, ended_at=None) & ~Q(outcome=Outcome.RESOLVED.value))
    | Q(particulars__has_key="asked")
)
"""Disputes, proposals to explain or decline, and whatever was asked for, also of ended cases."""

UNDECIDED_FIRST = (
    models.Index(fields=["due_at", "id"], condition=UNDECIDED, name="case_undecided"),
)
