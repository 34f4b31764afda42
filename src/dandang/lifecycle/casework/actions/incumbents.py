"""Telling the open cases of a post that it changed hands: in bounded batches, again and again.

Who is in which post is looked at when the register changed and at every midnight at which
somebody's time in a post begins or is over. A post that changed hands becomes due, and whoever
comes by, a worker or somebody at the command line, tells its cases.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dandang.lifecycle.casework.actions.failing import PASSING, name_of
from dandang.lifecycle.casework.actions.many import Changed, Loaded, load_many, write_many
from dandang.lifecycle.casework.incumbents import Incumbent, IncumbentLook
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.rules.evolve import evolve
from dandang.lifecycle.casework.rules.happen import Circumstances, happen, terms_under
from dandang.lifecycle.casework.rules.incumbents import (
    Incumbency,
    TakingOver,
    incumbencies,
    inherited_once_more,
    next_change,
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


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch did: cases looked at, cases told, and whether the post is done with.

    `post` is None where none was due; `changed` says whether anybody took it over at all.
    """

    post: str | None = None
    looked: int = 0
    told: int = 0
    done: bool = True
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Teller:
    """Who tells cases, when, under which register; `alone` tells one after the other."""

    known: Present
    by: Actor
    now: datetime
    alone: bool = False


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
    own: what was interrupted goes on when this runs again, or when a worker comes by. Refuses
    `no_organization`, `unknown_post`.
    """
    known = present()
    wanted = {known.directory.post(code).code for code in posts}
    look_at_posts(now)
    due = Incumbent.objects.filter(due_at__lte=now).order_by("post")
    due = due.filter(post__in=wanted) if wanted else due
    inherited, told = 0, 0
    for code in list(due.values_list("post", flat=True)):
        changed, done = False, False
        while not done:
            batch = _next_batch(by, now, post=code)
            told += batch.told
            changed, done = changed or batch.changed, batch.done
            if progress is not None and batch.told:
                progress(batch.told)
        inherited += changed
    return TakenOver(inherited, told)


def take_over_due(now: datetime) -> int:
    """Do what is due at `now` (aware): look at all posts, tell one batch of cases of one of them.

    Return how many cases were looked at, 1 where a post was done with; 0 when nothing is due. Any
    number of workers may call this: a post at which somebody is at work is left to them. Refuses
    `no_organization`.
    """
    look_at_posts(now)
    batch = _next_batch(Actor.system(), now)
    return batch.looked or int(batch.post is not None)


def look_at_posts(now: datetime) -> None:
    """Let posts that changed hands become due, where the register or the day is another one.

    Refuses `no_organization`.
    """
    known = present()
    if _is_seen(IncumbentLook.objects.first(), known, now):
        return
    with transaction.atomic():
        IncumbentLook.objects.bulk_create([IncumbentLook()], ignore_conflicts=True)
        look = IncumbentLook.objects.select_for_update().get()
        if not _is_seen(look, known, now):
            _look(known, now)
            look.version, look.due_at = (
                known.directory.version,
                next_change(known.directory, now),
            )
            look.save()


@transaction.atomic
def tell_again(now: datetime) -> int:
    """Let cases that could not be told be told with the next batch; return of how many posts.

    Refuses `no_organization`.
    """
    known = present()
    rows = list(Incumbent.objects.select_for_update().filter(failed__gt=0, due_at=None))
    found = incumbencies(known.directory, now, posts=[row.post for row in rows])
    for row in rows:
        row.failed, row.error = 0, ""
        here = found.get(row.post, Incumbency())
        change = inherited_once_more(known.directory, row.post, here, now)
        if change is not None:
            row.begin(change, here)
            row.due_at = now
        row.save()
    return len(rows)


def remember_posts(now: datetime) -> None:
    """Keep who is in posts that nobody has looked at yet, before that changes.

    Refuses `no_organization`.
    """
    _remember(present(), now, set(Incumbent.objects.values_list("post", flat=True)))


def _is_seen(look: IncumbentLook | None, known: Present, now: datetime) -> bool:
    if look is None or look.version < known.directory.version:
        return False
    return look.due_at is None or look.due_at > now


def _look(known: Present, now: datetime) -> None:
    rows = {row.post: row for row in Incumbent.objects.filter(due_at=None)}
    found = incumbencies(known.directory, now)
    changed = [
        row
        for code, row in rows.items()
        if code in found and (row.is_telling or seen(row.facts(), found[code]) != row.facts())
    ]
    for row in changed:
        row.due_at = now
    Incumbent.objects.bulk_update(changed, ["due_at"], batch_size=1000)
    _remember(known, now, {*rows, *Incumbent.objects.values_list("post", flat=True)})


def _remember(known: Present, now: datetime, seen_before: Collection[str]) -> None:
    rows = [
        Incumbent(post=code, appointed=list(one.appointed), acting=list(one.acting))
        for code, one in incumbencies(known.directory, now).items()
        if code not in seen_before
    ]
    Incumbent.objects.bulk_create(rows, ignore_conflicts=True)


def _next_batch(by: Actor, now: datetime, post: str | None = None) -> Batch:
    """Tell the next cases of a post that is due, or of one that nobody is at work at.

    Where one case fails, they are told one by one, and those that fail are left out and counted.
    """
    try:
        return _tell_some(Teller(present(), by, now), post)
    except PASSING:
        raise
    except Exception:  # noqa: BLE001 whatever it is, the others go on
        return _tell_some(Teller(present(), by, now, alone=True), post)


@transaction.atomic
def _tell_some(teller: Teller, post: str | None) -> Batch:
    """Tell the next cases of a post that is due.

    The row of the post is locked, so that no two runs tell the same case twice.
    """
    row = _claim(teller.now, post)
    if row is None:
        return Batch()
    if not row.is_telling and not _begin(row, teller):
        row.save()
        return Batch(row.post)
    change, found = row.telling()
    ids = _next_cases(row.post, row.reached)
    told = _tell(row, ids, change, teller)
    if ids:
        row.reached = ids[-1]
        row.due_at = teller.now  # behind other posts, so that a big one keeps nobody waiting
    else:
        row.take_over(seen(row.facts(), found))
        row.due_at = teller.now if _differs(row, teller) else None
    row.save()
    return Batch(row.post, len(ids), told, row.due_at is None, changed=True)


def _claim(now: datetime, post: str | None) -> Incumbent | None:
    due = Incumbent.objects.filter(due_at__lte=now)
    if post is not None:
        return due.select_for_update().filter(post=post).first()
    return due.select_for_update(skip_locked=True).order_by("due_at", "id").first()


def _begin(row: Incumbent, teller: Teller) -> bool:
    """Find out what the cases of a post are to be told; say whether there is anything."""
    found = _found(row, teller)
    directory = teller.known.directory
    change = taking_over(directory, row.post, row.facts(), found, teller.now)
    if change is None:
        row.take_over(seen(row.facts(), found))
        return False
    row.begin(change, found)
    return True


def _found(row: Incumbent, teller: Teller) -> Incumbency:
    """Return who is in the post; in one that is closed by now, whoever was there last."""
    found = incumbencies(teller.known.directory, teller.now, posts=[row.post])
    return found.get(row.post, row.facts())


def _differs(row: Incumbent, teller: Teller) -> bool:
    return seen(row.facts(), _found(row, teller)) != row.facts()


def _evolve(case: CaseState | None, recorded: Recorded) -> CaseState:
    assert case is not None
    return evolve(case, recorded)


def _next_cases(post: str, reached: int) -> list[int]:
    rows = Case.objects.select_for_update().filter(holder=post, ended_at=None, pk__gt=reached)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])


def _tell(row: Incumbent, ids: Sequence[int], change: TakingOver, teller: Teller) -> int:
    """Tell cases; where that is done one by one, keep what goes wrong instead of raising it."""
    if not teller.alone:
        return _told(load_many(ids), change, teller)
    told = 0
    for case in load_many(ids):
        try:
            with transaction.atomic():
                told += _told([case], change, teller)
        except PASSING:
            raise
        except Exception as error:  # noqa: BLE001 whatever it is, the others go on
            row.failed += 1
            row.error = f"{case.reference} {name_of(error)}"[:200]
    return told


def _told(cases: Iterable[Loaded], change: TakingOver, teller: Teller) -> int:
    changes = []
    for case in cases:
        events = take_over(case.state, change)
        if events:
            terms = terms_under(policy_by_hash(case.state.policy), teller.known.calendar)
            how = Circumstances(teller.by, "", teller.now, terms)
            changes.append(Changed(case, *happen(case.state, events, _evolve, how)))
    write_many(changes)
    return len(changes)
