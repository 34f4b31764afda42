"""The one way to act on a case: lock, rule, ledger and rows, one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from dandang.lifecycle.casework.actions.record import NewRequest, add_request, update
from dandang.lifecycle.casework.models import Case, Clock, Request
from dandang.lifecycle.casework.queries import facts_for
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.happen import Circumstances, Evolve, happen, terms_under
from dandang.lifecycle.casework.rules.permit import permit
from dandang.lifecycle.states import State
from dandang.lifecycle.verbs import Verb
from dandang.terms import Actor, Code, Event, Refusal, normalise_reference

Rule = Callable[[Facts, Any], Sequence[Event]]


@dataclass(frozen=True, slots=True)
class Done:
    """What an act did: the case afterwards and the names of the events now in the ledger."""

    reference: str
    state: State
    holder: str
    seq: int
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """One verb with its rule and what the events of its stage mean."""

    verb: Verb
    rule: Rule
    evolve: Evolve


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
    the row for a request that the act attaches.

    Refuses `not_found`, `changed_meanwhile`, the codes of `permit` and those of the verb's rule.
    """
    case = _locked(reference)
    requests = list(Request.objects.filter(case=case).order_by("number"))
    before = case.facts(requests, Clock.objects.filter(case=case))
    facts = facts_for(before, by=by, now=now)
    post = permit(facts, what.verb)
    if what.verb.guarded and seen_seq is not None and seen_seq < before.state_seq:
        raise Refusal(Code.CHANGED_MEANWHILE)
    facts = replace(facts, post=post)
    events = what.rule(facts, wish)
    how = Circumstances(by=by, post=post, now=now, terms=terms_under(facts.policy, facts.calendar))
    after, records = happen(before, events, what.evolve, how)
    update(case, requests, before, after, records)
    if new_request is not None:
        add_request(case, after, new_request)
    return Done(
        reference=case.reference,
        state=after.state,
        holder=after.holder,
        seq=after.seq,
        events=tuple(record.event.type_name() for record in records),
    )


def _locked(reference: str) -> Case:
    case = (
        Case.objects.select_for_update(of=("self",))
        .filter(requests__reference=normalise_reference(reference))
        .first()
    )
    if case is None:
        raise Refusal(Code.NOT_FOUND)
    return case
