"""One act on the register: all of its edits are checked and written together, or none is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dandang.organization.actions.change import lock, move, record
from dandang.organization.actions.load import write
from dandang.organization.edits import Change, Edit, changes_between, edited
from dandang.organization.entries import Organization
from dandang.organization.events import RegisterChanged, What
from dandang.organization.registered import named_policy, registered
from dandang.organization.themselves import given_to
from dandang.terms import Actor, InputError, Problem
from dandang.terms.actor import ActorKind

Check = Callable[["Outcome"], Sequence[Problem]]
"""Looks at what would come of an act, before it is written, and names what speaks against it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The register before and after an act, and what differs."""

    before: Organization
    after: Organization
    changes: tuple[Change, ...]


def ended_in(changes: Iterable[Change], table: str) -> tuple[str, ...]:
    """Return the codes of the entries of a table that end by these changes."""
    gone = {What.ENDED, What.TAKEN_BACK}
    return tuple(one.code for one in changes if one.table == table and one.what in gone)


def nothing_against(_outcome: Outcome) -> Sequence[Problem]:
    """Find nothing."""
    return ()


def plan(
    edits: Sequence[Edit], *, by: Actor, now: datetime, check: Check = nothing_against
) -> Outcome:
    """Return what would come of the edits; nothing is written.

    Raises InputError with every problem: those of the files, those of `themselves.given_to` where
    an officer would give themselves more, and what `check` finds. Refuses `no_organization`,
    `not_found`, `changed_meanwhile`.
    """
    before = registered()
    policy = named_policy(before.body.policy)
    after = edited(before, edits, None if policy is None else policy.categories.keys())
    outcome = Outcome(before, after, tuple(changes_between(before, after, now)))
    problems = [*_by_themselves(outcome, by), *check(outcome)]
    if problems:
        raise InputError(problems)
    return outcome


@transaction.atomic
def change_register(
    edits: Sequence[Edit], *, by: Actor, now: datetime, check: Check = nothing_against
) -> Outcome:
    """Make the edits and record each change in the body's chain; otherwise as `plan`.

    What changes nothing writes nothing.
    """
    version = lock()
    outcome = plan(edits, by=by, now=now, check=check)
    if outcome.changes:
        write(outcome.after, {change.table for change in outcome.changes}, now=now)
        record([_event(change) for change in outcome.changes], by=by, now=now)
        move(version, by=by, now=now)
    return outcome


def _event(change: Change) -> RegisterChanged:
    return RegisterChanged(change.table, change.code, change.what, change.fields, change.values)


def _by_themselves(outcome: Outcome, by: Actor) -> list[Problem]:
    """Return what an officer would give themselves: who administers would read every case."""
    if by.kind is not ActorKind.OFFICER:
        return []
    return given_to(by.code, outcome.before, outcome.after, outcome.changes)
