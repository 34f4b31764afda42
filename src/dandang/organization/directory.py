"""The directory: an immutable picture of who answers for what, asked by every rule."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Final, Protocol, TypeVar

from dandang.organization.duties import Duties
from dandang.organization.entries import (
    Appointment,
    Area,
    Body,
    Duty,
    DutyType,
    Officer,
    Organization,
    Post,
    PostKind,
    Roster,
    Substitute,
    Unit,
)
from dandang.organization.staffing import Staffing
from dandang.organization.tree import Tree
from dandang.terms import Code, Refusal

__all__ = [
    "DECIDING",
    "SUPERVISING",
    "Appointment",
    "Area",
    "Body",
    "Directory",
    "Duty",
    "DutyType",
    "Officer",
    "Organization",
    "Post",
    "PostKind",
    "Roster",
    "Substitute",
    "Unit",
]

DECIDING = (PostKind.SUPERVISION, PostKind.LEADER, PostKind.DISPATCH)
"""The kinds of post that may decide about units they are not part of, the most apt first."""

SUPERVISING = (PostKind.SUPERVISION, PostKind.LEADER, PostKind.HEAD)
"""The kinds of post that answer for a unit below or beside them, the most apt first."""


class Directory:
    """Units, posts, areas, officers and duties of one body, with indexes built once.

    Codes go in, entries come out. Entries that are gone from the register can still be looked up
    by code, but nothing is ever given to them. `version` grows with every change of the register.
    """

    __slots__ = (
        "_area_tree",
        "_deciding",
        "_duties",
        "_posts_by_kind",
        "_posts_by_unit",
        "_staffing",
        "_unit_tree",
        "areas",
        "body",
        "officers",
        "organization",
        "posts",
        "units",
        "version",
    )

    organization: Final[Organization]
    version: Final[int]
    body: Final[Body]
    areas: Final[Mapping[str, Area]]
    units: Final[Mapping[str, Unit]]
    posts: Final[Mapping[str, Post]]
    officers: Final[Mapping[str, Officer]]

    def __init__(self, organization: Organization, version: int = 0) -> None:
        self.organization = organization
        self.version = version
        self.body = organization.body
        self.areas = _by_code(organization.areas)
        self.units = _by_code(organization.units)
        self.posts = _by_code(organization.posts)
        self.officers = _by_code(organization.officers)
        self._area_tree = Tree({area.code: area.parent for area in organization.areas})
        self._unit_tree = Tree({unit.code: unit.parent for unit in organization.units})
        self._duties = Duties(organization.duties, self._unit_tree)
        self._staffing = Staffing(organization)
        by_unit: dict[str, list[Post]] = defaultdict(list)
        by_kind: dict[PostKind, list[Post]] = defaultdict(list)
        for post in sorted(organization.posts, key=lambda post: post.code):
            if post.ended is None:
                by_unit[post.unit].append(post)
                for kind in post.kinds:
                    by_kind[kind].append(post)
        self._posts_by_unit = {unit: tuple(posts) for unit, posts in by_unit.items()}
        self._posts_by_kind = {kind: tuple(posts) for kind, posts in by_kind.items()}
        deciding = (post for kind in DECIDING for post in by_kind[kind])
        self._deciding = tuple(dict.fromkeys(deciding))

    # what there is

    def unit(self, code: str) -> Unit:
        """Return the unit. Refuses `unknown_unit`."""
        return _find(self.units, code, Code.UNKNOWN_UNIT, "unit")

    def post(self, code: str) -> Post:
        """Return the post. Refuses `unknown_post`."""
        return _find(self.posts, code, Code.UNKNOWN_POST, "post")

    def area(self, code: str) -> Area:
        """Return the area. Refuses `unknown_area`."""
        return _find(self.areas, code, Code.UNKNOWN_AREA, "area")

    def unit_of(self, post: str) -> Unit:
        """Return the unit the post belongs to. Refuses `unknown_post`."""
        return self.unit(self.post(post).unit)

    def posts_in(self, unit: str) -> tuple[Post, ...]:
        """Return the unit's own posts, by code. Refuses `unknown_unit`."""
        return self._posts_by_unit.get(self.unit(unit).code, ())

    def children_of(self, area: str | None) -> tuple[str, ...]:
        """Return the areas directly below this one; None gives the topmost ones."""
        below = self._area_tree.children(area)
        return tuple(code for code in below if self.areas[code].ended is None)

    # where it is

    def in_subtree(self, unit: str, root: str) -> bool:
        """Say whether the unit is `root` or anywhere below it. Refuses `unknown_unit`."""
        return self._unit_tree.within(self.unit(unit).code, self.unit(root).code)

    def units_above(self, unit: str) -> tuple[str, ...]:
        """Return the units above this one, nearest first. Refuses `unknown_unit`."""
        return self._unit_tree.path(self.unit(unit).code)[-2::-1]

    def area_path(self, area: str | None) -> tuple[str, ...]:
        """Return the areas from the topmost down to this one. Refuses `unknown_area`."""
        return () if area is None else self._area_tree.path(self.area(area).code)

    def area_of(self, unit: str) -> str | None:
        """Return where the unit works: its own area, or that of the nearest unit above."""
        for code in self._unit_tree.upwards(self.unit(unit).code):
            if self.units[code].area is not None:
                return self.units[code].area
        return None

    # who answers for what

    def duties_for(
        self, category_path: Sequence[str], area: str | None, on: date
    ) -> tuple[Duty, ...]:
        """Return the lead duties of the highest specificity for a category (path from the root).

        The deepest category goes before the deepest area; several of one rank are all returned.
        Refuses `unknown_area`.
        """
        return self._duties.leading(category_path, self.area_path(area), on)

    def duty_of(
        self, unit: str, category_path: Sequence[str], area: str | None, on: date
    ) -> Duty | None:
        """Return the unit's most specific duty of any type, or that of the nearest unit above.

        Refuses `unknown_unit`, `unknown_area`.
        """
        areas = self.area_path(area)
        return self._duties.of_unit(self.unit(unit).code, category_path, areas, on)

    # which post

    def fallback_post(self) -> Post:
        """Return the post that holds what nobody else holds."""
        return self.post(self.body.fallback_post)

    def intake_post(self, area: str | None = None) -> Post:
        """Return the post where a case from this area arrives: the nearest area's, else any.

        Of several, posts of units without an area go before those of other areas, then the
        lowest code. Refuses `unknown_area`; `unknown_post` where the body has no intake post.
        """
        path = self.area_path(area)
        posts = self.posts_of_kind(PostKind.INTAKE)
        if not posts:
            raise Refusal(Code.UNKNOWN_POST, kind=PostKind.INTAKE.value)
        return min(posts, key=lambda post: self._distance(post, path))

    def _distance(self, post: Post, path: Sequence[str]) -> int:
        area = self.area_of(post.unit)
        if area in path:
            return len(path) - path.index(area)
        return len(path) + (1 if area is None else 2)

    def posts_of_kind(self, kind: PostKind) -> tuple[Post, ...]:
        """Return the posts of this kind, by code."""
        return self._posts_by_kind.get(kind, ())

    def dispatch_posts(self) -> tuple[Post, ...]:
        """Return the posts that assign cases, by code."""
        return self.posts_of_kind(PostKind.DISPATCH)

    def head_post(self, unit: str) -> Post | None:
        """Return the post that heads the unit itself. Refuses `unknown_unit`."""
        return self._first(unit, (PostKind.HEAD,))

    def front_post(self, unit: str) -> Post | None:
        """Return the post that receives for the unit: its duty post, else its head, else any.

        Never one that works on no case. Refuses `unknown_unit`.
        """
        others = (post for post in self.posts_in(unit) if post.works_on_cases)
        return self._first(unit, (PostKind.DUTY, PostKind.HEAD)) or next(others, None)

    def supervising_post(self, unit: str) -> Post:
        """Return the post that answers for the unit when the unit itself may not.

        Asked in turn: the unit that supervises it, the units above with those that supervise
        them, then any deciding post. Never a post of the unit's own subtree.
        Refuses `unknown_unit`; `unknown_post` where no post is outside (files are checked for it).
        """
        for code in self._supervisors(unit):
            if not self.in_subtree(code, unit):
                post = self._first(code, SUPERVISING)
                if post is not None:
                    return post
        for post in self.deciding_posts(unit):
            return post
        raise Refusal(Code.UNKNOWN_POST, kind=PostKind.SUPERVISION.value, unit=unit)

    def _supervisors(self, unit: str) -> Iterable[str]:
        for code in (unit, *self.units_above(unit)):
            yield code
            supervised_by = self.units[code].supervised_by
            if supervised_by is not None:
                yield supervised_by

    def deciding_posts(self, unit: str) -> tuple[Post, ...]:
        """Return the posts that may decide about the unit; none is of its own subtree.

        Supervision goes first, then leaders, then dispatch. Refuses `unknown_unit`.
        """
        return tuple(post for post in self._deciding if not self.in_subtree(post.unit, unit))

    # who is there

    def local_day(self, at: datetime) -> date:
        """Return the body's own day of an instant."""
        return self._staffing.day(at)

    def officers_of(self, post: str, at: datetime) -> tuple[Officer, ...]:
        """Return who is in the post at this instant: roster, else appointments, with substitutes.

        Refuses `unknown_post`.
        """
        codes = self._staffing.officers(self.post(post).code, at)
        return tuple(self.officers[code] for code in codes)

    def regular_officers_of(self, post: str, at: datetime) -> tuple[Officer, ...]:
        """Return who is in the post on the day of this instant, apart from duty rosters.

        Substitutes stand in for the appointed. Refuses `unknown_post`.
        """
        codes = self._staffing.regular(self.post(post).code, at)
        return tuple(self.officers[code] for code in codes)

    def posts_of(self, officer: str, at: datetime) -> tuple[Post, ...]:
        """Return the posts the officer is in at this instant, by code; a stranger is in none."""
        return tuple(self.posts[code] for code in self._staffing.posts(officer, at))

    def span_of(self, day: date) -> tuple[datetime, datetime]:
        """Return the first instant of the body's day and that of the next day (in UTC)."""
        return self._staffing.span(day)

    def holes(self, post: str, day: date) -> list[tuple[datetime, datetime]]:
        """Return the stretches of the body's day (in UTC) without an officer in the post."""
        return self._staffing.holes(self.post(post).code, day)

    def _first(self, unit: str, kinds: Sequence[PostKind]) -> Post | None:
        posts = self.posts_in(unit)
        return next((post for kind in kinds for post in posts if kind in post.kinds), None)


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


CodedT = TypeVar("CodedT", bound=_Coded)


def _by_code(entries: Iterable[CodedT]) -> Mapping[str, CodedT]:
    return MappingProxyType({entry.code: entry for entry in entries})


def _find(entries: Mapping[str, CodedT], code: str, refusal: Code, name: str) -> CodedT:
    try:
        return entries[code]
    except KeyError:
        raise Refusal(refusal, **{name: code}) from None
