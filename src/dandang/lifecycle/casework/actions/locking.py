"""Locking the cases an act may change: a case with its family, and a second one if it names one.

Locks are taken in the order of the rows' ids, so that two acts never wait for each other.
"""

from dataclasses import dataclass, field

from dandang.ledger import base64url
from dandang.lifecycle.casework.models import Case, Clock, Request
from dandang.lifecycle.casework.queries import standing_of
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.states import State
from dandang.terms import Code, Refusal

_TRIES = 3
# Written out, because the ORM takes longer to compose so many columns than the database to read
# them, and every act begins here.
_LOCK = """
SELECT * FROM casework_case
WHERE id = ANY(%(ids)s) OR (root <> '' AND root = ANY(%(roots)s)) OR stream = ANY(%(streams)s)
ORDER BY id FOR UPDATE
"""


@dataclass(slots=True)
class Locked:
    """Cases that this transaction holds, by tag, with the rows and the state of each.

    `tag` is the case that was asked for, `other` the second one ("" for none). `request_number` is
    that of the request there, where it was followed to another case than its own.
    """

    tag: str
    other: str
    request_number: int | None
    cases: dict[str, Case] = field(default_factory=dict)
    requests: dict[str, list[Request]] = field(default_factory=dict)
    states: dict[str, CaseState] = field(default_factory=dict)


def lock(reference: str, other: str = "", *, follow: bool = True) -> Locked:
    """Lock the case a reference stands for now, its family, and the same for `other`.

    A merged case brings the one it went into; without `follow` the merged case itself is meant.
    Needs a transaction. Refuses `not_found`, and `changed_meanwhile` where cases are joined faster
    than they can be locked.
    """
    for _ in range(_TRIES):
        request, was_followed = standing_of(reference, follow=follow)
        first = request.case
        second = standing_of(other)[0].case if other else _merged_into(first)
        asked = [case for case in (first, second) if case is not None]
        locked = _lock(asked)
        if all(_still_true(case, locked) for case in asked):
            number = request.number if was_followed else None
            return _loaded(Locked(first.tag, second.tag if second else "", number, locked))
    raise Refusal(Code.CHANGED_MEANWHILE)


def _merged_into(case: Case) -> Case | None:
    if case.state != State.MERGED:
        return None
    return Case.objects.get(stream=base64url.decode(case.merged_into))


def _lock(asked: list[Case]) -> dict[str, Case]:
    roots = [case.root or case.tag for case in asked if case.root or case.children]
    wanted = {
        "ids": [case.pk for case in asked],
        "roots": roots,
        "streams": [base64url.decode(root) for root in roots],
    }
    return {case.tag: case for case in Case.objects.raw(_LOCK, wanted)}


def _still_true(before: Case, locked: dict[str, Case]) -> bool:
    """Say whether a case still has the family that was locked with it."""
    now = locked[before.tag]
    same = (before.state == State.MERGED) == (now.state == State.MERGED)
    return same and now.children == before.children


def _loaded(locked: Locked) -> Locked:
    ids = {case.pk: tag for tag, case in locked.cases.items()}
    locked.requests = {tag: [] for tag in locked.cases}
    clocks: dict[str, list[Clock]] = {tag: [] for tag in locked.cases}
    for request in Request.objects.filter(case__in=ids).order_by("case_id", "number"):
        locked.requests[ids[request.case_id]].append(request)
    for clock in Clock.objects.filter(case__in=ids):
        clocks[ids[clock.case_id]].append(clock)
    locked.states = {
        tag: case.facts(locked.requests[tag], clocks[tag]) for tag, case in locked.cases.items()
    }
    return locked
