"""Words for the figures: counts that may not be shown, rates, slices, periods, ages and waits."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dandang.interfaces.shared.words import numbers
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import month_and_year, year
from dandang.publication.figures.definitions import definition
from dandang.publication.figures.shapes import (
    Age,
    Count,
    Dimension,
    Period,
    PeriodKind,
    Rate,
    Slice,
    Within,
)

_DAY = 24

DIMENSIONS = {
    Dimension.AREA: _("Areas"),
    Dimension.CATEGORY: _("Categories"),
    Dimension.UNIT: _("Units"),
}


@dataclass(frozen=True, slots=True)
class RateWords:
    """The name of a rate, and what is said of those within it and of those who were silent."""

    code: str
    name: str | Promise
    part: str | Promise
    silent: str | Promise


RESPONSE = RateWords(
    "response",
    definition("response").name,
    _("%(part)s of %(whole)s answered in time"),
    _("no answer at all: %(share)s (%(silent)s)"),
)
RESOLUTION = RateWords(
    "resolution",
    definition("resolution").name,
    _("%(part)s of %(whole)s confirmed as solved by the requester"),
    _("did not say: %(share)s (%(silent)s of %(asked)s asked)"),
)
SATISFACTION = RateWords(
    "satisfaction",
    definition("satisfaction").name,
    _("%(part)s of %(whole)s ratings are 4 or 5 of 5"),
    _("did not rate: %(share)s (%(silent)s of %(asked)s)"),
)
RATES = (RESPONSE, RESOLUTION, SATISFACTION)

STAR = "*"
NOT_SHOWN = pgettext_lazy("a number that is left out", "not shown")


def count(value: Count) -> str:
    """Return an exact count; words where it is not shown."""
    return str(NOT_SHOWN) if value is None else numbers.count(value)


def cell(value: Count) -> str:
    """Return an exact count for a table with many; a star where it is not shown."""
    return STAR if value is None else numbers.count(value)


def percent(part: Count, whole: Count) -> str:
    """Return a share; words where it is not shown, two dashes where there is nothing."""
    if whole == 0:
        return numbers.share(0, 0)
    return str(NOT_SHOWN) if part is None or whole is None else numbers.share(part, whole)


def of_rate(rate: Rate, words: RateWords) -> tuple[str, ...]:
    """Return what stands below a rate: from how many it is, and how many gave no answer.

    Nothing where the rate is not shown, and only what is shown.
    """
    if rate.whole == 0 and not rate.asked:
        return (gettext("no case yet"),)
    values = {
        "part": count(rate.part),
        "whole": count(rate.whole),
        "share": percent(rate.silent, rate.asked),
        "silent": count(rate.silent),
        "asked": count(rate.asked),
    }
    told = (
        (words.part, (rate.part, rate.whole)),
        (words.silent, (rate.silent, rate.asked)),
    )
    return tuple(str(said) % values for said, numbers_ in told if None not in numbers_)


def slice_name(slice_: Slice, names: Names) -> str:
    """Return the name of a slice by itself, as it stands in a list."""
    if slice_.dimension is Dimension.ALL:
        return gettext("All cases")
    if slice_.dimension is Dimension.AREA:
        return names.area(slice_.value) or gettext("no area said")
    if slice_.dimension is Dimension.CATEGORY:
        return names.category(slice_.value)
    return names.unit(slice_.value) or gettext("no unit")


def slice_words(slice_: Slice, names: Names) -> str:
    """Return in a sentence which cases are meant."""
    named = {"name": slice_name(slice_, names)}
    if slice_.dimension is Dimension.ALL:
        return gettext("All cases")
    if slice_.dimension is Dimension.AREA:
        return gettext("Cases from the area “%(name)s”") % named
    if slice_.dimension is Dimension.CATEGORY:
        return gettext("Cases of the category “%(name)s”") % named
    return gettext("Cases held by “%(name)s”") % named


def period_name(period: Period) -> str:
    """Return the name of a period: `All time`, `2026`, `November 2026`."""
    if period.start is None:
        return gettext("All time")
    return year(period.start) if period.kind is PeriodKind.YEAR else month_and_year(period.start)


def period_words(period: Period) -> str:
    """Return in a sentence which time is meant."""
    if period.start is None:
        return gettext("since the beginning")
    return gettext("received or ended in %(period)s") % {"period": period_name(period)}


def age(one: Age) -> str:
    """Return how long cases are overdue: `8 to 30 days`."""
    if one.up_to is None:
        return gettext("more than %(days)s days") % {"days": one.over}
    if one.over == 0:
        return gettext("up to %(days)s days") % {"days": one.up_to}
    return gettext("%(first)s to %(last)s days") % {"first": one.over + 1, "last": one.up_to}


def within(one: Within | None) -> str:
    """Return a time within which cases ended: `4 hours`, `30 days`; words where it is not shown."""
    if one is None:
        return str(NOT_SHOWN)
    if one.hours < _DAY:
        said = ngettext("%(n)s hour", "%(n)s hours", one.hours) % {"n": one.hours}
    else:
        days = one.hours // _DAY
        said = ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    return pgettext("a time", "more than %(time)s") % {"time": said} if one.more else said
