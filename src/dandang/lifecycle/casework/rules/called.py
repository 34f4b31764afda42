"""Whose turn it is to answer a call."""

from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.particulars import Call
from dandang.policy import CallAnswer

BY_THE_VERB = (CallAnswer.TOOK_OVER, CallAnswer.INSTRUCTED, CallAnswer.DECIDED)
"""The acts of the verb for it; a sponsor is named by another one."""


def own_calls(facts: Facts) -> list[Call]:
    """Return the open calls upon the posts of the acting officer."""
    posts = {post.code for post in facts.posts}
    return [one for one in facts.case.calls if one.post in posts]


def may_act(facts: Facts) -> bool:
    """Say whether the actor has been called in a way that the verb for it can answer."""
    return any(one.answered_by(act) for one in own_calls(facts) for act in BY_THE_VERB)
