"""What a holder asks for and somebody else decides: one thing at a time, never by who asked."""

from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.particulars import Asked, Wanted
from dandang.terms import Code, Refusal, four_eyes


def nothing_undecided(facts: Facts) -> None:
    """Refuse `already_asked` while something that was asked for is undecided."""
    if facts.case.asked is not None:
        raise Refusal(Code.ALREADY_ASKED)


def undecided(facts: Facts, what: Wanted) -> Asked:
    """Return what was asked for and the actor may decide.

    Refuses `nothing_asked`, and `decider_involved` to the officer who asked, in whatever post.
    """
    asked = facts.case.asked
    if asked is None or asked.what is not what:
        raise Refusal(Code.NOTHING_ASKED)
    four_eyes(asked.by, facts.by)
    return asked


def may_decide(facts: Facts, what: Wanted) -> bool:
    """Say whether this was asked for, by somebody else than the actor."""
    asked = facts.case.asked
    return asked is not None and asked.what is what and asked.by != facts.by.code


def may_decide_unmasking(facts: Facts) -> bool:
    """Say whether somebody else than the actor waits to be allowed to look at a requester."""
    return any(one.waits and one.by != facts.by.code for one in facts.case.unmaskings)
