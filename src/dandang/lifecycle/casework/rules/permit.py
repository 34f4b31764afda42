"""Who may do a verb now: the verb table against the facts. Deny by default."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from dandang.lifecycle.casework.rules.called import own_calls
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.holding import is_free, is_subject
from dandang.lifecycle.states import ENDS, State
from dandang.lifecycle.verbs import READY, Verb, Who
from dandang.organization.directory import Post, PostKind
from dandang.terms import ActorKind, Code, Refusal

_DENIED = {
    Who.HOLDER: Code.NOT_THE_HOLDER,
    Who.DECIDING: Code.NOT_THE_DECIDING_OFFICE,
    Who.DISPATCHER: Code.NOT_THE_DISPATCHER,
    Who.REQUESTER: Code.NOT_THE_REQUESTER,
    Who.SENDER: Code.NOT_THE_REQUESTER,
    Who.ASSISTANT: Code.NOT_THE_ASSISTANT,
}

_TAKES_IN = (PostKind.INTAKE, PostKind.CALL_BACK, PostKind.DISPATCH)
_SEES_ALL = frozenset({*_TAKES_IN, PostKind.SUPERVISION, PostKind.LEADER})
_READS_ALL = _SEES_ALL | {PostKind.AUDIT}
_COLLECTS = frozenset({PostKind.INTAKE, PostKind.CALL_BACK})
_MEETS_REQUESTERS = _SEES_ALL - {PostKind.LEADER}
_HEARS_IN_PRIVATE = frozenset({PostKind.CALL_BACK, PostKind.SUPERVISION})
_DECIDING = frozenset({PostKind.DISPATCH, PostKind.SUPERVISION, PostKind.LEADER})
_FOR_REQUESTERS = {
    Who.CALL_BACK: frozenset({PostKind.CALL_BACK}),
    Who.COLLECTOR: _COLLECTS,
    Who.CHECKER: frozenset(_TAKES_IN),
}
"""Posts that act for requesters, and are closed to the unit that holds the case."""


def permit(facts: Facts, verb: Verb) -> str:
    """Return the post the actor acts for ("" for requesters and the system).

    Refuses `unknown_verb` for a verb that is not ready, `not_permitted` or a plainer code (see
    `_denial`) for the wrong actor, then `case_ended` or `wrong_state`. Who may not act learns
    nothing of the state.
    """
    if verb.name not in READY:
        raise Refusal(Code.UNKNOWN_VERB, verb=verb.name)
    _check_impartial(facts, verb)
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

    The holder's unit and the units above it, the unit it came from or is wanted at, those that
    help with it or hold its parent or a part of it, the posts that an objection waits for or that
    were called, the sponsor, and the posts whose work is every case: intake, dispatch, call-back,
    supervision, leaders, audit. Never who declared a conflict, nor a unit complained about; and
    never by a post that only administers.
    """
    if is_kept_out(facts):
        return False
    case, directory = facts.case, facts.directory
    near = {case.holder_unit, *facts.kin_units, *(one.of_unit for one in case.assists)}
    if case.came_from:
        near.add(directory.post(case.came_from).unit)
    if case.wanted_unit:
        near.add(case.wanted_unit)
    addressed = {one.to_post for one in case.objections} | {one.post for one in case.calls}
    addressed.add(case.sponsor)
    if reads_all(facts.posts):
        return True
    return any(
        post.code in addressed or any(directory.in_subtree(unit, post.unit) for unit in near)
        for post in working(facts.posts)
    )


def working(posts: Sequence[Post]) -> tuple[Post, ...]:
    """Return the posts whose work is cases: neither audit nor administration alone."""
    return tuple(post for post in posts if post.works_on_cases)


def reads_all(posts: Sequence[Post]) -> bool:
    """Say whether whoever is in these posts may read every case that is not closed to them."""
    return any(post.kinds & _READS_ALL for post in posts)


def audits(posts: Sequence[Post]) -> bool:
    """Say whether one of these posts audits."""
    return any(PostKind.AUDIT in post.kinds for post in posts)


def reads_cases(posts: Sequence[Post]) -> bool:
    """Say whether whoever is in these posts may read any case at all: administration alone none."""
    return bool(working(posts)) or reads_all(posts)


def taking_in(posts: Sequence[Post]) -> tuple[Post, ...]:
    """Return the posts with which requests are taken in: intake, call-back, dispatch, in turn."""
    found = dict.fromkeys(post for kind in _TAKES_IN for post in posts if kind in post.kinds)
    return tuple(found)


def is_kept_out(facts: Facts) -> bool:
    """Say whether the acting officer may have nothing to do with the case, in whatever post.

    Because of a conflict declared, or a place in a unit that the complaint is about, or below one.
    """
    return facts.by.kind is ActorKind.OFFICER and not is_free(facts, facts.by.code)


