"""Which cases and which time the figures are wanted of, as it stands in an address.

`of` is `area:…`, `category:…` or `unit:…` with a code of the register or the policy, `period` is a
year (`2026`) or a month (`2026-11`). Without them it is all cases of all time.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from dandang.interfaces.shared.words.names import Named
from dandang.organization.directory import Directory
from dandang.policy import Policy
from dandang.publication.figures.shapes import ALL, WHOLE_TIME, Dimension, Period, PeriodKind, Slice

_PERIOD = re.compile(r"(\d{4})(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Choice:
    """The slice and the period that were asked for."""

    slice: Slice = ALL
    period: Period = WHOLE_TIME

    @property
    def of(self) -> str:
        """The slice as it stands in an address; "" for all cases."""
        return of_words(self.slice)

    @property
    def when(self) -> str:
        """The period as it stands in an address; "" for all time."""
        return period_words(self.period)

    @property
    def query(self) -> str:
        """The query string of an address with this choice, with its question mark; "" for all."""
        values = {"of": self.of, "period": self.when}
        kept = {name: value for name, value in values.items() if value}
        return f"?{urlencode(kept)}" if kept else ""


class Known(NamedTuple):
    """What codes can be asked for: the register and the policy in force."""

    directory: Directory
    policy: Policy

    def entries(self, dimension: Dimension) -> Mapping[str, Named]:
        """Return the entries of a dimension by code."""
        if dimension is Dimension.AREA:
            return self.directory.areas
        if dimension is Dimension.UNIT:
            return self.directory.units
        return self.policy.categories if dimension is Dimension.CATEGORY else {}


def of_words(slice_: Slice) -> str:
    """Return a slice as it stands in an address."""
    return "" if slice_.dimension is Dimension.ALL else f"{slice_.dimension}:{slice_.value}"


def period_words(period: Period) -> str:
    """Return a period as it stands in an address."""
    if period.start is None:
        return ""
    shape = "%Y" if period.kind is PeriodKind.YEAR else "%Y-%m"
    return period.start.strftime(shape)


def read(query: Mapping[str, str], known: Known) -> Choice | None:
    """Return what an address asks for; None where it asks for what there is not."""
    slice_ = _slice(query.get("of", ""), known)
    period = _period(query.get("period", ""))
    return None if slice_ is None or period is None else Choice(slice_, period)


def _slice(asked: str, known: Known) -> Slice | None:
    if not asked:
        return ALL
    dimension, separator, code = asked.partition(":")
    named = {one.value: one for one in (Dimension.AREA, Dimension.CATEGORY, Dimension.UNIT)}
    if not separator or dimension not in named:
        return None
    # Of cases without an area or a category, too: they are a slice with an empty code.
    is_known = not code or code in known.entries(named[dimension])
    return Slice(named[dimension], code) if is_known else None


def _period(asked: str) -> Period | None:
    if not asked:
        return WHOLE_TIME
    found = _PERIOD.fullmatch(asked)
    if found is None or not asked.isascii():
        return None
    year, month = found.groups()
    try:
        first = date(int(year), int(month or 1), 1)
    except ValueError:
        return None
    return Period.month(first) if month else Period.year(first)
