"""Who may have which document: rules of reading and deciding, asked where they are kept."""

from dandang.interfaces.desk.access import Officer
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.permit import acting_post
from dandang.lifecycle.states import OPEN
from dandang.lifecycle.verbs import Verb, Who
from dandang.organization.directory import PostKind
from dandang.terms import Code, Refusal

_FOLLOW_UP = Verb("follow-up", frozenset({Who.DECIDING, Who.UNIT_HEAD}), OPEN, ())
"""Following up as a row of the verb table would have it; it changes nothing, so it is none."""

_OVERSEEING = frozenset({PostKind.SUPERVISION, PostKind.LEADER})


def issuing_post(facts: Facts) -> str | None:
    """Return the post in which an officer may follow up on a case, or None.

    A deciding office outside the holder's unit, or the head of that unit or of one above it.
    Nobody follows up on themselves.
    """
    post = acting_post(facts, _FOLLOW_UP)
    return None if post == facts.case.holder else post


def check_follow_up(facts: Facts) -> str:
    """Return the post that follows up. Refuses `not_permitted`, `case_ended`."""
    post = issuing_post(facts)
    if post is None:
        raise Refusal(Code.NOT_PERMITTED, verb=_FOLLOW_UP.name)
    if not facts.case.is_open:
        raise Refusal(Code.CASE_ENDED, verb=_FOLLOW_UP.name, state=facts.case.state.value)
    return post


def may_have_sheet(officer: Officer, post: str) -> bool:
    """Say whether an officer may have the handover sheet of a post; of an unknown one nobody may.

    Whoever is in the post, the heads of its unit and of those above, leaders and supervision.
    """
    found = officer.directory.posts.get(post)
    return found is not None and any(
        own.code == post
        or own.kinds & _OVERSEEING
        or (PostKind.HEAD in own.kinds and officer.directory.in_subtree(found.unit, own.unit))
        for own in officer.posts
    )
