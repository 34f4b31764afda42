"""What `dandang duties check` finds in a register: gaps, overlaps, posts without officers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dandang.organization.coverage import gaps
from dandang.organization.directory import Directory, Duty, DutyType

Paths = Mapping[str, Sequence[str]]


class FindingKind(StrEnum):
    """What a finding says."""

    GAP = "gap"
    """Nobody leads the category in the area and everywhere below it: the fallback post takes it."""
    GAP_UNPLACED = "gap_unplaced"
    """Below the area somebody leads, but not for cases placed in it no more exactly."""
    OVERLAP = "overlap"
    """Several units lead with equal rank: cases wait at intake for the dispatcher."""
    POST_EMPTY = "post_empty"
    """No officer is in the post all day."""
    ROSTER_HOLE = "roster_hole"
    """No officer is in the post between `since` and `until`."""
    DUTY_EXPIRED = "duty_expired"
    """The last lead duty for this category and area has ended."""
    RESTRICTED_BELOW_LEAD = "restricted_below_lead"
    """The second unit leads, but may not pass the duty down to the first, which is below it."""
    CATEGORY_UNKNOWN = "category_unknown"
    """The policy has no such category: the duty never applies."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know about the register. Empty `category` or `area`: every one."""

    kind: FindingKind
    category: str = ""
    area: str = ""
    units: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


def check_duties(
    directory: Directory, categories: Sequence[tuple[str, Sequence[str]]], on: date
) -> list[Finding]:
    """Return every finding for one day of the body, ordered by kind, category and area.

    `categories` holds every category of the policy with its path from the root down to itself.
    A gap is told once, at the highest area where it is true, for categories without any below.
    """
    paths = dict(categories)
    active = [duty for duty in directory.organization.duties if duty.covers(on)]
    found = [
        *_gaps(directory, paths, active, on),
        *_overlaps(directory, paths, active, on),
        *_empty_posts(directory, active, on),
        *_expired(directory, active, on),
        *_restricted(directory, paths, active),
        *_unknown(directory, paths),
    ]
    order = list(FindingKind)
    return sorted(found, key=lambda f: (order.index(f.kind), f.category, f.area, f.units, f.posts))


def _leaves(paths: Paths) -> list[str]:
    inner = {code for path in paths.values() for code in path[:-1]}
    return [code for code in paths if code not in inner]


def _gaps(
    directory: Directory, paths: Paths, active: Sequence[Duty], on: date
) -> Iterator[Finding]:
    areas_by_category: dict[str, set[str]] = {}
    for duty in active:
        areas_by_category.setdefault(duty.category, set()).add(duty.area)
    for leaf in _leaves(paths):
        changing = {area for code in ("", *paths[leaf]) for area in areas_by_category.get(code, ())}
        result = gaps(directory, paths[leaf], changing - {""}, on)
        for area in result.whole:
            yield Finding(FindingKind.GAP, category=leaf, area=area)
        for area in result.unplaced:
            yield Finding(FindingKind.GAP_UNPLACED, category=leaf, area=area)


def _overlaps(
    directory: Directory, paths: Paths, active: Sequence[Duty], on: date
) -> Iterator[Finding]:
    places = {(duty.category, duty.area) for duty in active if duty.type is DutyType.LEAD}
    for category, area in places:
        # Leads of one rank stand for one category and area, so asking there finds them all.
        leads = directory.duties_for(paths.get(category, ()), area or None, on)
        here = [duty for duty in leads if (duty.category, duty.area) == (category, area)]
        if len(here) > 1:
            yield Finding(
                FindingKind.OVERLAP,
                category=category,
                area=area,
                units=tuple(duty.unit for duty in here),
                posts=tuple(duty.post for duty in here),
            )


def _empty_posts(directory: Directory, active: Sequence[Duty], on: date) -> Iterator[Finding]:
    posts = {post.code for post in directory.posts.values() if post.kinds and post.ended is None}
    posts.update(duty.post for duty in active if duty.type is DutyType.LEAD)
    posts.add(directory.body.fallback_post)
    for code in sorted(posts):
        holes = directory.holes(code, on)
        units = (directory.post(code).unit,)
        if holes == [directory.span_of(on)]:
            yield Finding(FindingKind.POST_EMPTY, units=units, posts=(code,))
            continue
        for since, until in holes:
            yield Finding(
                FindingKind.ROSTER_HOLE, units=units, posts=(code,), since=since, until=until
            )


def _expired(directory: Directory, active: Sequence[Duty], on: date) -> Iterator[Finding]:
    still_led = {(duty.category, duty.area) for duty in active if duty.type is DutyType.LEAD}
    ended: dict[tuple[str, str], dict[str, None]] = {}
    for duty in directory.organization.duties:
        over = duty.ends is not None and duty.ends < on
        if over and duty.type is DutyType.LEAD and (duty.category, duty.area) not in still_led:
            ended.setdefault((duty.category, duty.area), {})[duty.unit] = None
    for (category, area), units in ended.items():
        yield Finding(FindingKind.DUTY_EXPIRED, category=category, area=area, units=tuple(units))


def _restricted(directory: Directory, paths: Paths, active: Sequence[Duty]) -> Iterator[Finding]:
    leads: dict[str, list[Duty]] = {}
    for duty in active:
        if duty.type is DutyType.LEAD:
            leads.setdefault(duty.unit, []).append(duty)
    for duty in active:
        if duty.type is DutyType.LEAD:
            continue
        categories = {"", *paths.get(duty.category, ())}
        areas = {"", *directory.area_path(duty.area or None)}
        for above in directory.units_above(duty.unit):
            if any(
                lead.category in categories and lead.area in areas for lead in leads.get(above, ())
            ):
                yield Finding(
                    FindingKind.RESTRICTED_BELOW_LEAD,
                    category=duty.category,
                    area=duty.area,
                    units=(duty.unit, above),
                )
                break


def _unknown(directory: Directory, paths: Paths) -> Iterator[Finding]:
    named = {duty.category for duty in directory.organization.duties} - {""}
    for category in named - paths.keys():
        yield Finding(FindingKind.CATEGORY_UNKNOWN, category=category)
