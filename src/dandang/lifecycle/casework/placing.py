"""The indexes of the dispatcher: where placing cases went wrong, and what was joined."""

from django.db import models
from django.db.models import Q

_OF_A_KIND = ["category", "area"]

PLACING = (
    models.Index(fields=[*_OF_A_KIND, "-id"], name="case_similar"),
    models.Index(
        fields=["sent_at"],
        include=_OF_A_KIND,
        condition=Q(routed_by__in=["fallback", "dispatcher"]),
        name="case_placed",
    ),
    models.Index(
        fields=["sent_at"], include=_OF_A_KIND, condition=~Q(returns={}), name="case_came_back"
    ),
    models.Index(fields=["-id"], condition=Q(state="merged"), name="case_joined"),
)
"""Cases of a kind, what a person or the fallback post placed, what came back, what was joined."""
