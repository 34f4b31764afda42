"""Firing clocks that ran out, in batches: claim, rule, ledger and rows, one transaction.

Any number of workers may fire at once. Each claims cases that nobody else has locked and looks at
their clocks again once it has them, so no clock fires twice; killed at any point, a worker has
either fired a whole batch or nothing of it. A case on which anything fails is set aside with its
error, and the others go on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import connection, transaction

from dandang.ledger import base64url
from dandang.lifecycle.casework.actions.failing import PASSING, name_of
from dandang.lifecycle.casework.actions.many import Changed, Loaded, load_many, write_many
from dandang.lifecycle.casework.queries import facts_for_all
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.happen import Circumstances, happen, terms_under
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.deadlines.clocks import NEVER_FIRE, ORDER
from dandang.lifecycle.escalation.models import SetAside
from dandang.lifecycle.escalation.rules.evolve import evolve
from dandang.lifecycle.escalation.rules.firing import fire, verb_of
from dandang.organization.queries import present
from dandang.terms import Actor, Due, Recorded

MOST_AT_ONCE = 50
"""Clocks of one case that may fire in one go; a ladder that sets them anew for ever is an error."""

_FIRING = f"""
NOT paused AND NOT missed AND NOT aside
AND NOT name IN ({", ".join(f"'{name}'" for name in sorted(NEVER_FIRE))})
"""
# The lower bound spares the dead entries of the index that an old snapshot keeps there.
CLAIM = f"""
SELECT casework_clock.case_id, casework_clock.due_at
FROM casework_clock JOIN casework_case ON casework_case.id = casework_clock.case_id
WHERE casework_clock.due_at <= %s AND casework_clock.due_at >= %s AND {_FIRING}
ORDER BY casework_clock.due_at, casework_clock.id
LIMIT %s
FOR UPDATE OF casework_case SKIP LOCKED
"""  # noqa: S608 constants of ours
"""Locks the cases whose clocks were due from one time until another, at most so many of them."""

_NEXT = f"SELECT min(due_at) FROM casework_clock WHERE {_FIRING}"  # noqa: S608 as above
_FIRST = f"""
SELECT name, due_at FROM casework_clock
WHERE case_id = %s AND due_at <= %s AND {_FIRING} ORDER BY due_at, id LIMIT 1
"""  # noqa: S608 as above
_PUT_ASIDE = """
UPDATE casework_clock SET aside = true WHERE case_id = %s AND name = %s AND due_at = %s
"""


@dataclass(frozen=True, slots=True)
class ByVerb:
    """A clock at whose end the system does a verb to the case: silence, or time that is spent."""

    case_id: int
    reference: str
    verb: str
    due: Due


class _Failed(Exception):
    """Dealing with a clock of a case raised an error."""

    def __init__(self, due: Due, error: Exception) -> None:
        super().__init__()
        self.due = due
        self.error = error


@dataclass(slots=True)
class Fired:
    """What a batch did. `fired` counts clocks, `late` is how late the latest of them was (seconds).

    `by_verb` are left to the caller, `aside` counts clocks set aside, `claimed` the cases looked
    at; `until` is the due time up to which nothing earlier is left (None: nothing was due).
    """

    fired: int = 0
    late: float = 0.0
    claimed: int = 0
    aside: int = 0
    until: datetime | None = None
    by_verb: list[ByVerb] = field(default_factory=list)


def fire_batch(now: datetime, *, limit: int | None, since: datetime) -> Fired:
    """Fire the clocks of at most `limit` cases that were due from `since` until `now` (aware).

    Without a limit all of them. Events happen at `now`; the clocks that follow count from there.
    Raises one of `PASSING` where the database is gone; some of the cases may have been dealt with.
    """
    try:
        return _fire(now, limit, since)
    except Exception:  # noqa: BLE001 whatever it is, the others go on
        # One of them breaks the reading or writing of all: one at a time tells which. What breaks
        # without any of them is the caller's.
        present()
        return _one_by_one(now, limit, since)


def next_due() -> datetime | None:
    """Return when the next clock fires; None where none runs."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT)
        (at,) = cursor.fetchone()
        return None if at is None else at


def set_aside(case_id: int, due: Due, error: Exception, now: datetime) -> None:
    """Let a running clock no longer be tried, and keep why."""
    assert due.at is not None
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PUT_ASIDE, [case_id, due.clock, due.at])
        SetAside.objects.update_or_create(
            case_id=case_id,
            clock=due.clock,
            defaults={"due_at": due.at, "error": name_of(error), "at": now},
        )


