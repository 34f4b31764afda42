"""Spans of days below each other: plans and milestones, one row each, under their names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from dandang.interfaces.shared.charts.figure import (
    LINE,
    NOTHING,
    SIZE,
    WIDTH,
    DataTable,
    Drawing,
    Heading,
    figure,
    hatching,
    label,
)
from dandang.interfaces.shared.charts.markup import element, joined
from dandang.interfaces.shared.charts.measure import lines, width
from dandang.interfaces.shared.charts.scale import Scale

_BAR, _GAP, _SIDE, _BETWEEN, _NAME_LINES = 12, 14, 4, 12, 2


@dataclass(frozen=True, slots=True)
class Task:
    """A row: from `starts` to `ends`, both included, due on `due` if it is.

    `state` says in words how it stands; `late` from which day on it is late, or None.
    """

    name: str
    starts: date
    ends: date
    state: str
    due: date | None = None
    late: date | None = None


def gantt(heading: Heading, tasks: Sequence[Task], today: date) -> SafeString:
    """Return the rows in the order given. What is late is hatched, and its words say so."""
    data = _table(tasks)
    if not tasks:
        return figure(heading, None, data)
    days = [day for task in tasks for day in _days(task)]
    first, last = min(*days, today), max(*days, today)
    across = Scale(0, (last - first).days + 1, _SIDE, WIDTH - _SIDE)
    content = [hatching(heading.key)]
    y = float(LINE)
    for task in tasks:
        drawn, y = _row(task, first, across, y, heading.key)
        content.append(drawn)
    x = across((today - first).days + 0.5)
    content.append(element("line", x1=x, y1=LINE, x2=x, y2=y, class_="today"))
    content += _ends(first, last, today, x)
    return figure(heading, Drawing(joined(*content), y), data)


def _days(task: Task) -> list[date]:
    return [day for day in (task.starts, task.ends, task.due, task.late) if day is not None]


def _row(task: Task, first: date, across: Scale, y: float, key: str) -> tuple[SafeString, float]:
    (state,) = lines(task.state, WIDTH / 2, SIZE, 1)
    room = WIDTH - 2 * _SIDE - width(state, SIZE) - _BETWEEN
    drawn = [label(state, WIDTH - _SIDE, y + SIZE, anchor="end", class_="chart-number")]
    for row in lines(task.name, room, SIZE, _NAME_LINES):
        drawn.append(label(row, _SIDE, y + SIZE))
        y += LINE
    top = y + 2
    starts, ends = sorted((task.starts, task.ends))
    begin, end = across((starts - first).days), across((ends - first).days + 1)
    size = {"y": top, "height": _BAR}
    drawn.append(element("rect", x=begin, width=max(end - begin, 2), class_="part solid", **size))
    if task.late is not None and task.late <= ends:
        from_x = max(begin, across((task.late - first).days))
        fill = f"url(#{key}-hatch)"
        late = {"x": from_x, "width": max(end - from_x, 2), **size}
        drawn.append(element("rect", class_="part hatched", fill=fill, **late))
    if task.due is not None:
        x = across((task.due - first).days + 1)
        drawn.append(element("line", x1=x, y1=top - 3, x2=x, y2=top + _BAR + 3, class_="due"))
    return joined(*drawn), top + _BAR + _GAP


def _ends(first: date, last: date, today: date, x: float) -> list[SafeString]:
    """Return the names of the first and the last day, and of today where it has room."""
    left, right = first.isoformat(), last.isoformat()
    half = width(today_words := pgettext("a day on a chart", "today"), SIZE) / 2
    drawn = [label(left, _SIDE, SIZE - 2), label(right, WIDTH - _SIDE, SIZE - 2, anchor="end")]
    edge = width(left, SIZE) + _SIDE + _BETWEEN
    if edge < x - half and x + half < WIDTH - edge and first < today < last:
        drawn.append(label(today_words, x, SIZE - 2, anchor="middle", class_="chart-number"))
    return drawn


def _table(tasks: Sequence[Task]) -> DataTable:
    columns = (
        pgettext("column of tasks", "What"),
        pgettext("column of tasks", "From"),
        pgettext("column of tasks", "To"),
        pgettext("column of tasks", "Due"),
        gettext("State"),
    )
    rows = tuple(
        (
            task.name,
            task.starts.isoformat(),
            task.ends.isoformat(),
            task.due.isoformat() if task.due else NOTHING,
            task.state,
        )
        for task in tasks
    )
    return DataTable(columns, rows)
