"""What waits for a deciding office, as a condition, and the index that stands on it."""

from django.db import models
from django.db.models import Q

from dandang.lifecycle.casework.rules.particulars import Wanted as Asking
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.states import Outcome, State

UNDECIDED = (
    Q(state=State.DISPUTED.value, ended_at=None)
    | (Q(state=State.PROPOSED.value, ended_at=None) & ~Q(outcome=Outcome.RESOLVED.value))
    | Q(particulars__has_key="asked")
)
"""Disputes, proposals to explain or decline, and whatever was asked for, also of ended cases."""


def is_undecided(case: CaseState) -> bool:
    """Say the same of a case that is at hand."""
    is_proposed = case.state is State.PROPOSED and case.outcome is not Outcome.RESOLVED
    return case.asked is not None or case.state is State.DISPUTED or is_proposed


SUPPORT_ASKED = ~Q(particulars={}) & Q(
    particulars__contains={"asked": {"what": Asking.SUPPORT.value}}
)
"""That a holder asked for what a case needs that stands still."""

ASKING_TO_LOOK = (
    ~Q(particulars={})
    & Q(particulars__contains={"unmaskings": [{"waits": True}]})
    & ~Q(state=State.MERGED.value)
)
"""That an officer waits to be allowed to see a contact; not in a case that went on in another."""

UNDECIDED_FIRST = (
    models.Index(
        fields=["due_at", "id"], condition=UNDECIDED | ASKING_TO_LOOK, name="case_undecided"
    ),
    models.Index(fields=["due_at", "id"], condition=UNDECIDED, name="case_to_decide"),
)
"""For offices that let others look at contacts, and for those that do not: each counts its list in
the index alone, which it can only where the index holds that list and nothing else."""
