"""Writing what happened: ledger events and rows together. The only writer of cases."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from dandang.ledger.append import append
from dandang.lifecycle.casework.models import Case, Clock, Request, clock_rows
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.terms import Recorded


@dataclass(frozen=True, slots=True)
class NewRequest:
    """The row of a request that just came in, apart from its state."""

    reference: str
    access_hash: bytes | None = None
    submission: str | None = None
    source: str | None = None
    source_id: str | None = None


def create(state: CaseState, records: Sequence[Recorded], request: NewRequest) -> Case:
    """Write a new case, its request, its clocks and its first events. Needs a transaction."""
    stream = secrets.token_bytes(16)
    appended = append(stream, records, now=timezone.now())
    case = Case(stream=stream, reference=request.reference, opening_event=appended[0].event_id)
    case.take_over(state)
    case.save(force_insert=True)
    add_request(case, state, request)
    Clock.objects.bulk_create(clock_rows(case, list(state.clocks.values())))
    return case


def add_request(case: Case, state: CaseState, new: NewRequest) -> Request:
    """Write the row of the newest request of a case. Needs a transaction."""
    newest = state.requests[-1]
    row = Request(
        case=case,
        number=newest.number,
        reference=new.reference,
        access_hash=new.access_hash,
        submission=new.submission,
        source=new.source,
        source_id=new.source_id,
        sent_at=newest.sent_at,
        reachable=newest.reachable,
    )
    row.save(force_insert=True)
    return row


def update(
    case: Case,
    requests: Sequence[Request],
    before: CaseState,
    after: CaseState,
    records: Sequence[Recorded],
) -> None:
    """Write events and the rows they change. The case row is locked by this transaction."""
    append(bytes(case.stream), records, now=timezone.now())
    case.take_over(after)
    case.save(force_update=True)
    states = {one.number: one for one in after.requests}
    changed = [row for row in requests if row.take_over(states[row.number])]
    if changed:
        columns = ["sent_at", "reachable", "verdict", "judged_at", "withdrawn"]
        Request.objects.bulk_update(changed, columns)
    _update_clocks(case, before, after)


def _update_clocks(case: Case, before: CaseState, after: CaseState) -> None:
    stopped = before.clocks.keys() - after.clocks.keys()
    if stopped:
        Clock.objects.filter(case=case, name__in=stopped).delete()
    changed = [due for name, due in after.clocks.items() if before.clocks.get(name) != due]
    if changed:
        Clock.objects.bulk_create(
            clock_rows(case, changed),
            update_conflicts=True,
            unique_fields=["case", "name"],
            update_fields=["due_at", "provisional", "paused"],
        )
