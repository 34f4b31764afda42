"""Who may do a verb now: the verb table against the facts. Deny by default."""

from collections.abc import Callable, Iterator, Mapping

from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.states import ENDS
from dandang.lifecycle.verbs import READY, Verb, Who
from dandang.organization.directory import Post, PostKind
from dandang.terms import ActorKind, Code, Refusal

_DENIED = {
    Who.HOLDER: Code.NOT_THE_HOLDER,
    Who.DECIDING: Code.NOT_THE_DECIDING_OFFICE,
    Who.DISPATCHER: Code.NOT_THE_DISPATCHER,
    Who.REQUESTER: Code.NOT_THE_REQUESTER,
    Who.ASSISTANT: Code.NOT_THE_ASSISTANT,
}

_SEES_ALL = frozenset(
    {
        PostKind.INTAKE,
        PostKind.DISPATCH,
        PostKind.CALL_BACK,
        PostKind.SUPERVISION,
        PostKind.LEADER,
    }
)
_MEETS_REQUESTERS = _SEES_ALL - {PostKind.LEADER}
_HEARS_IN_PRIVATE = frozenset({PostKind.CALL_BACK, PostKind.SUPERVISION})
_DECIDING = frozenset({PostKind.DISPATCH, PostKind.SUPERVISION, PostKind.LEADER})


def permit(facts: Facts, verb: Verb) -> str:
    """Return the post the actor acts for ("" for requesters and the system).

    Refuses `unknown_verb` for a verb that is not ready, `not_permitted` or a plainer code (see
    `_denial`) for the wrong actor, then `case_ended` or `wrong_state`. Who may not act learns
    nothing of the state.
    """
    if verb.name not in READY:
        raise Refusal(Code.UNKNOWN_VERB, verb=verb.name)
    if facts.by.code in facts.case.conflicts and facts.by.kind is ActorKind.OFFICER:
        raise Refusal(Code.CONFLICT_DECLARED, verb=verb.name)
    post = acting_post(facts, verb)
    if post is None:
        raise Refusal(_denial(facts, verb), verb=verb.name)
    if facts.case.state not in verb.states:
        ended = facts.case.state in ENDS
        code = Code.CASE_ENDED if ended else Code.WRONG_STATE
        raise Refusal(code, verb=verb.name, state=facts.case.state.value)
    return post


def acting_post(facts: Facts, verb: Verb) -> str | None:
    """Return the post (or "") with which the actor may do the verb, or None if not at all."""
    for who in sorted(verb.who, key=list(Who).index):
        for post in _CLAIMS[who](facts):
            return post
    return None


def acts_as(facts: Facts, who: Who) -> bool:
    """Say whether the actor is this to the case, in any of the posts the actor is in."""
    return any(True for _ in _CLAIMS[who](facts))


def may_read(facts: Facts) -> bool:
    """Say whether an officer may open this case: deny by default.

    The holder's unit and the units above it, the unit it came from or is wanted at, and the posts
    whose work is every case: intake, dispatch, call-back, supervision, leaders.
    """
    case, directory = facts.case, facts.directory
    if facts.by.code in case.conflicts or is_complained_about(facts):
        return False
    near = {case.holder_unit, *(one.of_unit for one in case.assists)}
    if case.came_from:
        near.add(directory.post(case.came_from).unit)
    if case.wanted_unit:
        near.add(case.wanted_unit)
    return any(
        post.kinds & _SEES_ALL or any(directory.in_subtree(unit, post.unit) for unit in near)
        for post in facts.posts
    )


def is_complained_about(facts: Facts) -> bool:
    """Say whether an officer sits in a unit that the complaint is about, or below one."""
    return any(
        facts.directory.in_subtree(post.unit, unit)
        for unit in facts.case.subject_units
        for post in facts.posts
    )


def may_see_contact(facts: Facts) -> bool:
    """Say whether an officer may see how to reach the requesters: only where it is their work.

    The holder's own unit, and the posts for intake, dispatch, call-back and supervision.
    """
    return not is_complained_about(facts) and any(
        post.unit == facts.case.holder_unit or post.kinds & _MEETS_REQUESTERS
        for post in facts.posts
    )


