"""Which cases wait for a decision of an officer, or of an office like the officer's."""

from collections.abc import Sequence
from functools import lru_cache

from dandang.lifecycle.casework.keeping_out import KeptOut
from dandang.lifecycle.casework.wanted import Wanted
from dandang.organization.directory import DECIDING, Directory, Post, PostKind


def decided_by(posts: Sequence[Post], directory: Directory, hidden_from: KeptOut) -> Wanted | None:
    """Return what waits for officers in such posts; None for those who decide nothing.

    Whoever oversees the body finds everything, supervision also who asks to see a contact. The head
    of a unit finds what holders in the units below ask for because a case stands still.
    """
    kinds = {kind for post in posts for kind in post.kinds}
    if kinds.intersection(DECIDING):
        allows = PostKind.SUPERVISION in kinds
        return Wanted(undecided=True, unmasking=allows, hidden_from=hidden_from)
    headed = _headed(tuple(posts), directory)
    return Wanted(supported_in=headed, hidden_from=hidden_from) if headed else None


@lru_cache(maxsize=128)  # asked by every page of the desk
def _headed(posts: tuple[Post, ...], directory: Directory) -> tuple[str, ...]:
    """Return the units of which one of the posts is the head, with all below them."""
    own = [post.unit for post in posts if PostKind.HEAD in post.kinds]
    return tuple(
        code for code in directory.units if any(directory.in_subtree(code, unit) for unit in own)
    )
