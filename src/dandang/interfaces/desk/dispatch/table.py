"""The list of new requests as a table to take away: codes and names, no words of people."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dandang.interfaces.desk.access import Officer, for_officers
from dandang.interfaces.desk.dispatch.access import need, places
from dandang.interfaces.desk.dispatch.suggesting import Weighed, weigh
from dandang.interfaces.shared.comma_separated import csv_lines
from dandang.interfaces.shared.words.times import stamp
from dandang.lifecycle.casework.received import Place, received

MOST_LINES = 2000
_AT_ONCE = 200
_HEADER = (
    *("reference", "due_at", "due_for", "sent_at", "category", "suggested_category", "area"),
    *("suggested_post", "confidence", "class", "channel", "returns"),
)


@require_safe
@for_officers
def send_new(_request: HttpRequest, officer: Officer) -> HttpResponse:
    """Send what waits to be assigned as CSV, at most `MOST_LINES`, the next due first.

    Refuses `not_permitted`.
    """
    need(places(officer))
    lines = csv_lines(_HEADER, (_record(one) for one in _weighed(officer)))
    response = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="new-requests.csv"'
    return response


def _weighed(officer: Officer) -> Iterator[Weighed]:
    after: Place | None = None
    for _ in range(MOST_LINES // _AT_ONCE):
        found = received(officer.kept_out, limit=_AT_ONCE, after=after)
        yield from weigh(found, officer)
        if len(found) < _AT_ONCE:
            return
        after = found[-1].place


def _record(found: Weighed) -> tuple[str, ...]:
    case, suggested = found.facts.case, found.suggested
    due = case.next_due
    return (
        *(found.one.reference, stamp(due.at) if due and due.at else "", due.clock if due else ""),
        *(stamp(case.sent_at), case.category or "", suggested.category, case.area or ""),
        *(suggested.post, suggested.confidence, case.case_class, case.channel),
        str(sum(case.returns.values())),
    )
