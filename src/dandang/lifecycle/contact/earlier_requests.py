"""What the sender of a request sent before: found by marks, without reading any contact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dandang.lifecycle.casework.models import Case, Request
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.contact.queries import CONTACT, came_in_first, contacts_of
from dandang.lifecycle.intake.rules import Contact
from dandang.lifecycle.intake.senders import forget_marks, keep_marks, of_the_same_sender

MOST = 50
_REQUESTS = 5
_BATCH = 500


@dataclass(frozen=True, slots=True)
class EarlierRequest:
    """An earlier request: its case, without requests and clocks, and when it was sent (UTC)."""

    reference: str
    sent_at: datetime
    case: CaseState


def earlier_requests(stream: bytes) -> Mapping[int, list[EarlierRequest]]:
    """Return what the senders of the first requests of a case sent before, the newest first.

    By the number of the request; those whose senders sent nothing before are left out. At most
    `MOST` requests in all, never those of the case itself. Four queries, more for requests that
    came from other cases.
    """
    here = Request.objects.select_related("case").filter(case__stream=stream, moved=False)
    rows = {row.reference: row for row in here.order_by("number")[:_REQUESTS]}
    came_in = {reference: one.reference for reference, one in came_in_first(rows).items()}
    same = of_the_same_sender(came_in.values(), limit=MOST)
    others = Request.objects.select_related("case").filter(
        reference__in={one for found in same.values() for one in found}
    )
    known = {row.reference: row for row in others.exclude(case__stream=stream)}
    found = {}
    for reference, row in rows.items():
        before = [known[one] for one in same.get(came_in[reference], ()) if one in known]
        before = [one for one in before if one.sent_at < row.sent_at]
        if before:
            found[row.number] = [_earlier(one) for one in before]
    return found


@transaction.atomic
def _mark_anew(references: Sequence[str]) -> None:
    forget_marks(references)
    keep_marks(
        {
            reference: Contact(*(str(one.get(part) or "") for part in CONTACT))
            for reference, one in contacts_of(references).items()
        }
    )


def _earlier(row: Request) -> EarlierRequest:
    case: Case = row.case
    return EarlierRequest(row.reference, row.sent_at, case.facts((), ()))


def mark_everybody() -> int:
    """Compute the marks of all requests anew, and return how many requests there are.

    After an upgrade, or when the installation has another secret: marks made with the old one go.
    In batches, each in turn, so that it can be broken off and begun again.
    """
    done, after = 0, 0
    while batch := list(
        Request.objects.filter(pk__gt=after, from_case="")
        .order_by("pk")
        .values_list("pk", "reference")[:_BATCH]
    ):
        _mark_anew([reference for _, reference in batch])
        done, after = done + len(batch), batch[-1][0]
    return done
