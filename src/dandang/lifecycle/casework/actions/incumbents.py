"""Telling the open cases of a post that it changed hands: in bounded batches, again and again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch

from dandang.lifecycle.casework.actions.record import update
from dandang.lifecycle.casework.incumbents import Incumbent
from dandang.lifecycle.casework.models import Case, Request
from dandang.lifecycle.casework.rules.evolve import evolve
from dandang.lifecycle.casework.rules.happen import Circumstances, happen, terms_under
from dandang.lifecycle.casework.rules.incumbents import (
    Incumbency,
    TakingOver,
    incumbencies,
    seen,
    take_over,
    taking_over,
)
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.organization.queries import Present, policy_by_hash, present
from dandang.terms import Actor, Recorded

BATCH = 100


@dataclass(frozen=True, slots=True)
class TakenOver:
    """How many posts changed hands, and how many of their open cases were told."""

    posts: int
    cases: int


def take_posts_over(
    posts: Sequence[str] = (),
    *,
    by: Actor,
    now: datetime,
    progress: Callable[[int], None] | None = None,
) -> TakenOver:
    """Tell the open cases of posts (all, unless named) who inherited them or stands in.

    A post that is seen for the first time has nobody to inherit from. `now` is aware; `progress`
    hears how many cases were told since it was last called. Each batch is a transaction of its
    own: what was interrupted goes on when this runs again. Refuses `no_organization`,
    `unknown_post`.
    """
    known = present()
    wanted = {known.directory.post(code).code for code in posts}
    found = {
        code: one
        for code, one in incumbencies(known.directory, now).items()
        if not wanted or code in wanted
    }
    before = {row.post: row.facts() for row in Incumbent.objects.filter(post__in=found)}
    _remember({code: one for code, one in found.items() if code not in before})
    inherited, told = 0, 0
    for code in sorted(code for code in before if before[code] != found[code]):
        if taking_over(known.directory, code, before[code], found[code], now) is not None:
            inherited += 1
        batch = _tell_some(code, found[code], known, by, now)
        while batch is not None:
            told += batch
            if progress is not None:
                progress(batch)
            batch = _tell_some(code, found[code], known, by, now)
    return TakenOver(inherited, told)


def _remember(new: Mapping[str, Incumbency]) -> None:
    rows = [
        Incumbent(post=code, appointed=list(one.appointed), acting=list(one.acting))
        for code, one in new.items()
    ]
    Incumbent.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def _tell_some(
    post: str, found: Incumbency, known: Present, by: Actor, now: datetime
) -> int | None:
    """Tell the next cases of a post; return how many, or None when all know.

    The row of the post is locked, so that no two runs tell the same case twice.
    """
    row = Incumbent.objects.select_for_update().get(post=post)
    coming = [list(found.appointed), list(found.acting)]
    if row.coming != coming:
        row.coming, row.reached = coming, 0
    change = taking_over(known.directory, post, row.facts(), found, now)
    cases = _next_cases(post, row.reached) if change is not None else []
    if change is None or not cases:
        row.take_over(seen(row.facts(), found))
        row.save()
        return None
    told = sum(_tell(case, change, known, by, now) for case in cases)
    row.reached = cases[-1].pk
    row.save()
    return told


def _evolve(case: CaseState | None, recorded: Recorded) -> CaseState:
    assert case is not None
    return evolve(case, recorded)


def _next_cases(post: str, reached: int) -> list[Case]:
    requests = Prefetch("requests", Request.objects.order_by("number"))
    rows = Case.objects.select_for_update().filter(holder=post, ended_at=None, pk__gt=reached)
    return list(rows.order_by("pk").prefetch_related(requests, "clocks")[:BATCH])


def _tell(case: Case, change: TakingOver, known: Present, by: Actor, now: datetime) -> bool:
    requests = list(case.requests.all())
    before = case.facts(requests, case.clocks.all())
    events = take_over(before, change)
    if not events:
        return False
    terms = terms_under(policy_by_hash(before.policy), known.calendar)
    after, records = happen(before, events, _evolve, Circumstances(by, "", now, terms))
    update(case, requests, before, after, records)
    return True
