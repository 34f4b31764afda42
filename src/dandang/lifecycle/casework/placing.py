"""The indexes by which it is found where placing cases went wrong: gaps of the register."""

from django.db import models
from django.db.models import Q

_OF_A_KIND = ["category", "area"]

PLACING = (
    models.Index(
        fields=["sent_at"],
        include=_OF_A_KIND,
        condition=Q(routed_by__in=["fallback", "dispatcher"]),
        name="case_placed",
    ),
    models.Index(
        fields=["sent_at"], include=_OF_A_KIND, condition=~Q(returns={}), name="case_came_back"
    ),
)
"""What a person or the fallback post placed, and what came back."""
