"""What a change of the register would give to the officer who makes it: nothing, or it is refused.

Whoever keeps the register could otherwise read every case, and decide what takes two.
"""

from collections.abc import Iterable, Iterator, Mapping

from dandang.organization.edits import Change
from dandang.organization.entries import Organization, Post, Substitute
from dandang.organization.events import What
from dandang.organization.files.writing import code_of, entries_of
from dandang.organization.tree import Tree
from dandang.terms import Problem

_POSTING = ("appointments", "rosters", "substitutes")
_GIVEN = frozenset({What.ADDED, What.CHANGED})


def given_to(
    officer: str, before: Organization, after: Organization, changes: Iterable[Change]
) -> list[Problem]:
    """Return what the officer would give to himself or herself.

    `by_themselves`: an entry that puts the officer into a post, or another into one in whose stead
    the officer is. `wider_for_themselves`: a post that the officer is in, whenever, becomes one of
    further kinds or of another unit, or a unit comes below that of such a post.
    """
    changed = {(one.table, one.code) for one in changes if one.what in _GIVEN}
    had, has = _posts_of(officer, before), _posts_of(officer, after)
    touched = sorted(
        table
        for table in _POSTING
        for entry in entries_of(after, table)
        if (table, code_of(table, entry)) in changed
        and (entry.officer == officer or (entry.post in has and entry.post not in had))
    )
    return [
        *(Problem("by_themselves", "", 0, {"table": one, "key": "officer"}) for one in touched),
        *_wider(had, has, before, after),
    ]


def _wider(
    had: frozenset[str], has: frozenset[str], before: Organization, after: Organization
) -> Iterator[Problem]:
    old, new = _by_code(before), _by_code(after)
    was, will = (Tree({unit.code: unit.parent for unit in one.units}) for one in (before, after))
    known = {unit.code for unit in before.units}
    for code in sorted(had & has & old.keys() & new.keys()):
        if new[code].kinds - old[code].kinds or new[code].unit != old[code].unit:
            yield Problem("wider_for_themselves", f"posts/{code}", 0)
        elif new[code].works_on_cases:
            for unit in sorted(known & {one.code for one in after.units}):
                if will.within(unit, new[code].unit) and not was.within(unit, old[code].unit):
                    yield Problem("wider_for_themselves", f"units/{unit}", 0)


def _posts_of(officer: str, organization: Organization) -> frozenset[str]:
    """Return the posts that the officer could be in at any time, in anybody's stead, too."""
    replaced = {
        one.absent for one in organization.substitutes if one.officer == officer and one.absent
    }
    return frozenset(
        entry.post
        for table in _POSTING
        for entry in entries_of(organization, table)
        if entry.post
        and (
            entry.officer == officer
            or (entry.officer in replaced and not isinstance(entry, Substitute))
        )
    )


def _by_code(organization: Organization) -> Mapping[str, Post]:
    return {post.code: post for post in organization.posts}
