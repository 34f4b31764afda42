"""Giving provisional clocks their final times when a calendar notice came, in bounded batches.

A clock that is final is not touched again, so what was interrupted goes on when this runs again,
and any number of runs may meet. Cases that somebody else has locked are left for the next run.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from dandang.ledger import base64url
from dandang.lifecycle.casework.actions.many import Changed, Loaded, load_many, write_many
from dandang.lifecycle.casework.provisional import end_of
from dandang.lifecycle.casework.queries import facts_for_all
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.happen import Circumstances, terms_under
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.casework.rules.unfold import Means, unfold
from dandang.lifecycle.escalation.rules.evolve import evolve
from dandang.lifecycle.escalation.rules.settling import settle_due_times
from dandang.organization.queries import present
from dandang.terms import Actor, Recorded

BATCH = 200

_CLAIM = """
SELECT id FROM casework_case
WHERE id > %s AND id IN (
    SELECT case_id FROM casework_clock WHERE provisional AND due_at <= %s
)
ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
"""
_FAMILY = """
SELECT id FROM casework_case
WHERE stream = %(root)s OR (root <> '' AND root = %(tag)s) ORDER BY id
"""
_LOCK = "SELECT id FROM casework_case WHERE id = ANY(%s) ORDER BY id FOR UPDATE SKIP LOCKED"


@dataclass(frozen=True, slots=True)
class Settled:
    """What a run did: clocks that are final now, cases that were told, and cases that failed.

    `failed` are references; nothing was written to them. `reached` is the row of the last case
    looked at, None where nothing is left behind it.
    """

    clocks: int = 0
    cases: int = 0
    failed: tuple[str, ...] = ()
    reached: int | None = None

    def __add__(self, other: "Settled") -> "Settled":
        """Return both together; the other one was the later one."""
        return Settled(
            self.clocks + other.clocks,
            self.cases + other.cases,
            (*self.failed, *other.failed),
            other.reached,
        )


def settle_provisional(now: datetime, *, limit: int = BATCH, after: int = 0) -> Settled:
    """Settle the clocks of at most `limit` cases that are provisional and published by now.

    Looks at cases whose row comes after `after`. `now` is aware: from then on times are laid out
    again. Refuses `no_organization`.
    """
    end = end_of(present().calendar)
    if end is None:
        return Settled()
    with transaction.atomic():
        ids = _ids(_CLAIM, [after, end, limit])
        loaded = load_many(ids)
        parents = [case for case in loaded if case.state.children]
        done = _settle([[case] for case in loaded if not case.state.children], now)
    for parent in parents:
        with transaction.atomic():
            done += _settle([_family(parent)], now)
    return Settled(done.clocks, done.cases, done.failed, ids[-1] if len(ids) == limit else None)


def settle_all(
    now: datetime, *, limit: int = BATCH, progress: Callable[[int], None] | None = None
) -> Settled:
    """Settle every clock that is provisional and published by now, batch after batch.

    `progress` hears how many clocks became final since it was last called. Refuses as
    `settle_provisional`.
    """
    whole = settle_provisional(now, limit=limit)
    _tell(progress, whole.clocks)
    while whole.reached is not None:
        batch = settle_provisional(now, limit=limit, after=whole.reached)
        _tell(progress, batch.clocks)
        whole += batch
    return whole


def _tell(progress: Callable[[int], None] | None, clocks: int) -> None:
    if progress is not None:
        progress(clocks)


def _ids(statement: str, values: Sequence[Any] | Mapping[str, Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]


def _family(parent: Loaded) -> list[Loaded]:
    """Lock a case with its parts, whose times move with its own; none where one is not to be had.

    Nobody waits for anybody, so that those who hold a part and want its parent get it.
    """
    tag = parent.state.root or base64url.encode(parent.stream)
    wanted = _ids(_FAMILY, {"root": base64url.decode(tag), "tag": tag})
    locked = _ids(_LOCK, [wanted])
    return load_many(locked) if locked == wanted else []


def _settle(families: Sequence[Sequence[Loaded]], now: datetime) -> Settled:
    """Settle the clocks of cases that this transaction has locked."""
    cases = [case for family in families for case in family]
    known = facts_for_all([case.state for case in cases], by=Actor.system(), now=now)
    facts = {case.id: one for case, one in zip(cases, known, strict=True)}
    changes: list[Changed] = []
    failed: list[str] = []
    for family in families:
        try:
            changes += _settle_family(family, facts)
        except Exception:  # noqa: BLE001 whatever it is, the others go on
            failed.append(family[0].reference)
    write_many(changes)
    clocks = sum(_provisional(one.case.state) - _provisional(one.after) for one in changes)
    return Settled(clocks, len(changes), tuple(failed))


def _settle_family(family: Sequence[Loaded], facts: Mapping[int, Facts]) -> list[Changed]:
    """Return what becomes of a case, or of a parent with its parts, whose times follow its own."""
    tags = {base64url.encode(case.stream): case for case in family}
    living = {tag: case.state for tag, case in tags.items()}
    records: dict[str, list[Recorded]] = defaultdict(list)
    for tag, case in tags.items():
        known = replace(facts[case.id], case=living[tag])
        events = settle_due_times(known)
        if not events:
            continue
        terms = terms_under(known.policy, known.calendar)
        how = Circumstances(Actor.system(), "", known.now, terms)
        means = Means(_evolve, how, _nobody_is_born)
        for changed, change in unfold(tag, events, living, means).changes.items():
            living[changed] = change.after
            records[changed] += change.records
    return [Changed(tags[tag], living[tag], said) for tag, said in records.items()]


def _evolve(state: CaseState | None, recorded: Recorded) -> CaseState:
    assert state is not None
    return evolve(state, recorded)


def _nobody_is_born() -> str:
    raise AssertionError("a settled time opens no case")


def _provisional(case: CaseState) -> int:
    return sum(due.provisional for due in case.clocks.values())
