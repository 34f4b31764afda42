"""What the cases and the ledger say of what cases are found by: read in batches, as of now."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db.models import Q

from dandang.finding.rules.asking import OPEN_LABEL
from dandang.finding.rules.keys import DEADLINE, FILES, Key, events_in, key, keys, of_instant
from dandang.finding.rules.sight import seen_by
from dandang.finding.rules.texts import EVENTS, FIELDS, SAID, is_internal
from dandang.ledger import base64url
from dandang.ledger.queries import StoredEvent, events_of_each, personal_of
from dandang.lifecycle.casework.models import Case, KeptFile, Request
from dandang.organization.directory import Directory
from dandang.organization.queries import current_policy, directory
from dandang.policy import Policy
from dandang.terms import normalise_reference
from dandang.terms.bigrams import labelled, normal


@dataclass(frozen=True, slots=True)
class Indexed:
    """What one case is found by, as its row holds it (`models.IndexedCase`)."""

    case_id: int
    sent_at: datetime
    due_at: datetime | None
    keys: list[str]
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a case: which event it is of, which field, and what it is (`OF_EVENTS`)."""

    event_id: int
    name: str
    text: str
    kind: Key

    @property
    def is_internal(self) -> bool:
        """Whether it is for the body alone."""
        return self.kind is Key.INTERNAL


@dataclass(frozen=True, slots=True)
class Batch:
    """Some cases with what belongs to them, by the number of the case."""

    requests: Mapping[int, Sequence[Request]]
    texts: Mapping[int, Sequence[Text]]
    kin_units: Mapping[int, frozenset[str]]
    with_files: frozenset[int]


def indexed(cases: Sequence[Case]) -> list[Indexed]:
    """Return what these cases are found by. A fixed number of queries, whatever their number."""
    if not cases:
        return []
    known, policy = directory(), current_policy()
    batch = _batch(cases)
    return [_indexed(case, batch, known, policy) for case in cases]


def with_family(streams: Iterable[bytes]) -> list[Case]:
    """Return the cases of these streams with their parents and parts, which know their holders."""
    own = list(Case.objects.filter(stream__in=list(streams)))
    parents = [base64url.decode(case.parent) for case in own if case.parent]
    roots = [case.root or case.tag for case in own if case.children]
    near = Q(stream__in=parents)
    if roots:
        near |= Q(root__in=roots, parent__in=[case.tag for case in own if case.children])
    if parents or roots:
        found = {case.pk: case for case in (*own, *Case.objects.filter(near))}
        return [found[pk] for pk in sorted(found)]
    return sorted(own, key=lambda case: case.pk)


def kin_units(cases: Sequence[Case]) -> dict[int, frozenset[str]]:
    """Return by which units the parent of each case and its parts are held. At most two queries."""
    parents = {case.pk: base64url.decode(case.parent) for case in cases if case.parent}
    tags = {case.tag: case.pk for case in cases if case.children}
    roots = {case.root or case.tag for case in cases if case.children}
    found: dict[int, set[str]] = defaultdict(set)
    if parents:
        above = Case.objects.filter(stream__in=set(parents.values()))
        units = {bytes(stream): unit for stream, unit in above.values_list("stream", "holder_unit")}
        for pk, stream in parents.items():
            found[pk] |= {units[stream]} if stream in units else set()
    if tags:
        below = Case.objects.filter(root__in=roots, parent__in=set(tags))
        for tag, unit in below.values_list("parent", "holder_unit"):
            found[tags[tag]].add(unit)
    return {pk: frozenset(units) for pk, units in found.items()}


def texts_in(row_keys: Iterable[str], personal: Mapping[int, Mapping[str, object]]) -> list[Text]:
    """Return the texts a row of the index was made of, as far as they are still there."""
    found: list[Text] = []
    for event_id, kind in sorted(events_in(row_keys)):
        values = personal.get(event_id, {})
        names = ("title",) if kind is Key.TITLED else FIELDS
        found += [
            Text(event_id, name, str(values[name]), kind) for name in names if values.get(name)
        ]
    return found


def _batch(cases: Sequence[Case]) -> Batch:
    requests: dict[int, list[Request]] = defaultdict(list)
    for row in Request.objects.filter(case__in=[case.pk for case in cases]).order_by("number"):
        requests[row.case_id].append(row)
    files = KeptFile.objects.filter(case__in=[case.pk for case in cases])
    return Batch(
        requests=requests,
        texts=_texts(cases, requests),
        kin_units=kin_units(cases),
        with_files=frozenset(files.order_by().values_list("case_id", flat=True).distinct()),
    )


def _texts(
    cases: Sequence[Case], requests: Mapping[int, Sequence[Request]]
) -> dict[int, list[Text]]:
    """Return the texts of cases, with those of requests that were written in other cases."""
    own = events_of_each([bytes(case.stream) for case in cases], EVENTS)
    events: dict[bytes, list[StoredEvent]] = defaultdict(list)
    for event in own:
        events[event.stream].append(event)
    elsewhere = _written_elsewhere(requests)
    of_case = {
        case.pk: [*elsewhere.get(case.pk, ()), *events[bytes(case.stream)]] for case in cases
    }
    wanted = {event.event_id for several in of_case.values() for event in several}
    personal = personal_of(sorted(wanted | {case.opening_event for case in cases}), FIELDS)
    return {case.pk: _of_case(case, of_case[case.pk], personal) for case in cases}


