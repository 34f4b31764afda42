"""Reading what counts of cases: their rows, what their requesters said, and the trees of codes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from dandang.lifecycle.casework.models import Case, Request
from dandang.lifecycle.states import State
from dandang.organization.queries import current_policy, present
from dandang.publication.figures.rules.contribution import CaseFacts, Places, Voice
from dandang.terms import Refusal

_COLUMNS = (
    "id",
    "stream",
    "state",
    "holder_unit",
    "area",
    "category",
    "case_class",
    "channel",
    "sent_at",
    "parent",
    "first_response_at",
    "total_due_at",
    "ended_at",
    "end_cause",
)


def cases_of(streams: Iterable[bytes]) -> dict[bytes, CaseFacts]:
    """Return what counts of the cases of these streams. Two queries."""
    return {
        stream: facts for _, stream, facts in _facts(Case.objects.filter(stream__in=list(streams)))
    }


def cases_after(number: int, *, limit: int) -> list[tuple[int, bytes, CaseFacts]]:
    """Return the next cases after this row, with number and stream, in the order of rows."""
    return _facts(Case.objects.filter(id__gt=number).order_by("id")[:limit])


def places() -> Places:
    """Return where cases count, by the register and the policy in force.

    Refuses `no_organization`. Without a policy no category has one above it.
    """
    known = present()
    areas = {code: known.directory.area_path(code) for code in known.directory.areas}
    categories: dict[str, tuple[str, ...]] = {}
    try:
        policy = current_policy()
    except Refusal:
        pass
    else:
        categories = {code: policy.category_path(code) for code in policy.categories}
    return Places(areas, categories, known.calendar.time_zone)


def _facts(rows: Any) -> list[tuple[int, bytes, CaseFacts]]:  # noqa: ANN401 a query set of cases
    found = list(rows.values_list(*_COLUMNS))
    voices = _voices([row[0] for row in found])
    return [(row[0], bytes(row[1]), _case(row, voices.get(row[0], ()))) for row in found]


def _case(row: Sequence[Any], voices: tuple[Voice, ...]) -> CaseFacts:
    values = dict(zip(_COLUMNS[2:], row[2:], strict=True))
    values["state"] = State(values["state"])
    values["unit"] = values.pop("holder_unit")
    return CaseFacts(**values, voices=voices)


def _voices(ids: Sequence[int]) -> dict[int, tuple[Voice, ...]]:
    """Return who was asked and what they said, by case. One query."""
    found: dict[int, list[Voice]] = defaultdict(list)
    rows = Request.objects.filter(case__in=ids, withdrawn=False, moved=False)
    for case, reachable in rows.order_by("id").values_list("case_id", "reachable"):
        found[case].append(Voice(is_asked=reachable))
    return {case: tuple(several) for case, several in found.items()}