def may_see_contact(facts: Facts) -> bool:
    """Say whether reaching the requesters is an officer's work: the contact is masked for them.

    The holder's own unit, and the posts for intake, dispatch, call-back and supervision. Whoever
    helps asks the holder. What is shown unmasked is for `contact.unmasking` to say.
    """
    return not is_kept_out(facts) and any(True for _ in _meeting(facts))


def needs_second_officer(facts: Facts) -> bool:
    """Say whether nobody looks at a requester of this case but by four eyes.

    So it is where the complaint is about a unit.
    """
    return bool(facts.case.subject_units)


def may_see_authors(facts: Facts) -> bool:
    """Say whether an officer may see who objected in writing: supervision alone, of other units."""
    if is_kept_out(facts) or _is_holders_own(facts):
        return False
    return any(PostKind.SUPERVISION in post.kinds for post in facts.posts)


def may_see_private_answers(facts: Facts) -> bool:
    """Say whether an officer may see what a requester answered in private: never the holder's own.

    It is for supervision, and for call-back, which collects such answers.
    """
    if is_kept_out(facts) or _is_holders_own(facts):
        return False
    return any(post.kinds & _HEARS_IN_PRIVATE for post in facts.posts)


def _check_impartial(facts: Facts, verb: Verb) -> None:
    if facts.by.kind is ActorKind.OFFICER and facts.by.code in facts.case.conflicts:
        raise Refusal(Code.CONFLICT_DECLARED, verb=verb.name)
    if is_kept_out(facts):
        # A unit complained about is not even told that there is a complaint.
        raise Refusal(Code.NOT_PERMITTED, verb=verb.name)


def _denial(facts: Facts, verb: Verb) -> Code:
    """Return the code that says most plainly why this actor may not do the verb."""
    kinds = {kind for post in facts.posts for kind in post.kinds}
    if Who.DECIDING in verb.who and kinds & _DECIDING:
        return Code.DECIDER_INVOLVED
    meets = any(who in verb.who and kinds & of_kinds for who, of_kinds in _FOR_REQUESTERS.items())
    if meets and not facts.case.set_by:
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


def _sender(facts: Facts) -> Iterator[str]:
    """Yield for whoever sent a request of this case: one's own data stay one's own."""
    number = facts.request_number
    request = facts.case.request(number) if number is not None else None
    if request is not None and not request.moved:
        yield ""


def _joining(facts: Facts) -> Iterator[str]:
    """Yield "" to whoever would be the next requester of the case, and is none yet.

    Nobody joins a complaint about an office: its own people could, to read how it goes.
    """
    if facts.case.subject_units:
        return
    if facts.request_number == 1 + max((one.number for one in facts.case.requests), default=0):
        yield ""


def _holder(facts: Facts) -> Iterator[str]:
    yield from (post.code for post in facts.posts if post.code == facts.case.holder)


def _of_kind(facts: Facts, kind: PostKind) -> Iterator[Post]:
    yield from (post for post in facts.posts if kind in post.kinds)


def _dispatcher(facts: Facts) -> Iterator[str]:
    """Yield dispatching posts; deciding ones where the complaint is about all of the dispatch."""
    yield from (post.code for post in _of_kind(facts, PostKind.DISPATCH))
    yield from _in_place_of_dispatch(facts)


def _in_place_of_dispatch(facts: Facts) -> Iterator[str]:
    subjects, directory = facts.case.subject_units, facts.directory
    if subjects and all(
        is_subject(directory, post.unit, subjects) for post in directory.dispatch_posts()
    ):
        yield from (post.code for post in facts.posts if post.kinds & _DECIDING)


def _intake(facts: Facts) -> Iterator[str]:
    yield from (post.code for post in _of_kind(facts, PostKind.INTAKE))


def _unit_head(facts: Facts) -> Iterator[str]:
    for post in _of_kind(facts, PostKind.HEAD):
        if facts.directory.in_subtree(facts.case.holder_unit, post.unit):
            yield post.code


def _deciding(facts: Facts) -> Iterator[str]:
    """Yield deciding posts outside the subtree of every unit concerned.

    Nobody decides about itself: an officer who sits in such a unit in another post decides nothing.
    """
    case, directory = facts.case, facts.directory
    concerned = [unit for unit in (case.holder_unit, case.wanted_unit) if unit]
    if any(is_subject(directory, post.unit, concerned) for post in facts.posts):
        return
    yield from (post.code for post in facts.posts if post.kinds & _DECIDING)


def _call_back(facts: Facts) -> Iterator[str]:
    """Yield call-back posts; never to somebody within the subtree of the holder.

    What an officer set is judged by the post that set it, and nobody calls in its place.
    """
    if facts.case.set_by or _is_holders_own(facts):
        return
    yield from (post.code for post in _of_kind(facts, PostKind.CALL_BACK))