def _of_case(
    case: Case, events: Sequence[StoredEvent], personal: Mapping[int, Mapping[str, object]]
) -> list[Text]:
    """Return the texts of a case; one that was made for a requester goes by its parent's title."""
    found = [text for event in events for text in _of_event(event, personal)]
    title = personal.get(case.opening_event, {}).get("title")
    if title and not any(text.name == "title" for text in found):
        found.append(Text(case.opening_event, "title", str(title), Key.TITLED))
    return found


def _of_event(event: StoredEvent, personal: Mapping[int, Mapping[str, object]]) -> Iterator[Text]:
    values = personal.get(event.event_id, {})
    internal = is_internal(event.type, says_so=bool(event.fields.get("internal")))
    kind = Key.INTERNAL if internal else Key.SAID
    for name in FIELDS:
        if values.get(name):
            yield Text(event.event_id, name, str(values[name]), kind)


def _written_elsewhere(
    requests: Mapping[int, Sequence[Request]],
) -> dict[int, list[StoredEvent]]:
    """Return the events with which requests came in elsewhere, before their case was this one.

    One query for each step back: cases that were joined may have been joined before.
    """
    found: dict[int, list[StoredEvent]] = defaultdict(list)
    asked = [
        (pk, base64url.decode(one.from_case), one.from_request)
        for pk, several in requests.items()
        for one in several
        if one.from_case and not one.moved
    ]
    while asked:
        came = _coming({stream for _, stream, _ in asked})
        further = []
        for pk, stream, number in asked:
            event = came.get((stream, number))
            if event is None:
                continue
            found[pk].append(event)
            if event.fields.get("from_case"):
                origin = base64url.decode(str(event.fields["from_case"]))
                further.append((pk, origin, int(str(event.fields["from_request"]))))
            elif event.fields.get("parent_request"):
                origin = base64url.decode(str(event.fields["parent"]))
                further.append((pk, origin, int(str(event.fields["parent_request"]))))
        asked = further
    return found


def _coming(streams: Iterable[bytes]) -> dict[tuple[bytes, int], StoredEvent]:
    events = events_of_each(sorted(streams), sorted(SAID))
    return {(one.stream, int(str(one.fields.get("request", 1)))): one for one in events}


def _indexed(case: Case, batch: Batch, known: Directory, policy: Policy) -> Indexed:
    requests, texts = batch.requests.get(case.pk, ()), batch.texts.get(case.pk, ())
    titles = [one.text for one in texts if one.name == "title"]
    references = [case.reference, *(one.reference for one in requests)]
    names = " \n ".join(_names(case, known, policy))
    parts = [
        *((one.text, OPEN_LABEL) for one in texts if not one.is_internal),
        (" \n ".join(references), OPEN_LABEL),
        (names, OPEN_LABEL),
        *((one.text, "") for one in texts if one.is_internal),
    ]
    due_at = case.due_at if case.ended_at is None else None
    return Indexed(
        case_id=case.pk,
        sent_at=case.sent_at,
        due_at=due_at,
        keys=[*_keys(case, batch), *_reference_keys(case, requests), *_event_keys(texts)],
        title=labelled([(one, OPEN_LABEL) for one in titles]),
        words=labelled(parts),
    )


def _keys(case: Case, batch: Batch) -> list[str]:
    due_at = case.due_at if case.ended_at is None else None
    has = [FILES] if case.pk in batch.with_files else []
    has += [DEADLINE] if due_at else []
    return [
        *seen_by(case.facts((), ()), batch.kin_units.get(case.pk, ())),
        key(Key.HOLDER_UNIT, case.holder_unit),
        key(Key.STATE, case.state),
        *keys(Key.CATEGORY, [case.category] if case.category else []),
        *keys(Key.AREA, [case.area] if case.area else []),
        key(Key.CASE_CLASS, case.case_class),
        key(Key.CHANNEL, case.channel),
        key(Key.KIND, case.kind),
        *keys(Key.HAS, has),
        *of_instant(Key.SENT, case.sent_at),
        *(of_instant(Key.DUE, due_at) if due_at else []),
    ]


def _reference_keys(case: Case, requests: Iterable[Request]) -> list[str]:
    """Return the numbers a case is known by: those of other systems, and its own."""
    own = [case.reference, *(one.reference for one in requests)]
    others = [case.external_ref, *(one.source_id or "" for one in requests)]
    found = [*map(normalise_reference, own), *(folded(one) for one in others if one)]
    return keys(Key.REFERENCE, dict.fromkeys(found))


def folded(reference: str) -> str:
    """Return a number of another system in the form in which such numbers are compared."""
    return "".join(normal(reference).split())


def _event_keys(texts: Iterable[Text]) -> list[str]:
    return list(dict.fromkeys(key(one.kind, one.event_id) for one in texts))


class Named(Protocol):
    """What has a name in both languages."""

    @property
    def name_zh(self) -> str: ...
    @property
    def name_en(self) -> str: ...


def _names(case: Case, known: Directory, policy: Policy) -> Iterator[str]:
    """Yield the names of what a case is about, where it is and who holds it, in both languages."""
    entries: list[Named] = []
    if case.category and case.category in policy.categories:
        entries += [policy.categories[code] for code in policy.category_path(case.category)]
    if case.area in known.areas:
        entries += [known.areas[code] for code in known.area_path(case.area)]
    entries += [known.units[code] for code in (case.holder_unit,) if code in known.units]
    entries += [known.posts[code] for code in (case.holder,) if code in known.posts]
    for one in entries:
        yield one.name_zh
        yield one.name_en
