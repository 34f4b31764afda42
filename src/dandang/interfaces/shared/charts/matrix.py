"""Hand-overs among many units: a field for each pair, from the row to the column."""

import math
from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from dandang.interfaces.shared.charts.figure import LINE, SIZE, Drawing, Heading, figure, label
from dandang.interfaces.shared.charts.flows import Flow, back_and_forth, fit, note, table
from dandang.interfaces.shared.charts.markup import element, joined
from dandang.interfaces.shared.charts.measure import lines
from dandang.interfaces.shared.words.numbers import short

_FIELD, _NAMES, _HEAD = 40, 190, 26


def matrix(heading: Heading, names: Sequence[str], flows: Sequence[Flow]) -> SafeString:
    """Return the matrix of these units, in the order given. Columns have the numbers of the rows.

    The square of a field has the size of its count, which stands beside it; fields of pairs with
    both ways are framed, and the pairs are named in words.
    """
    kept = fit(names, flows)
    if not kept:
        return figure(heading, None, table(names, kept))
    most = max(one.number for one in kept)
    both = {(one.source, one.target) for pair in back_and_forth(kept) for one in pair}
    whole = _NAMES + _FIELD * len(names)
    content = [_head(index) for index in range(len(names))]
    content += [_row(index, name, whole) for index, name in enumerate(names)]
    for one in kept:
        content.append(_field(one, most, is_both=(one.source, one.target) in both))
    notes = [gettext("Rows give, columns take; columns have the numbers of the rows.")]
    drawing = Drawing(joined(*content), _HEAD + _FIELD * len(names) + 2, whole)
    return figure(heading, drawing, table(names, kept), [*notes, *note(names, kept)])


def _head(index: int) -> SafeString:
    x = _NAMES + _FIELD * index + _FIELD / 2
    return label(str(index + 1), x, SIZE, anchor="middle", class_="chart-number")


def _row(index: int, name: str, whole: float) -> SafeString:
    y = _HEAD + _FIELD * index
    rows = lines(name, _NAMES - 36, SIZE, 2)
    first = y + _FIELD / 2 + 5 - (len(rows) - 1) * LINE / 2
    named = [label(row, 30, first + LINE * place) for place, row in enumerate(rows)]
    numbered = label(str(index + 1), 22, first, anchor="end", class_="chart-number")
    across = element("line", x1=0, y1=y, x2=whole, y2=y, class_="grid")
    own = element(
        "rect",
        x=_NAMES + _FIELD * index,
        y=y,
        width=_FIELD,
        height=_FIELD,
        class_="ground",
    )
    return joined(across, own, numbered, *named)


def _field(flow: Flow, most: int, *, is_both: bool) -> SafeString:
    x, y = _NAMES + _FIELD * flow.target, _HEAD + _FIELD * flow.source
    side = max(2.0, (_FIELD - 4) * math.sqrt(flow.number / most))
    corner = (_FIELD - side) / 2
    square = element(
        "rect", x=x + corner, y=y + corner, width=side, height=side, class_="field-size"
    )
    frame = element("rect", x=x + 1, y=y + 1, width=_FIELD - 2, height=_FIELD - 2, class_="both")
    said = label(short(flow.number), x + _FIELD / 2, y + _FIELD / 2 + 5, anchor="middle")
    return joined(square, *([frame] if is_both else []), said)
