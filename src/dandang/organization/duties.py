"""The register of duties: which units answer for a category in an area, most specific first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from dandang.organization.entries import Duty, DutyType
from dandang.organization.tree import Tree

Place = tuple[str, str]
"""A category and an area; an empty string stands for every one of its kind."""

# Of two duties of one unit for the same place the stricter one counts.
_STRICTNESS = {DutyType.LEAD: 0, DutyType.ASSIST_ONLY: 1, DutyType.WITHDRAWN: 2}


class Duties:
    """Finds duties by category path (root to leaf), area path (root to leaf) and day."""

    __slots__ = ("_by_unit", "_leads", "_units")

    def __init__(self, duties: Iterable[Duty], units: Tree) -> None:
        self._units = units
        self._by_unit: dict[tuple[str, Place], list[Duty]] = defaultdict(list)
        self._leads: dict[Place, list[Duty]] = defaultdict(list)
        for duty in sorted(duties, key=lambda duty: (duty.unit, duty.post)):
            place = (duty.category, duty.area)
            self._by_unit[duty.unit, place].append(duty)
            if duty.type is DutyType.LEAD:
                self._leads[place].append(duty)

    def leading(
        self, categories: Sequence[str], areas: Sequence[str], on: date
    ) -> tuple[Duty, ...]:
        """Return the lead duties of the most specific place that has any, ordered by unit.

        The deepest category goes before the deepest area. A lead that a more specific
        `assist_only` or `withdrawn` duty of the same unit takes back does not count.
        """
        for place in _places(categories, areas):
            leads = tuple(
                duty
                for duty in self._leads.get(place, ())
                if duty.covers(on) and self._stands(duty, categories, areas, on)
            )
            if leads:
                return leads
        return ()

    def _stands(
        self, lead: Duty, categories: Sequence[str], areas: Sequence[str], on: date
    ) -> bool:
        own = self._own(lead.unit, categories, areas, on)
        return own is not None and own.type is DutyType.LEAD

    def of_unit(
        self, unit: str, categories: Sequence[str], areas: Sequence[str], on: date
    ) -> Duty | None:
        """Return the unit's most specific duty of any type.

        A unit without one is bound by the nearest unit above that has one, so that what was
        withdrawn from an office cannot be given to a section of it.
        """
        for code in self._units.upwards(unit):
            own = self._own(code, categories, areas, on)
            if own is not None:
                return own
        return None

    def _own(
        self, unit: str, categories: Sequence[str], areas: Sequence[str], on: date
    ) -> Duty | None:
        for place in _places(categories, areas):
            own = [duty for duty in self._by_unit.get((unit, place), ()) if duty.covers(on)]
            if own:
                return max(own, key=lambda duty: _STRICTNESS[duty.type])
        return None


def _places(categories: Sequence[str], areas: Sequence[str]) -> Iterator[Place]:
    for category in (*reversed(categories), ""):
        for area in (*reversed(areas), ""):
            yield category, area
