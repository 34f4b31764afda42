"""Which cases an officer may have nothing to do with, asked of the database; read only."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from dandang.lifecycle.casework.models import Case
from dandang.organization.directory import Directory, Post


@dataclass(frozen=True, slots=True)
class KeptOut:
    """An officer, and the units whose complaints keep the officer out: the own ones and above."""

    officer: str
    units: tuple[str, ...]


def kept_out(officer: str, posts: Sequence[Post], directory: Directory) -> KeptOut:
    """Return what keeps an officer in these posts out of cases."""
    own = {post.unit for post in posts}
    above = {unit for one in own for unit in directory.units_above(one)}
    return KeptOut(officer, tuple(sorted(own | above)))


def closed_to(one: KeptOut) -> QuerySet[Case]:
    """Return the cases closed to an officer, by conflict or complaint. Few, found by an index."""
    closed = Q(particulars__contains={"conflicts": [one.officer]})
    for unit in one.units:
        closed |= Q(particulars__contains={"subject_units": [unit]})
    return Case.objects.exclude(particulars={}).filter(closed)
