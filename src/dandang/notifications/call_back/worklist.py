"""The list of calls to make, as one officer may see it, and recording what came of each.

Whoever calls is never from the subtree of the unit that holds the case (domain rule 8), and never
somebody whom a conflict or a complaint keeps out of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from dandang.ledger.queries import StoredEvent, events_of_types
from dandang.lifecycle.casework.keeping_out import KeptOut, closed_to
from dandang.lifecycle.casework.models import Request
from dandang.lifecycle.casework.queries import titles_of
from dandang.lifecycle.casework.rules.particulars import particulars_of
from dandang.lifecycle.contact.masking import masked
from dandang.lifecycle.contact.queries import contacts_of
from dandang.lifecycle.contact.unmasking import UNMASKED, unmasked_for
from dandang.lifecycle.states import State
from dandang.notifications.call_back.models import CallBack
from dandang.notifications.call_back.results import Result
from dandang.organization.directory import Directory, Post, PostKind
from dandang.terms import Code, Refusal
from dandang.workdays import WorkCalendar

PAGE = 25
MOST_TRIES = 5
TRY_AGAIN = timedelta(hours=4)
"""Working time after which somebody who did not answer is called again: another time of day."""

RECORDED = (Result.TOLD, Result.NOT_REACHED, Result.WRONG_NUMBER)
"""What an officer can record."""

JUDGED = ("proposed", "judge_reminder")
"""Calls in which the requester is asked to judge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """An officer who calls back: the posts held now, and what keeps the officer out of cases."""

    officer: str
    posts: Sequence[Post]
    directory: Directory
    kept_out: KeptOut

    @property
    def calling_posts(self) -> tuple[Post, ...]:
        """The posts whose work is calling back."""
        return tuple(post for post in self.posts if PostKind.CALL_BACK in post.kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCall:
    """One call to make. `name` and `phone` are "" where they were erased, else masked.

    In full they are where the officer unmasked the request, until `shown_until`. `is_hidden`: not
    even masked ones, because a second officer has to allow it; `is_allowed` says that one did.
    """

    number: int
    about: str
    reference: str
    case_reference: str
    request_number: int
    title: str
    category: str | None
    area: str | None
    holder: str
    name: str
    phone: str
    shown_until: datetime | None
    is_hidden: bool
    is_allowed: bool
    until: datetime | None
    tries: int
    tried_at: datetime | None

    @property
    def is_last_try(self) -> bool:
        """Whether it is given up when nobody answers this time either."""
        return self.tries + 1 >= MOST_TRIES


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list: how many calls are due, and how many only later."""

    calls: tuple[ToCall, ...]
    due: int
    later: int


def calls_to_make(caller: Caller, *, now: datetime, offset: int = 0, limit: int = PAGE) -> Page:
    """Return the calls that this officer can make now, the oldest first. Seven queries or so."""
    mine = _of(caller, now)
    due = mine.filter(next_try_at__lte=now)
    rows = list(
        due.select_related("request__case").order_by("next_try_at", "id")[offset : offset + limit]
    )
    return Page(
        calls=tuple(_shown(rows, caller, now)),
        due=due.count(),
        later=mine.filter(next_try_at__gt=now).count(),
    )


def call_of(number: int, *, caller: Caller, now: datetime) -> ToCall:
    """Return a call that this officer may make. Refuses `not_found`."""
    row = _of(caller, now).select_related("request__case").filter(pk=number).first()
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    (found,) = _shown([row], caller, now)
    return found


@transaction.atomic
def record(
    number: int,
    result: Result,
    *,
    seen_tries: int,
    caller: Caller,
    calendar: WorkCalendar,
    now: datetime,
) -> ToCall:
    """Record what came of a call and return it as it was.

    Nobody reached is tried again after `TRY_AGAIN`, at most `MOST_TRIES` times. Refuses `not_found`
    for a call this officer may not make (any more), `changed_meanwhile` where somebody else has
    recorded something since, `value_invalid` for what nobody can record.
    """
    if result not in RECORDED:
        raise Refusal(Code.VALUE_INVALID, field="result")
    row = (
        _of(caller, now)
        .select_for_update(of=("self",))
        .select_related("request__case")
        .filter(pk=number)
        .first()
    )
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    if row.tries != seen_tries:
        raise Refusal(Code.CHANGED_MEANWHILE)
    (before,) = _shown([row], caller, now)
    row.tries += 1
    row.tried_at = now
    row.officer = caller.officer
    row.post = caller.calling_posts[0].code
    if result is Result.NOT_REACHED and not before.is_last_try:
        row.next_try_at = calendar.add_working_time(now, TRY_AGAIN, provisional_ok=True).at
    else:
        row.result, row.closed_at = result.value, now
    row.save()
    return before


def settle(requests: QuerySet[Request], *, now: datetime) -> int:
    """Take calls to these requesters off the list that have nothing to be about; return how many.

    Asking for a judgement is over once it was given or nothing is proposed any more, a question
    once the case waits for no answer, telling of an end once the case was taken up again, asking
    whether it still holds once that was said or it is not solved any more.
    """
    asked = Q(about__in=JUDGED) & (
        ~Q(request__verdict="") | ~Q(request__case__state=State.PROPOSED)
    )
    missing = Q(about="question") & ~Q(request__case__state=State.WAITING_REQUESTER)
    ended = Q(about="ended") & Q(request__case__ended_at=None)
    holds = Q(about="look_back") & (
        Q(request__holds__isnull=False) | ~Q(request__case__state=State.SOLVED)
    )
    gone = Q(request__withdrawn=True) | Q(request__moved=True)
    over = CallBack.objects.filter(result="", request__in=requests).filter(
        asked | missing | ended | holds | gone
    )
    numbers = list(over.values_list("pk", flat=True))
    return CallBack.objects.filter(pk__in=numbers, result="").update(
        result=Result.OVERTAKEN, closed_at=now
    )


def settle_without_phone(requests: QuerySet[Request], *, now: datetime) -> int:
    """Take calls to requesters off the list who have left no telephone any more; return how many.

    A handful of queries, whatever the number.
    """
    waiting = CallBack.objects.filter(result="", request__in=requests)
    calls = dict(waiting.values_list("pk", "request__reference"))
    people = contacts_of(calls.values()) if calls else {}
    gone = [number for number, one in calls.items() if not people.get(one, {}).get("phone")]
    return CallBack.objects.filter(pk__in=gone, result="").update(
        result=Result.OVERTAKEN, closed_at=now
    )


def _of(caller: Caller, now: datetime) -> QuerySet[CallBack]:
    """Return the open calls that this officer may make, due or not.

    Nobody is asked whether it still holds when no answer is taken any more.
    """
    if not caller.calling_posts:
        return CallBack.objects.none()
    hidden = closed_to(caller.kept_out).values("pk")
    return CallBack.objects.filter(
        ~Q(request__case__holder_unit__in=_barred(caller)),
        ~Q(request__case__in=hidden),
        ~Q(about="look_back", until__lt=now),
        result="",
        request__case__set_by="",
    )


def _barred(caller: Caller) -> list[str]:
    """Return the units about whose cases the officer may not call: who is in one, in any post."""
    return [
        unit
        for unit in caller.directory.units
        if any(caller.directory.in_subtree(post.unit, unit) for post in caller.posts)
    ]


def _shown(rows: Sequence[CallBack], caller: Caller, now: datetime) -> Iterable[ToCall]:
    titles = titles_of([row.request.case for row in rows])
    people = contacts_of({row.request.reference for row in rows})
    unmasked = _unmasked(rows, caller, now)
    for row in rows:
        request, case = row.request, row.request.case
        shown_until = unmasked.get((bytes(case.stream), request.number))
        particular = particulars_of(case.particulars)
        is_hidden = shown_until is None and bool(particular.get("subject_units"))
        person: Mapping[str, object] = people.get(request.reference, {})
        if shown_until is None:
            person = masked(person)
        yield ToCall(
            number=row.pk,
            about=row.about,
            reference=request.reference,
            case_reference=case.reference,
            request_number=request.number,
            title=titles.get(case.opening_event, ""),
            category=case.category,
            area=case.area,
            holder=case.holder,
            name="" if is_hidden else str(person.get("name") or ""),
            phone="" if is_hidden else str(person.get("phone") or ""),
            shown_until=shown_until,
            is_hidden=is_hidden,
            is_allowed=any(
                one.request == request.number and one.holds(caller.officer, now)
                for one in particular.get("unmaskings", ())
            ),
            until=row.until,
            tries=row.tries,
            tried_at=row.tried_at,
        )


def _unmasked(
    rows: Sequence[CallBack], caller: Caller, now: datetime
) -> dict[tuple[bytes, int], datetime]:
    """Return until when the officer may see these requesters, by case and number. One query."""
    streams = {bytes(row.request.case.stream) for row in rows}
    by_case: dict[bytes, list[StoredEvent]] = {stream: [] for stream in streams}
    for event in events_of_types(list(streams), (UNMASKED,)):
        by_case[event.stream].append(event)
    return {
        (stream, number): until
        for stream, events in by_case.items()
        for number, until in unmasked_for(events, caller.officer, now).items()
    }
