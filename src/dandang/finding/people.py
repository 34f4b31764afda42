"""The requests of one person, or of all of one name: found by marks, with masked contacts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from dandang.finding.queries import FoundCase, readable
from dandang.finding.rules.people import Way, may_be_told
from dandang.lifecycle.casework.models import Request
from dandang.lifecycle.contact.masking import masked
from dandang.lifecycle.contact.queries import CONTACT, contacts_of
from dandang.lifecycle.intake.models import NameMark, SenderMark
from dandang.lifecycle.intake.senders import marks_of, name_mark
from dandang.terms import Actor

PAGE = 50
_BATCH = 100
_BATCHES = 20
"""So many marks are looked through for one page at most, however few of them may be shown."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What to look for: the keyed digest of a number, an address or a name, and which of them."""

    kind: str
    mark: bytes


@dataclass(frozen=True, slots=True)
class Met:
    """A case with the masked contacts of those of its requests that were looked for."""

    case: FoundCase
    contacts: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class People:
    """One page of what was found. `older` is where the next one begins, None after the last."""

    met: tuple[Met, ...]
    older: int | None


def trace_of(way: Way) -> Trace:
    """Return what is looked for. The way has letters or digits (`rules.people.way_of`)."""
    mark = name_mark(way.name) if way.name else marks_of(way.phone, way.email)[0]
    assert mark is not None
    return Trace(way.kind, mark)


def cases_of(
    trace: Trace, *, by: Actor, now: datetime, after: int | None = None, limit: int = PAGE
) -> People:
    """Return the cases with requests of this person, what was kept last first, a page of them.

    Only those whose requesters this officer may meet: no page is shorter because of the others.
    Exact matches alone, however it is spelled.
    """
    rows = _marks(trace)
    found: dict[int, tuple[int, FoundCase]] = {}
    for _ in range(_BATCHES):
        batch = list(_after(rows, after).values_list("pk", "request")[:_BATCH])
        for place, case in _told(batch, by=by, now=now):
            found.setdefault(case.case_id, (place, case))
        after = batch[-1][0] if len(batch) == _BATCH else None
        if after is None or len(found) > limit:
            break
    page = list(found.values())[:limit]
    older = page[-1][0] if len(found) > limit else after
    return People(tuple(_met(rows, [case for _, case in page])), older)


def _marks(trace: Trace) -> QuerySet[NameMark] | QuerySet[SenderMark]:
    if trace.kind == "name":
        return NameMark.objects.filter(mark=trace.mark).order_by("-id")
    return SenderMark.objects.filter(mark=trace.mark).order_by("-id")


def _after(
    rows: QuerySet[NameMark] | QuerySet[SenderMark], after: int | None
) -> QuerySet[NameMark] | QuerySet[SenderMark]:
    return rows if after is None else rows.filter(pk__lt=after)


def _told(
    batch: Sequence[tuple[int, str]], *, by: Actor, now: datetime
) -> Iterable[tuple[int, FoundCase]]:
    """Yield the cases of these requests that may be shown, with the places of their marks."""
    requests = Request.objects.filter(reference__in=[reference for _, reference in batch])
    cases = dict(requests.values_list("reference", "case_id"))
    numbers = list(dict.fromkeys(cases[one] for _, one in batch if one in cases))
    shown = {one.case_id: one for one in readable(numbers, by=by, now=now, also=may_be_told)}
    for place, reference in batch:
        case = shown.get(cases.get(reference, 0))
        if case is not None:
            yield place, case


def _met(
    rows: QuerySet[NameMark] | QuerySet[SenderMark], cases: Sequence[FoundCase]
) -> Iterable[Met]:
    """Yield cases with the contacts, masked, of their requests that were looked for."""
    requests = Request.objects.filter(case__in=[one.case_id for one in cases]).order_by("number")
    of_case = list(requests.values_list("case_id", "reference"))
    named = rows.filter(request__in=[reference for _, reference in of_case])
    meant = set(named.values_list("request", flat=True))
    contacts = contacts_of(meant)
    for case in cases:
        own = [one for pk, one in of_case if pk == case.case_id and one in meant]
        yield Met(case, tuple(_shown(contacts.get(one, {})) for one in own))


def _shown(contact: Mapping[str, object]) -> tuple[str, ...]:
    values = masked(contact)
    return tuple(str(values[name]) for name in CONTACT if values.get(name))
