"""Asking about cases: read only."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet, Value

from dandang.ledger import base64url
from dandang.ledger.queries import StoredEvent, events_of, personal_of
from dandang.lifecycle.casework.files.queries import listed_files
from dandang.lifecycle.casework.keeping_out import KeptOut
from dandang.lifecycle.casework.models import Case, Clock, Request
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.casework.wanted import Wanted, open_to, where
from dandang.lifecycle.states import State
from dandang.organization.queries import policy_by_hash, present
from dandang.terms import Actor, ActorKind, Code, Refusal, normalise_reference

PAGE = 50
SIMILAR = 20
_IDENTIFYING = (
    "number",
    "moved",
    "case__stream",
    "case__state",
    "case__root",
    "case__children",
    "case__merged_into",
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """Where a request was before it went on: the ledger stream, and its number there."""

    stream: bytes
    request_number: int


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as it stands, with what identifies it. `reference` is the one that was asked for.

    `earlier` are the cases in which the request was before, oldest first.
    """

    reference: str
    case_reference: str
    stream: bytes
    request_number: int
    opening_event: int
    state: CaseState
    earlier: tuple[Earlier, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedCase:
    """One line of a worklist. `title` is "" where it was erased."""

    reference: str
    title: str
    state: State
    outcome: str
    holder: str
    holder_unit: str
    category: str | None
    area: str | None
    case_class: str
    sent_at: datetime
    due_at: datetime | None
    due_clock: str
    hand_overs: int
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class HeldCase:
    """A case whole, as a list shows it. `title` is "" where it was erased.

    `stream` is its chain in the ledger, `opening_event` the event that holds its words.
    """

    reference: str
    title: str
    state: CaseState
    stream: bytes = b""
    opening_event: int = 0


def standing_of(reference: str, *, follow: bool = True) -> tuple[Request, bool]:
    """Return the request a reference stands for now, with its case. Refuses `not_found`.

    Where a request went on in another case (merged, or a part of its own), that is the one there,
    and the second value says so; without `follow` it is where it came in. Both rows come with no
    more than identifies them; what else is asked of them is fetched then.
    """
    rows = Request.objects.select_related("case").only(*_IDENTIFYING)
    if not follow:
        return next(_ways(reference, rows)), False
    *before, row = _ways(reference, rows)
    return row, bool(before)


def _ways(reference: str, rows: QuerySet[Request]) -> Iterator[Request]:
    """Yield the request of a reference, and where it went on, step by step."""
    row = rows.filter(reference=normalise_reference(reference)).first()
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    while row is not None:
        yield row
        case = row.case
        if not row.moved and case.state != State.MERGED:
            return
        came = rows.filter(from_case=case.tag, from_request=row.number)
        row = came.order_by("-id").first()


def find(reference: str, *, follow: bool = True) -> CaseView:
    """Return the case of this reference (of any of its requests). Refuses `not_found`.

    A request that was merged or went on as a part of its own is followed to where it is now;
    without `follow` the case it came in with is returned.
    """
    ways = _ways(reference, Request.objects.select_related("case"))
    *before, row = ways if follow else [next(ways)]
    case = row.case
    state = case.facts(
        Request.objects.filter(case=case).order_by("number"), Clock.objects.filter(case=case)
    )
    return CaseView(
        reference=(before or [row])[0].reference,
        case_reference=case.reference,
        stream=bytes(case.stream),
        request_number=row.number,
        opening_event=case.opening_event,
        state=state,
        earlier=tuple(Earlier(bytes(one.case.stream), one.number) for one in before),
    )


def listed(wanted: Wanted, *, limit: int = PAGE, offset: int = 0) -> list[ListedCase]:
    """Return cases by due time, those without one last. Two queries, whatever the number."""
    rows = list(
        Case.objects.filter(where(wanted)).order_by("due_at", "id")[offset : offset + limit]
    )
    return listed_lines(rows)


def listed_lines(rows: Sequence[Case]) -> list[ListedCase]:
    """Return rows as lines of a list, in their order. One query."""
    titles = titles_of(rows)
    return [_line(row, titles.get(row.opening_event, "")) for row in rows]


def held(post: str, *, limit: int) -> list[HeldCase]:
    """Return the open cases of a post by due time, those without one last. Four queries."""
    return whole(Wanted(posts=(post,), open_only=True), limit=limit)


def whole(
    wanted: Wanted, *, limit: int = PAGE, offset: int = 0, oldest_first: bool = False
) -> list[HeldCase]:
    """Return cases whole by due time, or by age, those without a due time last. Four queries."""
    requests = Prefetch("requests", Request.objects.order_by("number"))
    rows = list(
        Case.objects.filter(where(wanted))
        .order_by("sent_at" if oldest_first else "due_at", "id")
        .prefetch_related(requests, "clocks")[offset : offset + limit]
    )
    return held_lines(rows)


def held_lines(rows: Sequence[Case]) -> list[HeldCase]:
    """Return rows whole, in their order; their requests and clocks are fetched. One query."""
    titles = titles_of(rows)
    return [
        HeldCase(
            reference=row.reference,
            title=titles.get(row.opening_event, ""),
            state=row.facts(row.requests.all(), row.clocks.all()),
            stream=bytes(row.stream),
            opening_event=row.opening_event,
        )
        for row in rows
    ]


def streams_of(references: Iterable[str], *, but: Wanted) -> dict[str, bytes]:
    """Return the ledger streams of cases by reference, without those that are wanted elsewhere.

    Nor those from which `but` keeps an officer out.
    """
    found = Case.objects.filter(open_to(but.hidden_from), reference__in=list(references))
    found = found.exclude(pk__in=Case.objects.filter(where(but)).values("pk"))
    return {row.reference: bytes(row.stream) for row in found.only("reference", "stream")}


def titles_of(rows: Iterable[Case]) -> dict[int, str]:
    """Return the titles of cases by their opening event, without erased ones. One query."""
    found = personal_of([row.opening_event for row in rows], ["title"])
    return {event: str(values["title"]) for event, values in found.items()}


def similar(
    case: CaseState, stream: bytes, *, ended_since: datetime, hidden_from: KeptOut
) -> list[ListedCase]:
    """Return the newest cases of the same category and area, open or ended since then.

    At most `SIMILAR`, in two queries; neither the case itself nor parts nor merged ones.
    """
    rows = (
        Case.objects.filter(category=case.category, area=case.area, parent="")
        .filter(Q(ended_at=None) | Q(ended_at__gte=ended_since), open_to(hidden_from))
        .exclude(state=State.MERGED)
        .exclude(stream=stream)
        .order_by("-id")[:SIMILAR]
    )
    titles = titles_of(rows)
    return [_line(row, titles.get(row.opening_event, "")) for row in rows]


def counted(wanted: Wanted) -> int:
    """Return how many cases there are."""
    return Case.objects.filter(where(wanted)).count()


def counts_by_unit(wanted: Wanted) -> dict[str, int]:
    """Return how many cases there are by the unit of their holder. One query."""
    rows = Case.objects.filter(where(wanted)).order_by().values("holder_unit")
    return {row["holder_unit"]: row["n"] for row in rows.annotate(n=Count("id"))}


def counts(wanted: Mapping[str, Wanted]) -> dict[str, int]:
    """Return how many cases there are of each kind, in one query that uses the index of each."""
    kinds = [
        Case.objects.filter(where(one))
        .order_by()
        .values(kind_of=Value(name))
        .annotate(n=Count("*"))
        for name, one in wanted.items()
    ]
    if not kinds:
        return {}
    rows = kinds[0].union(*kinds[1:], all=True)
    return dict.fromkeys(wanted, 0) | {row["kind_of"]: row["n"] for row in rows}


def history(stream: bytes) -> list[tuple[StoredEvent, dict[str, object]]]:
    """Return every event of a case with its personal values, oldest first. Two queries.

    The value `files` is a tuple of `ListedFile`; a query more for a case that has any.
    """
    events = events_of(stream)
    personal = personal_of([event.event_id for event in events])
    found = [(event, dict[str, object](personal.get(event.event_id, {}))) for event in events]
    with_files = {event.event_id: values for event, values in found if "files" in values}
    files = listed_files(with_files) if with_files else {}
    for event_id, values in with_files.items():
        values["files"] = files.get(event_id, ())
    return found


def facts_for(state: CaseState, *, by: Actor, now: datetime) -> Facts:
    """Return what the rules may know when this actor looks at this case now."""
    return facts_for_all([state], by=by, now=now)[0]


def facts_of(view: CaseView, *, by: Actor, now: datetime) -> Facts:
    """Return what the rules may know, with who holds the parent of the case and its parts.

    A query more for a case that has any.
    """
    return replace(facts_for(view.state, by=by, now=now), kin_units=_kin_units(view))


def _kin_units(view: CaseView) -> frozenset[str]:
    case = view.state
    if not case.parent and not case.children:
        return frozenset()
    tag = base64url.encode(view.stream)
    near = Q(root=case.root or tag, parent=tag)
    if case.parent:
        near |= Q(stream=base64url.decode(case.parent))
    return frozenset(Case.objects.filter(near).values_list("holder_unit", flat=True))


def facts_for_all(states: Iterable[CaseState], *, by: Actor, now: datetime) -> list[Facts]:
    """Return what the rules may know of each case, for one query whatever their number."""
    known = present()
    posts = known.directory.posts_of(by.code, now) if by.kind is ActorKind.OFFICER else ()
    return [
        Facts(
            case=state,
            by=by,
            posts=posts,
            directory=known.directory,
            policy=policy_by_hash(state.policy),
            calendar=known.calendar,
            now=now,
        )
        for state in states
    ]


def known_source_ids(source: str, source_ids: Iterable[str]) -> set[str]:
    """Return which rows of another system are already here. One query."""
    found = Request.objects.filter(source=source, source_id__in=list(source_ids))
    return {str(source_id) for source_id in found.values_list("source_id", flat=True)}


def requests_in(stream: bytes, *, limit: int = PAGE) -> dict[int, str]:
    """Return the references of the requests that a case answers to, by their numbers. One query.

    Of more than `limit` the first ones.
    """
    rows = Request.objects.filter(case__stream=stream, withdrawn=False, moved=False)
    return dict(rows.order_by("number").values_list("number", "reference")[:limit])


def _line(row: Case, title: str) -> ListedCase:
    return ListedCase(
        reference=row.reference,
        title=title,
        state=State(row.state),
        outcome=row.outcome,
        holder=row.holder,
        holder_unit=row.holder_unit,
        category=row.category,
        area=row.area,
        case_class=row.case_class,
        sent_at=row.sent_at,
        due_at=row.due_at,
        due_clock=row.due_clock,
        hand_overs=row.hand_overs,
        ended_at=row.ended_at,
    )