def _collector(facts: Facts) -> Iterator[str]:
    """Yield posts that take down what requesters say; never to somebody in the holder's subtree.

    Else a unit could answer its own questions. Nobody sent what an officer set.
    """
    if facts.case.set_by or _is_holders_own(facts):
        return
    yield from (post.code for post in facts.posts if post.kinds & _COLLECTS)


def _checker(facts: Facts) -> Iterator[str]:
    """Yield posts that make sure who somebody is; never to somebody in the holder's subtree.

    Else a unit could give itself the access code of a requester, and judge its own work with it.
    Where a case only waits for its dispatch, or nobody else does this work, it is theirs, too.
    """
    waits = facts.case.state is State.RECEIVED
    if _is_holders_own(facts) and not waits and _others_check(facts):
        return
    yield from (post.code for post in taking_in(facts.posts))
    yield from _in_place_of_dispatch(facts)


def _others_check(facts: Facts) -> bool:
    return any(
        not facts.directory.in_subtree(post.unit, facts.case.holder_unit)
        for kind in _TAKES_IN
        for post in facts.directory.posts_of_kind(kind)
    )


def _is_holders_own(facts: Facts) -> bool:
    """Say whether the officer is in the holder's subtree, in whatever post."""
    unit = facts.case.holder_unit
    return any(facts.directory.in_subtree(post.unit, unit) for post in facts.posts)


def _taker(facts: Facts) -> Iterator[str]:
    yield from (post.code for post in taking_in(facts.posts))


def _officer(facts: Facts) -> Iterator[str]:
    if may_read(facts):
        yield from (post.code for post in working(facts.posts)[:1])


def _meeting(facts: Facts) -> Iterator[str]:
    for post in working(facts.posts):
        if post.unit == facts.case.holder_unit or post.kinds & _MEETS_REQUESTERS:
            yield post.code


def _contact(facts: Facts) -> Iterator[str]:
    if not needs_second_officer(facts):
        yield from _meeting(facts)


def _allowed(facts: Facts) -> Iterator[str]:
    if any(one.holds(facts.by.code, facts.now) for one in facts.case.unmaskings):
        yield from _officer(facts)


def _onlooker(facts: Facts) -> Iterator[str]:
    if not any(True for _ in _contact(facts)):
        yield from _officer(facts)


def _supervision(facts: Facts) -> Iterator[str]:
    """Yield posts of supervision; never to somebody within the subtree of the holder."""
    if not _is_holders_own(facts):
        yield from (post.code for post in _of_kind(facts, PostKind.SUPERVISION))


def _assistant(facts: Facts) -> Iterator[str]:
    asked = {one.of_post for one in facts.case.assists}
    yield from (post.code for post in facts.posts if post.code in asked)


def _setter(facts: Facts) -> Iterator[str]:
    """Yield the post that set a decision or a part: it judges the result.

    Never one within the subtree of the holder, which would judge itself.
    """
    if not _is_holders_own(facts):
        yield from (post.code for post in facts.posts if post.code == facts.case.set_by)


def _addressee(facts: Facts) -> Iterator[str]:
    asked = {one.to_post for one in facts.case.objections}
    yield from (post.code for post in facts.posts if post.code in asked)


def _called(facts: Facts) -> Iterator[str]:
    yield from dict.fromkeys(one.post for one in own_calls(facts))


def _system(facts: Facts) -> Iterator[str]:
    if facts.by.kind is ActorKind.SYSTEM:
        yield ""


def _import(facts: Facts) -> Iterator[str]:
    if facts.by.kind is ActorKind.IMPORT:
        yield ""


_CLAIMS: Mapping[Who, Callable[[Facts], Iterator[str]]] = {
    Who.REQUESTER: _requester,
    Who.JOINING: _joining,
    Who.SENDER: _sender,
    Who.HOLDER: _holder,
    Who.ASSISTANT: _assistant,
    Who.DISPATCHER: _dispatcher,
    Who.INTAKE: _intake,
    Who.DECIDING: _deciding,
    Who.UNIT_HEAD: _unit_head,
    Who.CALL_BACK: _call_back,
    Who.OFFICER: _officer,
    Who.TAKER: _taker,
    Who.COLLECTOR: _collector,
    Who.CHECKER: _checker,
    Who.SETTER: _setter,
    Who.ADDRESSEE: _addressee,
    Who.CALLED: _called,
    Who.CONTACT: _contact,
    Who.ALLOWED: _allowed,
    Who.ONLOOKER: _onlooker,
    Who.SUPERVISION: _supervision,
    Who.SYSTEM: _system,
    Who.IMPORT: _import,
}
