"""Calling the duty post when many requests of one kind come in at once."""

from dandang.lifecycle.casework.actions.many import Changed, load_many, write_many
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.queries import facts_for
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.happen import Circumstances, happen, terms_under
from dandang.lifecycle.casework.rules.holding import is_free, is_subject
from dandang.lifecycle.escalation.rules.above import Callee, callee
from dandang.lifecycle.escalation.rules.firing import call
from dandang.lifecycle.intake.rules import evolve
from dandang.lifecycle.watching.actions.turn import Turn
from dandang.lifecycle.watching.models import Reported
from dandang.lifecycle.watching.queries import first_since, surges
from dandang.lifecycle.watching.rules import Surge, duty_post, passing
from dandang.organization.directory import Post
from dandang.policy import CallTarget
from dandang.terms import Actor

STEP = "surge"
"""What a call about a surge names as its occasion."""

_IN_FLIGHT = 1000
"""Rows of requests may become visible after so many with a higher number."""


def look_for_surges(turn: Turn) -> None:
    """Call the duty post about every surge, once per category, area and window.

    The call stands on the newest open case of the surge.
    """
    policy = turn.under.policy
    window = passing(policy.limits.incident_window)
    since, first = turn.now - window, int(turn.watch.cursor.get("first", 0))
    turn.watch.cursor = {"first": max(first, first_since(since, first=first) - _IN_FLIGHT)}
    if not policy.watch.surge_calls_duty:
        return
    reported = Reported.objects.filter(watch=turn.watch.name)
    reported.filter(until__lte=turn.now).delete()
    known = set(reported.values_list("subject", flat=True))
    day = turn.under.directory.local_day(turn.now)
    least = policy.limits.incident_requests
    for surge in surges(turn.now, since=since, first=first, least=least):
        if surge.subject in known:
            continue
        post = duty_post(turn.under.directory, policy, surge, day)
        if _call(turn, surge, post):
            Reported.objects.create(
                watch=turn.watch.name,
                subject=surge.subject,
                case_id=surge.case_id,
                since=turn.now,
                until=turn.now + window,
            )


def _call(turn: Turn, surge: Surge, post: Post) -> bool:
    """Call whoever is in the post, else the next above the case; say whether anybody was there.

    A case that somebody else is at work on right now is left to the next look.
    """
    claimed = Case.objects.select_for_update(skip_locked=True).filter(ended_at=None)
    if claimed.filter(id=surge.case_id).first() is None:
        return False
    (case,) = load_many([surge.case_id])
    facts = facts_for(case.state, by=Actor.system(), now=turn.now)
    who = _present(facts, post) or callee(facts, CallTarget.UNIT_HEAD)
    if who is None:
        return False
    terms = terms_under(facts.policy, facts.calendar)
    how = Circumstances(Actor.system(), "", turn.now, terms)
    state, records = happen(case.state, [call(facts, who, STEP)], evolve, how)
    write_many([Changed(case, state, records)])
    turn.looked.calls.append(case.reference)
    return True


def _present(facts: Facts, post: Post) -> Callee | None:
    """Return who is in the post now and may have to do with the case."""
    if is_subject(facts.directory, post.unit, facts.case.subject_units):
        return None
    officers = facts.directory.officers_of(post.code, facts.now)
    free = next((one for one in officers if is_free(facts, one.code)), None)
    return None if free is None else Callee(free, post, CallTarget.OFFICER)
