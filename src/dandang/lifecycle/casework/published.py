"""What the public is told of cases that nobody moved: unit and age, nothing else."""

from dataclasses import dataclass
from datetime import datetime

from dandang.lifecycle.casework.models import Case

MOST = 50


@dataclass(frozen=True, slots=True)
class PublishedCase:
    """An open case whose ladder came to the step that publishes it. Instants are UTC."""

    unit: str
    sent_at: datetime
    due_at: datetime


def published_cases(now: datetime) -> tuple[list[PublishedCase], int]:
    """Return the published cases that are overdue by now, the longest first, and their number.

    At most `MOST` of them; two queries that the index alone answers.
    """
    wanted = Case.objects.filter(
        ended_at=None, published_at__isnull=False, total_due_at__lt=now
    ).order_by("total_due_at", "id")
    rows = wanted.values_list("holder_unit", "sent_at", "total_due_at")[:MOST]
    found = [PublishedCase(unit, sent, due) for unit, sent, due in rows if due is not None]
    return found, wanted.count()
