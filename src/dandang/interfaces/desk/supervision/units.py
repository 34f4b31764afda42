"""The overview of units: how many of their open cases stand how, each number with its cases."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.overviews.reach import reach
from dandang.interfaces.desk.supervision.access import for_heads, tabs
from dandang.interfaces.desk.supervision.counted import COLUMNS, COUNTED, borders
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.casework.by_unit import What, unit_tallies
from dandang.organization.directory import Directory
from dandang.organization.queries import current_policy

Tallies = Mapping[str, Mapping[What, int]]

_MOST_UNFOLDED = 50


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the table. `path` leads to its cases, "" where there are none."""

    number: int
    words: str
    path: str


@dataclass(frozen=True, slots=True)
class Row:
    """A unit with its numbers, which hold those of the units below it.

    `fold` is the query string that shows the units below or hides them, "" where there are none.
    """

    code: str
    unit: str
    depth: int
    fold: str
    is_unfolded: bool
    numbers: tuple[Number, ...]


@require_safe
@for_heads
def show_units(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show how the open cases of the units below the officer stand, in the register's order."""
    units = reach(officer)
    counted = unit_tallies(units, borders(officer), officer.kept_out)
    tree = Tree(units, officer.directory, counted)
    unfolded = tree.asked(request.GET.get("open"))
    names = Names(officer.directory, current_policy())
    context = {
        "here": "supervision",
        "tabs": tabs(officer, "supervision:units"),
        "columns": [(str(COLUMNS[what]), str(COUNTED[what])) for what in What],
        "rows": list(_rows(tree, names, unfolded)),
        "totals": [_number(what, tree.total(what), "") for what in What],
        "as_of": moment(officer.now, officer.now),
    }
    return render(request, "supervision/units.html", context)


class Tree:
    """The units an officer looks after, with what is counted of each and of all below it."""

    def __init__(self, units: Sequence[str], directory: Directory, counted: Tallies) -> None:
        self._units = [code for code in units if self._shows(code, directory, counted)]
        self._within = frozenset(self._units)
        self._directory = directory
        self._counted = counted
        self._below: dict[str, list[str]] = {}
        self.tops: list[str] = []
        for code in self._units:
            above = self._above(code)
            (self.tops if above is None else self._below.setdefault(above, [])).append(code)

    def _above(self, code: str) -> str | None:
        """Return the nearest unit above that shows: one that is gone may stand between them."""
        above = self._directory.units_above(code)
        return next((one for one in above if one in self._within), None)

    @staticmethod
    def _shows(code: str, directory: Directory, counted: Tallies) -> bool:
        """Say whether a unit shows: one that is gone does as long as it holds anything."""
        return directory.units[code].ended is None or code in counted

    def below(self, unit: str) -> list[str]:
        """Return the units directly below this one."""
        return self._below.get(unit, [])

    def number(self, unit: str, what: What) -> int:
        """Return what is counted of a unit and of all below it."""
        own = self._counted.get(unit, {}).get(what, 0)
        return own + sum(self.number(code, what) for code in self.below(unit))

    def total(self, what: What) -> int:
        """Return what is counted of all units."""
        return sum(self.number(code, what) for code in self.tops)

    def asked(self, typed: str | None) -> frozenset[str]:
        """Return the units to unfold; those at the top where nothing was asked for."""
        if typed is None:
            return frozenset(code for code in self.tops if self.below(code))
        return self._within & frozenset(typed.split(",")[:_MOST_UNFOLDED])


def _rows(tree: Tree, names: Names, unfolded: frozenset[str]) -> Iterator[Row]:
    yield from (row for top in tree.tops for row in _rows_of(top, 0, tree, names, unfolded))


def _rows_of(
    code: str, depth: int, tree: Tree, names: Names, unfolded: frozenset[str]
) -> Iterator[Row]:
    is_unfolded = code in unfolded
    yield Row(
        code=code,
        unit=names.unit(code),
        depth=min(depth, 4),
        fold=urlencode({"open": ",".join(sorted(unfolded ^ {code}))}) if tree.below(code) else "",
        is_unfolded=is_unfolded,
        numbers=tuple(_number(what, tree.number(code, what), code) for what in What),
    )
    if is_unfolded:
        for below in tree.below(code):
            yield from _rows_of(below, depth + 1, tree, names, unfolded)


def _number(what: What, number: int, unit: str) -> Number:
    asked = {"unit": unit, "what": what.value} if unit else {"what": what.value}
    path = f"{reverse('supervision:cases')}?{urlencode(asked)}" if number else ""
    return Number(number, str(COLUMNS[what]), path)
