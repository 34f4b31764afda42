"""Proposed closings, page by page: what an office has to decide first, then by due time."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case as Choice
from django.db.models import Prefetch, Q, Value, When

from dandang.lifecycle.casework.keeping_out import KeptOut
from dandang.lifecycle.casework.models import Case, Request
from dandang.lifecycle.casework.queries import PAGE, HeldCase, held_lines
from dandang.lifecycle.casework.wanted import open_to
from dandang.lifecycle.states import Outcome, State

_TURN = Choice(When(outcome=Outcome.RESOLVED.value, then=Value(1)), default=Value(0))


@dataclass(frozen=True, slots=True)
class ProposedPage:
    """One page of proposed closings. `next` names the place after it, "" on the last page."""

    cases: tuple[HeldCase, ...]
    next: str


def proposed_page(
    units: Sequence[str], hidden_from: KeptOut, *, after: str = "", limit: int = PAGE
) -> ProposedPage:
    """Return the proposed closings of units; those whose turn is an office's come first.

    Then by due time, those without one last. `after` is the `next` of the page before; anything
    else begins at the front. Four queries, and one more for a page that is not the first.
    """
    found = Case.objects.filter(
        open_to(hidden_from), ended_at=None, state=State.PROPOSED, holder_unit__in=tuple(units)
    ).annotate(turn=_TURN)
    last = Case.objects.filter(reference=after).annotate(turn=_TURN).first() if after else None
    if last is not None:
        found = found.filter(_behind(last, last.turn))
    requests = Prefetch("requests", Request.objects.order_by("number"))
    ordered = found.order_by("turn", "due_at", "id").prefetch_related(requests, "clocks")
    rows = list(ordered[: limit + 1])
    shown = rows[:limit]
    return ProposedPage(
        cases=tuple(held_lines(shown)),
        next=shown[-1].reference if len(rows) > limit else "",
    )


def _behind(last: Case, turn: int) -> Q:
    same = Q(turn=turn)
    if last.due_at is None:
        later = Q(due_at=None, id__gt=last.pk)
    else:
        later = Q(due_at__gt=last.due_at) | Q(due_at=last.due_at, id__gt=last.pk) | Q(due_at=None)
    return Q(turn__gt=turn) | (same & later)
