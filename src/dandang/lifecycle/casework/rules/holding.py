"""Who can hold a case, and who takes over from a post that cannot (domain rules 3 and 13)."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache

from dandang.lifecycle.casework.rules.facts import Facts
from dandang.organization.directory import Directory, DutyType, Post
from dandang.terms import Code, Refusal


def may_lead(facts: Facts, target: Post, category_path: Sequence[str]) -> None:
    """Refuse a post that cannot hold the case.

    `unknown_post` (gone from the register), `post_without_cases` (it audits or administers),
    `subject_of_complaint`, `nobody_without_conflict`, `assist_only_duty`, `duty_withdrawn` (domain
    rule 3).
    """
    _may_have(facts, target)
    if not category_path:
        return
    day = facts.directory.local_day(facts.now)
    duty = facts.directory.duty_of(target.unit, category_path, facts.case.area, day)
    if duty is None or duty.type is DutyType.LEAD:
        return
    assisting = duty.type is DutyType.ASSIST_ONLY
    code = Code.ASSIST_ONLY_DUTY if assisting else Code.DUTY_WITHDRAWN
    raise Refusal(code, unit=target.unit, category=duty.category)


def is_subject(directory: Directory, unit: str, subjects: Iterable[str]) -> bool:
    """Say whether a complaint about `subjects` is about this unit, or one it belongs to."""
    return any(directory.in_subtree(unit, subject) for subject in subjects)


def is_free(facts: Facts, officer: str) -> bool:
    """Say whether an officer may have to do with the case: no conflict, no complaint about them.

    Whoever is in a unit that the complaint is about is kept out in every other post, too.
    """
    if officer in facts.case.conflicts:
        return False
    if not facts.case.subject_units:
        return True
    posts = facts.directory.posts_of(officer, facts.now)
    subjects = facts.case.subject_units
    return not any(is_subject(facts.directory, post.unit, subjects) for post in posts)


def can_act(facts: Facts, post: str) -> bool:
    """Say whether somebody in the post may act; an empty post is a hole in the duty roster."""
    if not facts.case.conflicts and not facts.case.subject_units:
        return True
    officers = facts.directory.officers_of(post, facts.now)
    return not officers or any(is_free(facts, officer.code) for officer in officers)


def last_holder(facts: Facts) -> Post:
    """Return the post that takes a case up again: its last holder, where that one can hold it.

    Else, where the post or its duty is gone, the fallback; where it may not, who stands in for it.
    A case that never ended stays where it is whatever became of the duty.
    """
    post = facts.directory.post(facts.case.holder)
    path = () if facts.case.is_open else facts.category_path
    refused = _refusal(facts, post, path)
    if refused is None:
        return post
    gone = refused.code not in (Code.SUBJECT_OF_COMPLAINT, Code.NOBODY_WITHOUT_CONFLICT)
    first = [facts.directory.fallback_post()] if gone else []
    return _first_fit(facts, [*first, *stand_ins(facts)])


def supervisor(facts: Facts, unit: str) -> Post:
    """Return the post that answers for a unit and may have to do with the case.

    Refuses `nobody_outside`.
    """
    return _first_fit(facts, _answering(facts.directory, unit))


def substitute(facts: Facts) -> Post | None:
    """Return the post that stands in for a holder that may not lead the case; None if no other.

    A holder that is not complained about stays where nobody else could act either.
    """
    others = list(stand_ins(facts))
    fitting = _fitting(facts, others)
    if fitting is None and _is_about(facts, facts.case.holder_unit):
        return _allowed(facts, others)
    return fitting


def outside(directory: Directory, unit: str, subjects: Sequence[str]) -> Post:
    """Return the post that answers for a unit and is outside every unit complained about.

    Refuses `nobody_outside`.
    """
    for post in _answering(directory, unit):
        if not is_subject(directory, post.unit, subjects):
            return post
    raise Refusal(Code.NOBODY_OUTSIDE)


def stand_ins(facts: Facts) -> Iterator[Post]:
    """Yield the posts that can take over from the holder, the nearest first; not all may lead."""
    unit = facts.case.holder_unit
    for post in (facts.directory.front_post(unit), facts.directory.head_post(unit)):
        if post is not None:
            yield post
    yield from _answering(facts.directory, unit)


def _may_have(facts: Facts, target: Post) -> None:
    if target.ended is not None:
        raise Refusal(Code.UNKNOWN_POST, post=target.code)
    if not target.works_on_cases:
        raise Refusal(Code.POST_WITHOUT_CASES, post=target.code)
    if _is_about(facts, target.unit):
        raise Refusal(Code.SUBJECT_OF_COMPLAINT, unit=target.unit)
    if not can_act(facts, target.code):
        raise Refusal(Code.NOBODY_WITHOUT_CONFLICT, post=target.code)


def _refusal(facts: Facts, post: Post, category_path: Sequence[str]) -> Refusal | None:
    try:
        may_lead(facts, post, category_path)
    except Refusal as refused:
        return refused
    return None


def _first_fit(facts: Facts, posts: Sequence[Post]) -> Post:
    """Return the first post that may lead; else the first that is not complained about.

    A case is never without a holder: better a post whose officers have to be replaced.
    """
    found = _fitting(facts, posts) or _allowed(facts, posts)
    if found is None:
        raise Refusal(Code.NOBODY_OUTSIDE)
    return found


def _fitting(facts: Facts, posts: Iterable[Post]) -> Post | None:
    path = facts.category_path
    return next((post for post in posts if _refusal(facts, post, path) is None), None)


def _allowed(facts: Facts, posts: Iterable[Post]) -> Post | None:
    outside_it = (post for post in posts if not _is_about(facts, post.unit))
    return next((post for post in outside_it if post.ended is None), None)


def _is_about(facts: Facts, unit: str) -> bool:
    return is_subject(facts.directory, unit, facts.case.subject_units)


@lru_cache(maxsize=1024)
def _answering(directory: Directory, unit: str) -> tuple[Post, ...]:
    """Return the posts that answer for a unit, the nearest first."""
    nearest: list[Post] = []
    # A body whose files were not checked may have nobody outside; the fallback is left.
    with suppress(Refusal):
        nearest.append(directory.supervising_post(unit))
    return (*nearest, *directory.deciding_posts(unit), directory.fallback_post())
