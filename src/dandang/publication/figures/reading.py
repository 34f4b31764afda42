"""Reading what counts of cases: their rows, what their requesters said, and the trees of codes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce

from dandang.lifecycle.casework.models import Case, Request
from dandang.lifecycle.deadlines.rules import end_of
from dandang.lifecycle.states import State
from dandang.organization.queries import current_policy, policy_by_hash, present
from dandang.publication.figures.rules.contribution import CaseFacts, Places, Voice
from dandang.terms import Refusal
from dandang.workdays import WorkCalendar

_COLUMNS = (
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
    found = list(rows.values_list("id", "stream", "policy", *_COLUMNS))
    voices = _voices({row[0]: row[2] for row in found if row[-2] is not None})
    return [(row[0], bytes(row[1]), _case(row[3:], voices.get(row[0], ()))) for row in found]


def _case(columns: Sequence[Any], voices: tuple[Voice, ...]) -> CaseFacts:
    values = dict(zip(_COLUMNS, columns, strict=True))
    values["state"] = State(values["state"])
    values["unit"] = values.pop("holder_unit")
    return CaseFacts(**values, voices=voices)


def _voices(policies: Mapping[int, str]) -> dict[int, tuple[Voice, ...]]:
    """Return who could be asked for a rating, by ended case; given are their policies. One query.

    Whoever left no contact and judged nevertheless was asked on the web.
    """
    found: dict[int, list[Voice]] = defaultdict(list)
    rows = Request.objects.filter(
        Q(reachable=True) | Q(judged_at__isnull=False),
        case__in=list(policies),
        withdrawn=False,
        moved=False,
    )
    calendar = present().calendar
    since = Coalesce("judged_at", "case__ended_at")
    for case, stars, at in rows.order_by("id").values_list("case_id", "stars", since):
        found[case].append(Voice(stars, _final_at(policies[case], at, calendar)))
    return {case: tuple(several) for case, several in found.items()}


def _final_at(policy: str, since: datetime, calendar: WorkCalendar) -> datetime:
    """Return until when an answer that was given then can be changed, or given where none was."""
    return end_of(policy_by_hash(policy).limits.judgement_change, since, calendar).at
