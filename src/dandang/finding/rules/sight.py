"""Who finds a case: what `may_read` says of one case, as keys that narrow a search among all.

The pure rule is the truth; here it is only written so that an index can answer it. Who is kept out
by a conflict or a complaint is asked of the cases themselves (`keeping_out`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dandang.finding.rules.keys import Key, keys
from dandang.lifecycle.casework.rules.permit import reads_all, working
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.organization.directory import Directory, Post


@dataclass(frozen=True, slots=True)
class Sight:
    """Which cases an officer finds: all of them, or those with any of these keys (maybe none)."""

    everything: bool
    keys: tuple[str, ...] = ()


def sight_of(posts: Sequence[Post], directory: Directory) -> Sight:
    """Return what an officer in these posts finds."""
    if reads_all(posts):
        return Sight(everything=True)
    own = working(posts)
    above = {post.unit for post in own}
    units = [
        code for code in directory.units if any(directory.in_subtree(code, unit) for unit in above)
    ]
    within = frozenset(units)
    left = [post.code for post in directory.posts.values() if post.unit in within]
    addressed = [post.code for post in own]
    return Sight(
        everything=False,
        keys=(
            *keys(Key.NEAR_UNIT, units),
            *keys(Key.CAME_FROM, left),
            *keys(Key.ADDRESSED, addressed),
        ),
    )


def seen_by(case: CaseState, kin_units: Iterable[str]) -> list[str]:
    """Return the keys of those who may read a case; `kin_units` hold its parent and its parts."""
    units = {case.holder_unit, *kin_units, *(one.of_unit for one in case.assists)}
    units |= {case.wanted_unit} - {""}
    addressed = {one.to_post for one in case.objections} | {one.post for one in case.calls}
    addressed |= {case.sponsor} - {""}
    return [
        *keys(Key.NEAR_UNIT, sorted(units)),
        *keys(Key.CAME_FROM, [case.came_from] if case.came_from else []),
        *keys(Key.ADDRESSED, sorted(addressed)),
    ]