def try_again() -> int:
    """Let every clock that was set aside be tried again; return how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE casework_clock SET aside = false WHERE aside")
        SetAside.objects.all().delete()
        return int(cursor.rowcount)


def _fire(now: datetime, limit: int | None, since: datetime) -> Fired:
    with transaction.atomic():
        ids, until = _claim(now, limit, since)
        fired = _fire_cases(ids, now)
    fired.until = until
    return fired


def _fire_cases(ids: Sequence[int], now: datetime) -> Fired:
    """Fire what is due of cases that this transaction has locked."""
    fired = Fired(claimed=len(ids))
    loaded = load_many(ids)
    known = facts_for_all([case.state for case in loaded], by=Actor.system(), now=now)
    changes = []
    for case, facts in zip(loaded, known, strict=True):
        try:
            named = replace(facts, tag=base64url.encode(case.stream))
            change = _fire_case(case, named, fired)
        except _Failed as failed:
            set_aside(case.id, failed.due, failed.error, now)
            fired.aside += 1
        else:
            changes += [change] if change.records else []
    write_many(changes)
    return fired


def _claim(now: datetime, limit: int | None, since: datetime) -> tuple[list[int], datetime | None]:
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [now, since, limit])
        rows = cursor.fetchall()
    return sorted({case_id for case_id, _ in rows}), rows[-1][1] if rows else None


def _fire_case(case: Loaded, facts: Facts, fired: Fired) -> Changed:
    """Fire what is due of one case, the earliest first, together with what becomes due by that.

    Raises _Failed.
    """
    how = Circumstances(Actor.system(), "", facts.now, terms_under(facts.policy, facts.calendar))
    state, records = case.state, list[Recorded]()
    while (due := _earliest(case, state, facts.now)) is not None:
        facts = facts if facts.case is state else replace(facts, case=state)
        verb = verb_of(facts, due.clock)
        if verb is not None:
            fired.by_verb.append(ByVerb(case.id, case.reference, verb, due))
            break
        try:
            state, more = happen(state, fire(facts, due), _evolve, how)
        except Exception as error:
            raise _Failed(due, error) from error
        records += more
        fired.fired += 1
        fired.late = max(fired.late, _late(due, facts.now))
        if len(records) > MOST_AT_ONCE:
            raise _Failed(due, RuntimeError("endless"))
    return Changed(case, state, records)


def _evolve(state: CaseState | None, recorded: Recorded) -> CaseState:
    assert state is not None
    return evolve(state, recorded)


def _earliest(case: Loaded, state: CaseState, now: datetime) -> Due | None:
    due = [
        one
        for one in state.clocks.values()
        if one.at is not None
        and one.at <= now
        and not one.paused
        and not one.missed
        and one.clock not in NEVER_FIRE
        and one.clock not in case.aside
    ]
    return min(due, key=lambda one: (one.at, ORDER[one.clock]), default=None)


def _late(due: Due, now: datetime) -> float:
    return (now - due.at).total_seconds() if due.at is not None else 0.0


def _one_by_one(now: datetime, limit: int | None, since: datetime) -> Fired:
    whole = Fired()
    with transaction.atomic():
        ids, whole.until = _claim(now, limit, since)
    for case_id in ids:
        one = _alone(case_id, now)
        whole.fired += one.fired
        whole.late = max(whole.late, one.late)
        whole.aside += one.aside
        whole.claimed += one.claimed
        whole.by_verb += one.by_verb
    return whole


def _alone(case_id: int, now: datetime) -> Fired:
    try:
        with transaction.atomic():
            return _fire_cases(_locked(case_id), now)
    except PASSING:
        raise
    except Exception as error:  # noqa: BLE001 as above
        with transaction.atomic():
            due = _first_due(case_id, now) if _locked(case_id) else None
            if due is not None:
                set_aside(case_id, due, error, now)
        found = int(due is not None)
        return Fired(claimed=found, aside=found)


def _first_due(case_id: int, now: datetime) -> Due | None:
    """Return the clock of a case that fires first, without looking at the case itself."""
    with connection.cursor() as cursor:
        cursor.execute(_FIRST, [case_id, now])
        row = cursor.fetchone()
        return None if row is None else Due(*row)


def _locked(case_id: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM casework_case WHERE id = %s FOR UPDATE SKIP LOCKED", [case_id]
        )
        return [row[0] for row in cursor.fetchall()]
