"""Whole histories of cases by the real rules, and writing them by the thousand with the pen."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import measuring  # noqa: F401 first: it sets Django up
from django.db import transaction

from dandang.lifecycle.casework.actions.record import NewRequest, Opening, create
from dandang.lifecycle.casework.queries import facts_for
from dandang.lifecycle.casework.rules.happen import Circumstances, happen, terms_under
from dandang.lifecycle.casework.rules.permit import permit
from dandang.lifecycle.intake.actions import in_force, prepare
from dandang.lifecycle.intake.rules import Contact, Open, evolve
from dandang.lifecycle.rulebook import RULES
from dandang.lifecycle.verbs import READY
from dandang.lifecycle.verbs.values import parse
from dandang.organization.queries import directory
from dandang.terms import Actor, new_reference

HOLDER, REQUESTER = "holder", Actor.requester(1)
Act = tuple[Actor | str, str, dict[str, Any]]


def history(
    number: int, acts: Sequence[Act], *, at: datetime, category: str = "water_supply"
) -> Opening:
    """Return a case opened at a time, with an act in every hour after it, not yet written."""
    wish = Open(
        title="No water",
        text="No water since six this morning. " * 8,
        channel="web",
        category=category,
        area="qingshan",
        contact=Contact(phone=f"139{number:08d}"),
    )
    opening = prepare(wish, in_force(), by=REQUESTER, now=at)
    state, records = opening.state, list(opening.records)
    for hours, (who, verb, values) in enumerate(acts, start=1):
        now = at + timedelta(hours=hours)
        by = who if isinstance(who, Actor) else _officer_of(state.holder, now)
        facts = facts_for(state, by=by, now=now)
        post = permit(facts, READY[verb])
        wanted = RULES[verb].wish(**parse(READY[verb], values))
        events = RULES[verb].rule(replace(facts, post=post), wanted)
        how = Circumstances(by, post, now, terms_under(facts.policy, facts.calendar))
        state, more = happen(state, events, evolve, how)
        records += more
    return replace(opening, state=state, records=records)


def write(patterns: Sequence[Opening]) -> int:
    """Write each history once more, as a case of its own; return the number of events."""
    with transaction.atomic():
        create(
            [
                replace(one, stream=None, request=NewRequest(reference=new_reference()))
                for one in patterns
            ]
        )
    return sum(len(one.records) for one in patterns)


def _officer_of(post: str, now: datetime) -> Actor:
    return Actor.officer(directory().officers_of(post, now)[0].code)
