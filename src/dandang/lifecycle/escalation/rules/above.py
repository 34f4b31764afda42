"""Who stands above a case: the people to call, from the nearest to the top."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.holding import is_free, is_subject, supervisor
from dandang.lifecycle.casework.rules.particulars import Call
from dandang.organization.directory import Officer, Post, PostKind
from dandang.policy import CallTarget
from dandang.terms import Refusal

RANKS = {target: rank for rank, target in enumerate(CallTarget)}


def closes(answered: Call, act: str, other: Call) -> bool:
    """Say whether this act on one call is an answer to the other: to itself and to lower ones."""
    if other is answered:
        return True
    rank = RANKS[CallTarget(other.target)]
    return rank <= RANKS[CallTarget(answered.target)] and other.answered_by(act)


@dataclass(frozen=True, slots=True)
class Callee:
    """An officer who can be called, the post that makes it their business, and at which level."""

    officer: Officer
    post: Post
    target: CallTarget


def above(facts: Facts) -> list[Callee]:
    """Return who can be called about a case, the nearest first, the leaders last.

    The sponsor, the head of the holder's unit and those of the units above it, the office that
    supervises the unit, supervision, leaders. Never the holder, nor whoever is in that post in
    another one of theirs, a unit complained about, an officer with a conflict, nor a post where
    nobody is at this hour: then the next one is called.
    """
    case = facts.case
    key = (
        *(facts.directory, facts.now, facts.category_path, case.area),
        *(case.holder, case.holder_unit, case.sponsor, case.subject_units, case.conflicts),
    )
    return list(_chain(_Asked(key, facts)))


@dataclass(frozen=True, slots=True)
class _Asked:
    """Facts about a case, told apart only by what says who stands above it."""

    key: tuple[object, ...]
    facts: Facts = field(compare=False)


@lru_cache(maxsize=256)  # clocks fire by the hundred at one instant, many of the same holders
def _chain(asked: _Asked) -> tuple[Callee, ...]:
    facts = asked.facts
    found: dict[str, Callee] = {}
    holders = {one.code for one in facts.directory.officers_of(facts.case.holder, facts.now)}
    for target, post in _answering(facts):
        officer = _present(facts, post, holders)
        if officer is not None and post.code != facts.case.holder:
            found.setdefault(post.code, Callee(officer, post, target))
    return tuple(sorted(found.values(), key=lambda one: RANKS[one.target]))


def callee(facts: Facts, target: CallTarget) -> Callee | None:
    """Return who is called for a target: that level, or where nobody is there, the next above."""
    if target is CallTarget.OFFICER:
        holder = facts.directory.post(facts.case.holder)
        officer = _present(facts, holder)
        if officer is not None:
            return Callee(officer, holder, target)
    return next((one for one in above(facts) if RANKS[one.target] >= RANKS[target]), None)


def next_above(facts: Facts, post: str, target: CallTarget) -> Callee | None:
    """Return who is called after this post, which was called at this level, did nothing.

    None at the top.
    """
    chain = above(facts)
    places = [place for place, one in enumerate(chain) if one.post.code == post]
    if places:
        return next(iter(chain[places[0] + 1 :]), None)
    return next((one for one in chain if RANKS[one.target] > RANKS[target]), None)


def _answering(facts: Facts) -> Iterator[tuple[CallTarget, Post]]:
    directory, unit = facts.directory, facts.case.holder_unit
    if facts.case.sponsor:
        yield CallTarget.UNIT_HEAD, directory.post(facts.case.sponsor)
    for code in (unit, *directory.units_above(unit)):
        head = directory.head_post(code)
        if head is not None:
            yield _level(head, CallTarget.UNIT_HEAD), head
    for post in _supervising(facts):
        yield _level(post, CallTarget.SUPERVISION), post
    for post in directory.posts_of_kind(PostKind.LEADER):
        yield CallTarget.LEADER, post


def _supervising(facts: Facts) -> Iterator[Post]:
    try:
        yield supervisor(facts, facts.case.holder_unit)
    except Refusal:
        # Nobody answers for the unit who may have to do with the case: the leaders are left.
        return
    yield from facts.directory.posts_of_kind(PostKind.SUPERVISION)


def _level(post: Post, otherwise: CallTarget) -> CallTarget:
    if PostKind.LEADER in post.kinds:
        return CallTarget.LEADER
    if PostKind.SUPERVISION in post.kinds:
        return CallTarget.SUPERVISION
    return otherwise


def _present(facts: Facts, post: Post, but: Collection[str] = ()) -> Officer | None:
    """Return who is in the post now, is none of those, and may have to do with the case."""
    if post.ended is not None or is_subject(facts.directory, post.unit, facts.case.subject_units):
        return None
    officers = facts.directory.officers_of(post.code, facts.now)
    others = (one for one in officers if one.code not in but)
    return next((one for one in others if is_free(facts, one.code)), None)
