"""Where placing cases went wrong lately, by category and area; read only, within a window."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Count, Q

from dandang.ledger.queries import events_of_types
from dandang.lifecycle.casework.events.custody import Returned
from dandang.lifecycle.casework.keeping_out import KeptOut, closed_to
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.precedents import Precedent
from dandang.lifecycle.casework.wanted import open_to
from dandang.lifecycle.routing.gaps import Seen
from dandang.lifecycle.routing.rules import Why
from dandang.lifecycle.states import State

_PLACED = (Why.FALLBACK.value, Why.DISPATCHER.value)
_MOST_RETURNED = 2000
"""Of more cases that came back, only the newest are looked into."""
_SHOWN = 5

_Place = tuple[str, str | None]


def seen_since(since: datetime, reasons: Iterable[str], *, hidden_from: KeptOut) -> list[Seen]:
    """Return what happened since then (aware), by category and area; five queries.

    Counted are cases sent since then that a person or the fallback placed, disputes that were
    decided since then or are open, and returns of cases sent since then for one of these reasons.
    What is closed to the officer is not counted; nor are cases without a category.
    """
    placed = _placed(since, hidden_from)
    disputes = _disputes(since, hidden_from)
    returns = _returns(since, frozenset(reasons), hidden_from)
    places = placed.keys() | disputes.keys() | returns.keys()
    return [
        Seen(
            category,
            area,
            placed[category, area],
            disputes[category, area],
            returns[category, area],
        )
        for category, area in sorted(places, key=lambda place: (place[0], place[1] or ""))
    ]


def examples(
    places: Sequence[_Place], since: datetime, *, hidden_from: KeptOut
) -> dict[_Place, list[str]]:
    """Return the references of the newest cases of each place that show it. Two queries."""
    found: dict[_Place, list[str]] = {place: [] for place in places}
    if not places:
        return found
    categories = {category for category, _ in places}
    shown = Q(routed_by__in=_PLACED) | ~Q(returns={})
    rows = Case.objects.filter(
        shown, open_to(hidden_from), sent_at__gte=since, category__in=categories
    )
    newest = rows.order_by("-sent_at").values_list("category", "area", "reference")[:_MOST_RETURNED]
    decided = (
        Precedent.objects.filter(decided_at__gte=since, category__in=categories)
        .exclude(case__in=closed_to(hidden_from))
        .order_by("-decided_at")
        .values_list("category", "area", "case__reference")[:_MOST_RETURNED]
    )
    for category, area, reference in (*decided, *newest):
        them = found.get((str(category), area))
        if them is not None and reference not in them and len(them) < _SHOWN:
            them.append(reference)
    return found


def _placed(since: datetime, hidden_from: KeptOut) -> Counter[_Place]:
    rows = (
        Case.objects.filter(open_to(hidden_from), routed_by__in=_PLACED, sent_at__gte=since)
        .exclude(category=None)
        .order_by()
        .values_list("category", "area")
        .annotate(n=Count("*"))
    )
    return Counter({(str(category), area): n for category, area, n in rows})


def _disputes(since: datetime, hidden_from: KeptOut) -> Counter[_Place]:
    decided = Precedent.objects.filter(decided_at__gte=since).exclude(category=None)
    decided = decided.exclude(case__in=closed_to(hidden_from)).order_by()
    open_ones = Case.objects.filter(open_to(hidden_from), state=State.DISPUTED, ended_at=None)
    found: Counter[_Place] = Counter()
    for rows in (decided, open_ones.exclude(category=None).order_by()):
        for category, area, n in rows.values_list("category", "area").annotate(n=Count("*")):
            found[str(category), area] += n
    return found


def _returns(since: datetime, reasons: frozenset[str], hidden_from: KeptOut) -> Counter[_Place]:
    rows = (
        Case.objects.filter(~Q(returns={}), open_to(hidden_from), sent_at__gte=since)
        .exclude(category=None)
        .order_by("-sent_at")
        .values_list("stream", "category", "area")[:_MOST_RETURNED]
    )
    places = {bytes(stream): (str(category), area) for stream, category, area in rows}
    events = events_of_types(list(places), [Returned.type_name()])
    return Counter(
        places[event.stream] for event in events if event.fields.get("reason") in reasons
    )
