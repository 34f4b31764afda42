"""What the rules are told of events and their cases: read in batches, never one by one."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db.models import Prefetch

from dandang.ledger.queries import StoredEvent
from dandang.lifecycle.casework.models import Case, Clock, Request
from dandang.lifecycle.contact.queries import came_in_first
from dandang.lifecycle.states import OPEN, State
from dandang.notifications.rules.notices import CaseFacts, Happened, RequestFacts
from dandang.organization.queries import policy_by_hash

_COLUMNS = (
    *("id", "stream", "reference", "kind", "state", "holder", "holder_unit"),
    *("policy", "case_class", "parent", "set_by", "particulars", "happening_now"),
)


def cases_of(streams: Iterable[bytes]) -> dict[bytes, CaseFacts]:
    """Return the cases of these ledger streams; streams of no case are left out.

    Three queries, and one for each step that requests came from other cases.
    """
    rows = list(
        Case.objects.filter(stream__in=list(set(streams)))
        .only(*_COLUMNS)
        .prefetch_related(Prefetch("requests", Request.objects.order_by("number")), "clocks")
    )
    moved = (one for row in rows for one in row.requests.all() if one.from_case)
    first = came_in_first({one.reference: one for one in moved})
    known = {reference: one.reference for reference, one in first.items()}
    return {bytes(row.stream): _facts(row, known) for row in rows}


def happened(event: StoredEvent) -> Happened:
    """Return an event as the rules know it."""
    return Happened(
        event_id=event.event_id,
        type=event.type,
        fields=event.fields,
        by=event.actor,
        occurred_at=event.occurred_at,
        dues=event.dues,
    )


def _facts(row: Case, known: Mapping[str, str]) -> CaseFacts:
    asked_above = {one["request"] for one in row.particulars.get("asked_above", ())}
    policy = policy_by_hash(row.policy)
    case_class = policy.classes.get(row.case_class)
    ladder = policy.ladders.get(case_class.ladder) if case_class else None
    steps = ladder.steps if ladder else ()
    return CaseFacts(
        reference=row.reference,
        kind=row.kind,
        state=row.state,
        holder=row.holder,
        holder_unit=row.holder_unit,
        is_urgent=row.happening_now or (case_class is not None and case_class.urgent),
        is_part=bool(row.parent),
        is_open=State(row.state) in OPEN,
        requests=tuple(_request(one, known, asked_above) for one in row.requests.all()),
        subject_units=tuple(row.particulars.get("subject_units", ())),
        conflicts=tuple(row.particulars.get("conflicts", ())),
        set_by=row.set_by,
        quiet_steps=frozenset(step.code for step in steps if step.quiet is not None),
        due=_running(row.clocks.all()),
    )


def _request(row: Request, known: Mapping[str, str], asked_above: Collection[int]) -> RequestFacts:
    """Return a request with the reference its sender knows: that under which it came in."""
    return RequestFacts(
        number=row.number,
        reference=known.get(row.reference, row.reference),
        is_active=not row.withdrawn and not row.moved,
        has_judged=bool(row.verdict),
        asked_above=row.number in asked_above,
    )


def _running(clocks: Iterable[Clock]) -> dict[str, datetime]:
    return {clock.name: clock.due_at for clock in clocks if not clock.paused}
