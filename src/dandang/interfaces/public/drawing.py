"""Charts of the figures. Each says in one sentence what is to be seen."""

import math
from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

from dandang.interfaces.public import words
from dandang.interfaces.public.words import RateWords
from dandang.interfaces.shared.charts.bars import Bar, bars
from dandang.interfaces.shared.charts.figure import DataTable, Heading
from dandang.interfaces.shared.charts.funnel import Dot, funnel
from dandang.interfaces.shared.charts.line import Series, line
from dandang.interfaces.shared.words import numbers
from dandang.interfaces.shared.words.cases import STATES, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import month_and_year
from dandang.publication.figures.definitions import definition
from dandang.publication.figures.shapes import (
    Board,
    Breakdown,
    Count,
    Line,
    Months,
    Rate,
    Wait,
    Within,
)

_ALL = 100
_REACH = 4
_DAY = 24


def rates(found: Board) -> SafeString:
    """Draw the three rates: each bar is everybody who was asked, or should have had an answer."""
    three = rates_of(found.line)
    table = DataTable(
        (
            gettext("Rate"),
            gettext("in it"),
            gettext("out of"),
            gettext("share"),
            pgettext("figure", "silent"),
            gettext("share of silence"),
        ),
        tuple(
            (
                str(named.name),
                words.count(rate.part),
                words.count(rate.whole),
                words.percent(rate.part, rate.whole),
                words.count(rate.silent),
                words.percent(rate.silent, rate.asked),
            )
            for named, rate in three
        ),
    )
    heading = Heading("rates", gettext("Three rates"), _finding_of_rates(found.resolution))
    parts = (
        gettext("in time; confirmed as solved; 4 or 5 of 5"),
        gettext("late; partly or not solved; 1 to 3 of 5"),
        gettext("no answer at all; did not say; did not rate"),
    )
    drawn = [
        Bar(str(named.name), _shares(rate), words.percent(rate.part, rate.whole))
        for named, rate in three
    ]
    return bars(heading, drawn, table, parts=parts, top=_ALL)


def rates_of(line_: Line) -> tuple[tuple[RateWords, Rate], ...]:
    """Return the three rates of a line with their words."""
    found = (line_.response, line_.resolution, line_.satisfaction)
    return tuple(zip(words.RATES, found, strict=True))


def _shares(rate: Rate) -> tuple[float | None, ...]:
    """Return in percent of all asked: those in the rate, the others, those who were silent."""
    if rate.part is None or rate.silent is None or not rate.asked:
        return (None, None, None)
    others = rate.asked - rate.part - rate.silent
    return tuple(_ALL * number / rate.asked for number in (rate.part, others, rate.silent))


def _finding_of_rates(rate: Rate) -> str:
    if not rate.asked or rate.part is None or rate.silent is None:
        return ""
    values = {
        "solved": words.percent(rate.part, rate.whole),
        "silent": words.percent(rate.silent, rate.asked),
    }
    return (
        gettext(
            "Of the cases whose requesters could be asked, %(solved)s were confirmed as solved; of "
            "%(silent)s nobody knows, because no answer came."
        )
        % values
    )


def ends(found: Board) -> SafeString:
    """Draw how cases ended: every end a bar of its own."""
    data = [(word(STATES, one.state), one.cases) for one in found.ends]
    finding = gettext("Only “solved, as the requester confirmed” counts as solved.")
    return _counts("ends", gettext("How cases ended"), finding, gettext("End"), data)


def overdue(found: Board) -> SafeString:
    """Draw for how long open cases are overdue."""
    data = [(words.age(one), one.cases) for one in found.overdue_by_age]
    finding = ""
    if found.overdue is not None and found.open is not None:
        values = {"n": numbers.count(found.overdue), "open": numbers.count(found.open)}
        said = ngettext(
            "%(n)s case of %(open)s open ones is past its total time now.",
            "%(n)s cases of %(open)s open ones are past their total time now.",
            found.overdue,
        )
        finding = said % values
    title = gettext("Overdue now, by how long")
    if not found.overdue and found.overdue is not None:
        data = []
    return _counts("overdue", title, finding, gettext("Overdue since"), data)


def received(lines: Sequence[Line], names: Names, title: str) -> SafeString:
    """Draw how many cases each area or category received, in the order of the register."""
    data = [(words.slice_name(one.slice, names), one.received) for one in lines]
    finding = gettext("In the order of the register, not a ranking.")
    return _counts("received", title, finding, title, data)


def _counts(
    key: str, title: str, finding: str, column: str, data: Sequence[tuple[str, Count]]
) -> SafeString:
    table = DataTable(
        (column, gettext("Cases")), tuple((name, words.count(value)) for name, value in data)
    )
    drawn = [Bar(name, (value,), words.count(value)) for name, value in data]
    return bars(Heading(key, title, finding), drawn, table)


