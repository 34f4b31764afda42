"""What a requester is promised before sending: who will hold the case, and by when."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from dandang.interfaces.resident.pages import Deadline, Promise
from dandang.interfaces.resident.presenting import deadline, holder
from dandang.interfaces.shared.words.cases import ROUTING, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import span
from dandang.lifecycle.deadlines.rules import end_of
from dandang.lifecycle.routing.rules import route
from dandang.organization.directory import Directory
from dandang.policy import CaseClass, ClockName, Policy
from dandang.terms import Due
from dandang.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Books:
    """What a promise is read from, as it stands now."""

    directory: Directory
    policy: Policy
    calendar: WorkCalendar
    now: datetime


def promise(books: Books, category: str, area: str, *, happening_now: bool) -> Promise:
    """Return what opening would do with a request of this category and area ("" for unknown)."""
    path = books.policy.category_path(category) if category else ()
    today = books.directory.local_day(books.now)
    found = route(books.directory, path, area or None, today)
    post = found.post if found else books.directory.intake_post(area or None)
    case_class = books.policy.case_class(category or None, happening_now=happening_now)
    total = books.policy.clock(case_class, ClockName.TOTAL)
    return Promise(
        holder=holder(books.directory, post.code, Names(books.directory, books.policy)),
        why=word(ROUTING, found.why) if found else _("a dispatcher decides which unit answers"),
        first=_due(books, case_class, ClockName.FIRST_RESPONSE),
        total=_due(books, case_class, ClockName.TOTAL),
        total_span=span(total) if total else "",
    )


def _due(books: Books, case_class: CaseClass, clock: ClockName) -> Deadline | None:
    length = books.policy.clock(case_class, clock)
    if length is None:
        return None
    end = end_of(length, books.now, books.calendar)
    return deadline(Due(clock, end.at, end.provisional), books.now)
