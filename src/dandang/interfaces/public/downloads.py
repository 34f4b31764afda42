"""Figures to take away as CSV and JSON. They hold nothing personal and may be kept for a minute."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from dandang.interfaces.public.asking import KEPT_SECONDS
from dandang.interfaces.public.choice import Choice, Known, read
from dandang.interfaces.public.data import FIGURES, Data, Figure, Question, cells
from dandang.interfaces.shared import clock
from dandang.interfaces.shared.comma_separated import csv_lines
from dandang.organization.queries import current_policy, directory
from dandang.publication.figures.definitions import VERSION

_KEPT = f"public, max-age={KEPT_SECONDS}"
_LAST = ("at", "definitions")
"""Every line of CSV says when it was counted, and by which definitions."""


@require_safe
def as_csv(request: HttpRequest, figure: str) -> HttpResponse:
    """Return the rows of a figure, one a line."""
    one, _, data = _asked(request.GET, figure)
    last = [data.at.isoformat(), str(VERSION)]
    lines = csv_lines(
        (*one.fields, *_LAST), ([*cells(one.fields, row), *last] for row in data.rows)
    )
    response = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{figure}.csv"'
    response.headers["Cache-Control"] = _KEPT
    return response


@require_safe
def as_json(request: HttpRequest, figure: str) -> HttpResponse:
    """Return a figure with what it is of, when it was counted and by which definitions."""
    one, choice, data = _asked(request.GET, figure)
    content = {
        "figure": figure,
        "of": choice.of or None,
        "period": choice.when or None,
        "at": data.at.isoformat(),
        "definitions": VERSION,
        "fields": list(one.fields),
        "rows": list(data.rows),
    }
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Cache-Control"] = _KEPT
    return response


def _asked(query: Mapping[str, str], name: str) -> tuple[Figure, Choice, Data]:
    known = Known(directory(), current_policy())
    figure, choice = FIGURES.get(name), read(query, known)
    if figure is None or choice is None:
        raise Http404
    choice = figure.cut(choice)
    return figure, choice, figure.ask(Question(choice, known, clock.now()))
