"""Which cases an officer may read, and which are closed to them, asked of the database; read only.

The same as `rules.permit.may_read`, for lists: what is listed may be read. What may be read because
a unit below helps with it, or holds its parent or a part of it, is found from the case itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Q, QuerySet

from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.rules.permit import reads_all, working
from dandang.lifecycle.casework.statements import EMPTY
from dandang.organization.directory import Directory, Post

_NOTHING = Q(pk__lt=0)
"""A condition that holds for no row, and that a union of counts can take."""
_NAMED = (("assists", "of_post"), ("objections", "to_post"), ("calls", "post"))
"""The particulars that name a post, and where."""


@dataclass(frozen=True, slots=True)
class KeptOut:
    """An officer, and the units whose complaints keep the officer out: the own ones and above.

    `reads_all`: everything else is open. If not, what the units `below` (the own ones with all
    below them) hold, handed over or are wanted for, and what waits for the `posts`.
    """

    officer: str
    units: tuple[str, ...]
    reads_all: bool = False
    posts: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    posts_below: tuple[str, ...] = ()


def kept_out(officer: str, posts: Sequence[Post], directory: Directory) -> KeptOut:
    """Return what keeps an officer in these posts out of cases, and what lets them in."""
    return _kept_out(officer, tuple(posts), directory)


@lru_cache(maxsize=128)  # asked several times by every request, and long to tell in a large body
def _kept_out(officer: str, posts: tuple[Post, ...], directory: Directory) -> KeptOut:
    own = {post.unit for post in posts}
    above = {unit for one in own for unit in directory.units_above(one)}
    at_work = working(posts)
    below = tuple(
        code
        for code in directory.units
        if any(directory.in_subtree(code, post.unit) for post in at_work)
    )
    return KeptOut(
        officer,
        tuple(sorted(own | above)),
        reads_all=reads_all(posts),
        posts=tuple(post.code for post in at_work),
        below=below,
        posts_below=tuple(one.code for one in directory.posts.values() if one.unit in set(below)),
    )


def closed_to(one: KeptOut) -> QuerySet[Case]:
    """Return the cases closed to an officer, by conflict or complaint. Few, found by an index."""
    return Case.objects.exclude(particulars=EMPTY).filter(_closes(one))


def open_to(officer: KeptOut | None) -> Q:
    """Return the condition that leaves out what an officer may not read; without one, nothing."""
    if officer is None:
        return Q()
    return ~Q(pk__in=closed_to(officer).values("pk")) & read_by(officer)


def open_in_place(officer: KeptOut | None) -> Q:
    """Return the same condition as `open_to`, looked at in each row that is read.

    For pages: of the few rows that they read the whole is read anyway, and to find all that is
    closed to the officer costs more than to look at those.
    """
    if officer is None:
        return Q()
    return ~_closes(officer) & read_by(officer)


def read_by(one: KeptOut) -> Q:
    """Return the condition on what an officer may read where it is not closed to them."""
    if one.reads_all:
        return Q()
    if not one.posts:
        return _NOTHING
    # What is held goes first: of most lists nothing else has to be looked at.
    found = Q(holder_unit__in=one.below) | Q(wanted_unit__in=one.below)
    found |= Q(came_from__in=one.posts_below) | Q(sponsor__in=one.posts)
    named = Q()
    for kind, name in _NAMED:
        for post in one.posts:
            named |= Q(particulars__contains={kind: [{name: post}]})
    return found | (~Q(particulars=EMPTY) & named)


def _closes(one: KeptOut) -> Q:
    closed = Q(particulars__contains={"conflicts": [one.officer]})
    for unit in one.units:
        closed |= Q(particulars__contains={"subject_units": [unit]})
    return closed
