"""The lines of the register of duties that are asked for: narrowed, in order, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from dandang.interfaces.desk.access import Officer
from dandang.organization.directory import Directory, Duty
from dandang.organization.files.writing import code_of
from dandang.organization.proposals import TABLE
from dandang.policy import Policy

PAGE = 50
_PARTS = 5
_NOTHING = "-"

Key = tuple[int, str, str, str, str, str]
"""Where a line stands in the list, by what it says and not by its number."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One page: its duties, the query string of the next one ("" where there is none).

    `at` is the code of the line that the address points to.
    """

    duties: tuple[Duty, ...]
    later: str
    is_first: bool
    at: str = ""


def duties_of(officer: Officer, policy: Policy, chosen: dict[str, str]) -> list[Duty]:
    """Return the duties in force or to come, narrowed, by category, area and unit."""
    directory = officer.directory
    today = directory.local_day(officer.now)
    found = [
        duty
        for duty in directory.organization.duties
        if (duty.ends is None or duty.ends >= today) and _is_wanted(duty, chosen, directory, policy)
    ]
    order = _order(policy)
    return sorted(found, key=lambda duty: _key(code_of(TABLE, duty), order))


def page_of(
    duties: Sequence[Duty], policy: Policy, chosen: dict[str, str], *, after: str = "", at: str = ""
) -> Shown:
    """Return the page that begins behind the line `after`, or with the line `at` (codes of lines).

    Either may be gone meanwhile: the page begins where the line stood. What is no code begins at
    the first.
    """
    order = _order(policy)
    place = _key(at or after, order) if _is_code(at or after) else None
    left = [
        duty
        for duty in duties
        if place is None or _is_behind(_key(code_of(TABLE, duty), order), place, itself=bool(at))
    ]
    shown = tuple(left[:PAGE])
    last = code_of(TABLE, shown[-1]) if shown else ""
    return Shown(
        duties=shown,
        later=urlencode({**chosen, "after": last}) if len(left) > PAGE else "",
        is_first=len(left) == len(duties),
        at=at,
    )


def parts_of(code: str) -> tuple[str, str, str, str, str]:
    """Return category, area, unit, post and first day of a line by its code, "" where open."""
    category, area, unit, post, starts = (
        "" if part == _NOTHING else part for part in code.split(" ")
    )
    return category, area, unit, post, starts


def _is_behind(one: Key, place: Key, *, itself: bool) -> bool:
    return one >= place if itself else one > place


def _is_code(typed: str) -> bool:
    return len(typed.split(" ")) == _PARTS


def _order(policy: Policy) -> dict[str, int]:
    return {code: at for at, code in enumerate(policy.categories)}


def _key(code: str, order: dict[str, int]) -> Key:
    category, area, unit, post, starts = parts_of(code)
    return order.get(category, -1), category, area, unit, post, starts


def _is_wanted(duty: Duty, chosen: dict[str, str], directory: Directory, policy: Policy) -> bool:
    """Say whether a duty applies to what is chosen: itself, or as one above it."""
    if category := chosen.get("category"):
        path = policy.category_path(category)
        below = duty.category in policy.categories and category in policy.category_path(
            duty.category
        )
        if duty.category and duty.category not in path and not below:
            return False
    if area := chosen.get("area"):
        path = directory.area_path(area)
        below = duty.area in directory.areas and area in directory.area_path(duty.area)
        if duty.area and duty.area not in path and not below:
            return False
    unit = chosen.get("unit")
    return not unit or directory.in_subtree(duty.unit, unit)
