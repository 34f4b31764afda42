"""The one way to act on a case: lock, rule, ledger and rows, one transaction."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from dandang.ledger import base64url
from dandang.ledger.chain import STREAM_BYTES
from dandang.lifecycle.casework.actions.locking import Locked, lock
from dandang.lifecycle.casework.actions.record import NewRequest, Opening, create, update
from dandang.lifecycle.casework.files.prepared import PreparedFile
from dandang.lifecycle.casework.queries import facts_for
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.happen import Circumstances, Evolve, terms_under
from dandang.lifecycle.casework.rules.kin import Item, units_near
from dandang.lifecycle.casework.rules.permit import permit
from dandang.lifecycle.casework.rules.unfold import Born, Change, Means, Unfolded, unfold
from dandang.lifecycle.states import State
from dandang.lifecycle.verbs import Kind, Verb
from dandang.terms import Actor, ActorKind, Code, Refusal, new_reference

Rule = Callable[[Facts, Any], Sequence[Item]]


@dataclass(frozen=True, slots=True)
class Done:
    """What an act did: the case afterwards and the names of its events now in the ledger.

    `children` are the references of cases that it opened.
    """

    reference: str
    state: State
    holder: str
    seq: int
    events: tuple[str, ...]
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """One verb with its rule and what the events of its stage mean."""

    verb: Verb
    rule: Rule
    evolve: Evolve

    def other(self, wish: object) -> str:
        """Return the reference of the second case that the wish names; "" where it names none."""
        names = (field.name for field in self.verb.fields if field.kind is Kind.CASE)
        return next((str(getattr(wish, name)) for name in names), "")


@transaction.atomic
def act(  # noqa: PLR0913 the one write path
    what: Act,
    reference: str,
    wish: object,
    *,
    by: Actor,
    now: datetime,
    seen_seq: int | None = None,
    new_request: NewRequest | None = None,
) -> Done:
    """Do a verb to the case of this reference, or refuse and leave everything as it was.

    `now` is when it happens (aware). `seen_seq` is the event number the actor last saw: a guarded
    verb is refused with `changed_meanwhile` when custody or state moved since. `new_request` is
    the row for a request that the act attaches. The `files` of a wish are kept with its event.

    Refuses `not_found`, `changed_meanwhile`, the codes of `permit`, those of the verb's rule and
    of `keep_files`.
    """
    locked, unfolded = _unfold(what, reference, wish, by=by, now=now, seen_seq=seen_seq)
    children = _write(locked, unfolded, new_request, getattr(wish, "files", ()))
    change = unfolded.changes[locked.tag]
    return Done(
        reference=locked.cases[locked.tag].reference,
        state=change.after.state,
        holder=change.after.holder,
        seq=change.after.seq,
        events=tuple(record.event.type_name() for record in change.records),
        children=children,
    )


@dataclass(frozen=True, slots=True)
class Imagined:
    """What an act would make of its case, of others (by reference) and of cases it would open."""

    change: Change
    others: tuple[tuple[str, Change], ...]
    born: tuple[Born, ...]


@transaction.atomic
def imagine(what: Act, reference: str, wish: object, *, by: Actor, now: datetime) -> Imagined:
    """Return what a verb would make of the case of this reference and of others; nothing is done.

    Refuses whatever doing it would refuse now.
    """
    locked, unfolded = _unfold(what, reference, wish, by=by, now=now)
    others = {tag: one for tag, one in unfolded.changes.items() if tag != locked.tag}
    return Imagined(
        unfolded.changes[locked.tag],
        tuple((locked.cases[tag].reference, one) for tag, one in others.items()),
        tuple(unfolded.born),
    )


def _unfold(
    what: Act,
    reference: str,
    wish: object,
    *,
    by: Actor,
    now: datetime,
    seen_seq: int | None = None,
) -> tuple[Locked, Unfolded]:
    # The system means the case, wherever the request went that its reference was given for.
    follow = by.kind is not ActorKind.SYSTEM and not what.verb.undoes_a_merge
    locked = lock(reference, what.other(wish), follow=follow)
    before = locked.states[locked.tag]
    _check_still_the_same(locked, by)
    facts = facts_for(before, by=by, now=now)
    facts = replace(facts, kin_units=units_near(locked.tag, locked.states))
    post = permit(facts, what.verb)
    if what.verb.guarded and seen_seq is not None and seen_seq < before.state_seq:
        raise Refusal(Code.CHANGED_MEANWHILE)
    facts = replace(facts, post=post, tag=locked.tag, family=locked.states, other=locked.other)
    items = what.rule(facts, wish)
    how = Circumstances(by=by, post=post, now=now, terms=terms_under(facts.policy, facts.calendar))
    return locked, unfold(locked.tag, items, locked.states, Means(what.evolve, how, _new_tag))


def _check_still_the_same(locked: Locked, by: Actor) -> None:
    """Refuse a requester who acts on a case that the request has left since it was looked up."""
    number = locked.request_number
    if number is not None and by.kind is ActorKind.REQUESTER and by.code != str(number):
        raise Refusal(Code.CHANGED_MEANWHILE)


def _new_tag() -> str:
    return base64url.encode(secrets.token_bytes(STREAM_BYTES))


def _write(
    locked: Locked,
    unfolded: Unfolded,
    new_request: NewRequest | None,
    files: Sequence[PreparedFile],
) -> tuple[str, ...]:
    for tag, change in unfolded.changes.items():
        update(
            locked.cases[tag],
            locked.requests[tag],
            change.before,
            change.after,
            change.records,
            new_request if tag == locked.tag else None,
            files=files if tag == locked.tag else (),
        )
    openings = [_opening(born, locked) for born in unfolded.born]
    if openings:
        create(openings)
    return tuple(opening.request.reference for opening in openings)


def _opening(born: Born, locked: Locked) -> Opening:
    """Return a child to be written; one for a single requester goes by its parent's title."""
    parent = locked.cases[born.parent]
    return Opening(
        state=born.state,
        records=born.records,
        request=NewRequest(reference=new_reference()),
        stream=base64url.decode(born.tag),
        titled_by=parent.opening_event if born.request is not None else None,
    )
