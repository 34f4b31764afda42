"""The requests of one person, found by a way to reach them: by marks, without reading a contact."""

from datetime import datetime

from dandang.finding.queries import FoundCase, readable
from dandang.finding.rules.people import Way, may_be_told
from dandang.lifecycle.casework.models import Request
from dandang.lifecycle.intake.models import SenderMark
from dandang.lifecycle.intake.senders import marks_of
from dandang.terms import Actor

MOST = 50


def mark_of(way: Way) -> bytes:
    """Return the keyed digest of a way to reach somebody."""
    (mark,) = marks_of(way.phone, way.email)
    return mark


def cases_of(way: Way, *, by: Actor, now: datetime) -> list[FoundCase]:
    """Return the cases with requests that can be reached this way, the newest first.

    At most `MOST`, and only those whose requesters this officer may meet. Exact matches alone,
    however it is spelled.
    """
    rows = SenderMark.objects.filter(mark=mark_of(way)).order_by("-id")[:MOST]
    references = list(rows.values_list("request", flat=True))
    requests = Request.objects.filter(reference__in=references).order_by("-sent_at", "-id")
    found = dict.fromkeys(requests.values_list("case_id", flat=True))
    return readable(list(found), by=by, now=now, also=may_be_told)
