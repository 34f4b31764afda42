"""Writing what happened: ledger events and rows together. The only writer of cases."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from dandang.ledger.append import append, begin
from dandang.ledger.chain import STREAM_BYTES
from dandang.lifecycle.casework.actions.files import keep_files
from dandang.lifecycle.casework.actions.precedents import keep_precedents
from dandang.lifecycle.casework.actions.promises import keep_promises
from dandang.lifecycle.casework.files.prepared import PreparedFile
from dandang.lifecycle.casework.models import Case, Clock, Request, clock_rows
from dandang.lifecycle.casework.rules.state import CaseState, RequestState
from dandang.terms import Recorded, new_reference


@dataclass(frozen=True, slots=True)
class NewRequest:
    """The row of a request that just came in, apart from its state."""

    reference: str
    access_hash: bytes | None = None
    submission: str | None = None
    source: str | None = None
    source_id: str | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """A case as its first events make it, not yet written, with the row of its first request.

    `stream` is drawn where it is not given. `titled_by` is the ledger row that holds its title,
    where that is not its own.
    """

    state: CaseState
    records: Sequence[Recorded]
    request: NewRequest
    stream: bytes | None = None
    titled_by: int | None = None
    files: Sequence[PreparedFile] = ()


def create(openings: Sequence[Opening]) -> None:
    """Write new cases with their requests, clocks and first events. Needs a transaction.

    Four statements, whatever the number. Raises IntegrityError when a request is here already.
    """
    streams = [
        (opening.stream or secrets.token_bytes(STREAM_BYTES), opening.records)
        for opening in openings
    ]
    appended = begin(streams, now=timezone.now())
    cases = []
    for opening, (stream, _), (first, *_) in zip(openings, streams, appended, strict=True):
        reference = opening.request.reference
        titled_by = opening.titled_by or first.event_id
        case = Case(stream=stream, reference=reference, opening_event=titled_by)
        case.take_over(opening.state)
        cases.append(case)
    Case.objects.bulk_create(cases)
    opened = list(zip(cases, openings, strict=True))
    for (case, opening), written in zip(opened, appended, strict=True):
        keep_files(case, opening.files, opening.records, written)
    Request.objects.bulk_create(
        [
            _request_row(case, opening.state.requests[-1], opening.request)
            for case, opening in opened
        ]
    )
    Clock.objects.bulk_create(
        [
            row
            for case, opening in opened
            for row in clock_rows(case, list(opening.state.clocks.values()))
        ]
    )


def _request_row(case: Case, state: RequestState, new: NewRequest) -> Request:
    row = Request(
        case=case,
        number=state.number,
        reference=new.reference,
        access_hash=new.access_hash,
        submission=new.submission,
        source=new.source,
        source_id=new.source_id,
    )
    row.take_over(state)
    return row


def update(  # noqa: PLR0913 all that one act brings to a case
    case: Case,
    requests: Sequence[Request],
    before: CaseState,
    after: CaseState,
    records: Sequence[Recorded],
    new_request: NewRequest | None = None,
    *,
    files: Sequence[PreparedFile] = (),
) -> None:
    """Write events and the rows they change. The case row is locked by this transaction.

    `new_request` is the row of a request that was attached here; those that come from another
    case get a reference of their own, which nobody is told: their senders keep the old one.
    `files` are those that one of the events names. Refuses the codes of `keep_files`.
    """
    appended = append(bytes(case.stream), records, now=timezone.now())
    keep_precedents(case, before, records, appended)
    keep_promises(case, before, after, records, appended)
    keep_files(case, files, records, appended)
    case.save(update_fields=case.take_over(after))
    _update_requests(case, requests, after, new_request)
    _update_clocks(case, before, after)


def keep_access(request: Request, access_hash: bytes) -> None:
    """Keep the hash of another access code of a request. Its case is locked by this transaction."""
    Request.objects.filter(pk=request.pk).update(access_hash=access_hash)


def _update_requests(
    case: Case, requests: Sequence[Request], after: CaseState, new: NewRequest | None
) -> None:
    states = {one.number: one for one in after.requests}
    changed = [row for row in requests if row.take_over(states.pop(row.number))]
    if changed:
        columns = ["sent_at", "reachable", "verdict", "judged_at", "withdrawn", "moved"]
        columns += ["stars", "rated_at", "holds"]
        Request.objects.bulk_update(changed, columns)
    Request.objects.bulk_create(
        [
            _request_row(case, state, new or NewRequest(reference=new_reference()))
            for state in states.values()
        ]
    )


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
            update_fields=["due_at", "provisional", "paused", "missed", "aside"],
        )