def waits(key: str, title: str, found: Sequence[tuple[str, Wait]]) -> SafeString:
    """Draw within which time half of the cases ended, and 95 of 100 of them.

    One class that waits for years would leave nothing of the others: bars end at four times the
    longest half.
    """
    columns = (
        title,
        gettext("Cases"),
        gettext("half within"),
        gettext("95 of 100 within"),
    )
    rows = tuple(
        (name, words.count(one.cases), words.within(one.half), words.within(one.most))
        for name, one in found
    )
    drawn = [Bar(name, *_wait(one)) for name, one in found]
    parts = (gettext("half of the cases ended within"), gettext("95 of 100 ended within"))
    finding = gettext("From sending to the end, nights and weekends included; upper bounds.")
    top = _REACH * max((one.half.hours for _, one in found if one.half), default=0)
    if any(one.most and one.most.hours > top for _, one in found):
        cut = gettext("Bars end at %(days)s days; the words say the whole time.")
        finding = f"{finding} {cut % {'days': math.ceil(top / _DAY)}}"
    else:
        top = 0
    heading = Heading(key, title, finding)
    return bars(heading, drawn, DataTable(columns, rows), parts=parts, top=top or None)


def _wait(one: Wait) -> tuple[tuple[float | None, ...], str]:
    if one.half is None or one.most is None:
        return (None, None), str(words.NOT_SHOWN)
    said = gettext("%(half)s; %(most)s")
    values = {"half": words.within(one.half), "most": words.within(one.most)}
    return (_hours(one.half), _hours(one.most) - _hours(one.half)), said % values


def _hours(one: Within) -> float:
    return float(one.hours)


def compared(key: str, found: Breakdown, names: Names, which: RateWords) -> SafeString:
    """Draw a rate of all units as a funnel: who differs by more than chance, and no ranking."""
    data = [
        (words.slice_name(one.slice, names), rate)
        for one in found.lines
        for named, rate in rates_of(one)
        if named is which
    ]
    dots = [
        Dot(name, rate.part, rate.whole)
        for name, rate in data
        if rate.part is not None and rate.whole is not None
    ]
    title = str(which.name)
    left_out = len([one for _, one in data if one.part is None])
    notes = []
    if left_out:
        words_left_out = ngettext(
            "%(n)s unit is left out: its numbers are too small to be shown.",
            "%(n)s units are left out: their numbers are too small to be shown.",
            left_out,
        )
        notes.append(words_left_out % {"n": left_out})
    table = DataTable(
        (gettext("Unit"), gettext("in it"), gettext("out of"), gettext("share")),
        tuple(
            (
                name,
                words.count(rate.part),
                words.count(rate.whole),
                words.percent(rate.part, rate.whole),
            )
            for name, rate in data
        ),
    )
    return funnel(Heading(key, title, ""), dots, table, notes)


def flow(found: Months) -> SafeString:
    """Draw how many cases were received and ended in each month."""
    places = _places(found)
    data = [
        Series(str(definition("received").name), tuple(one.received for one in found.lines)),
        Series(gettext("Ended"), tuple(one.ended for one in found.lines)),
    ]
    rows = tuple(
        (place, words.count(one.received), words.count(one.ended))
        for place, one in zip(places, found.lines, strict=True)
    )
    table = DataTable((gettext("Month"), str(definition("received").name), gettext("Ended")), rows)
    title = gettext("Received and ended, by month")
    finding = gettext("The last month is not over yet. A gap is a number that is not shown.")
    return line(Heading("flow", title, finding), _marks(found), data, table)


def rates_by_month(found: Months) -> SafeString:
    """Draw the three rates of each month."""
    places = _places(found)
    by_month = [rates_of(one) for one in found.lines]
    data = [
        Series(str(named.name), tuple(one[index][1].percent for one in by_month))
        for index, named in enumerate(words.RATES)
    ]
    rows = tuple(
        (place, *(_said(rate) for _, rate in three))
        for place, three in zip(places, by_month, strict=True)
    )
    columns = (gettext("Month"), *(str(named.name) for named in words.RATES))
    title = gettext("Three rates, by month")
    finding = gettext(
        "The response rate is of cases received in the month, the other two of cases that ended "
        "in it. Months with few cases jump by chance."
    )
    heading = Heading("rates-by-month", title, finding)
    return line(heading, _marks(found), data, DataTable(columns, rows), top=_ALL, sign="%")


def _said(rate: Rate) -> str:
    if not rate.whole:
        return words.percent(rate.part, rate.whole)
    share = words.percent(rate.part, rate.whole)
    return gettext("%(share)s of %(n)s") % {"share": share, "n": words.count(rate.whole)}


def _places(found: Months) -> list[str]:
    return [month_and_year(one.period.start) for one in found.lines if one.period.start]


def _marks(found: Months) -> list[str]:
    return [f"{one.period.start:%Y-%m}" for one in found.lines if one.period.start]