def may_see_private_answers(facts: Facts) -> bool:
    """Say whether an officer may see what a requester answered in private: never the holder's own.

    It is for supervision, and for call-back, which collects such answers.
    """
    return any(
        post.kinds & _HEARS_IN_PRIVATE
        and not facts.directory.in_subtree(post.unit, facts.case.holder_unit)
        for post in facts.posts
    )


def _denial(facts: Facts, verb: Verb) -> Code:
    """Return the code that says most plainly why this actor may not do the verb."""
    kinds = {kind for post in facts.posts for kind in post.kinds}
    if Who.DECIDING in verb.who and kinds & _DECIDING:
        return Code.DECIDER_INVOLVED
    if Who.CALL_BACK in verb.who and PostKind.CALL_BACK in kinds:
        return Code.CALL_BACK_BY_HOLDER
    if len(verb.who) == 1:
        (only,) = verb.who
        return _DENIED.get(only, Code.NOT_PERMITTED)
    return Code.NOT_PERMITTED


def _requester(facts: Facts) -> Iterator[str]:
    number = facts.request_number
    request = facts.case.request(number) if number is not None else None
    if request is not None and request.is_active:
        yield ""


def _holder(facts: Facts) -> Iterator[str]:
    yield from (post.code for post in facts.posts if post.code == facts.case.holder)


def _of_kind(facts: Facts, kind: PostKind) -> Iterator[Post]:
    yield from (post for post in facts.posts if kind in post.kinds)


def _dispatcher(facts: Facts) -> Iterator[str]:
    yield from (post.code for post in _of_kind(facts, PostKind.DISPATCH))


def _intake(facts: Facts) -> Iterator[str]:
    yield from (post.code for post in _of_kind(facts, PostKind.INTAKE))


def _unit_head(facts: Facts) -> Iterator[str]:
    for post in _of_kind(facts, PostKind.HEAD):
        if facts.directory.in_subtree(facts.case.holder_unit, post.unit):
            yield post.code


def _deciding(facts: Facts) -> Iterator[str]:
    """Yield posts outside the subtree of every unit concerned: nobody decides about itself."""
    allowed = {post.code for post in facts.directory.deciding_posts(facts.case.holder_unit)}
    if facts.case.wanted_unit:
        other = facts.directory.deciding_posts(facts.case.wanted_unit)
        allowed &= {post.code for post in other}
    for unit in facts.case.subject_units:
        allowed &= {post.code for post in facts.directory.deciding_posts(unit)}
    yield from (post.code for post in facts.posts if post.code in allowed)


def _call_back(facts: Facts) -> Iterator[str]:
    """Yield call-back posts; never one within the subtree of the holder."""
    for post in _of_kind(facts, PostKind.CALL_BACK):
        if not facts.directory.in_subtree(post.unit, facts.case.holder_unit):
            yield post.code


def _officer(facts: Facts) -> Iterator[str]:
    if may_read(facts):
        yield from (post.code for post in facts.posts[:1])


def _assistant(facts: Facts) -> Iterator[str]:
    asked = {one.of_post for one in facts.case.assists}
    yield from (post.code for post in facts.posts if post.code in asked)


def _setter(facts: Facts) -> Iterator[str]:
    """Yield the post that set a decision or a part: it judges the result, never as its holder."""
    if facts.case.set_by and facts.case.set_by != facts.case.holder:
        yield from (post.code for post in facts.posts if post.code == facts.case.set_by)


def _addressee(facts: Facts) -> Iterator[str]:
    asked = {one.to_post for one in facts.case.objections}
    yield from (post.code for post in facts.posts if post.code in asked)


def _system(facts: Facts) -> Iterator[str]:
    if facts.by.kind is ActorKind.SYSTEM:
        yield ""


def _import(facts: Facts) -> Iterator[str]:
    if facts.by.kind is ActorKind.IMPORT:
        yield ""


_CLAIMS: Mapping[Who, Callable[[Facts], Iterator[str]]] = {
    Who.REQUESTER: _requester,
    Who.HOLDER: _holder,
    Who.ASSISTANT: _assistant,
    Who.DISPATCHER: _dispatcher,
    Who.INTAKE: _intake,
    Who.DECIDING: _deciding,
    Who.UNIT_HEAD: _unit_head,
    Who.CALL_BACK: _call_back,
    Who.OFFICER: _officer,
    Who.SETTER: _setter,
    Who.ADDRESSEE: _addressee,
    Who.SYSTEM: _system,
    Who.IMPORT: _import,
}
