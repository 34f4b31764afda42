"""The public board: what everybody may know of how requests are handled, and how it is counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dandang.interfaces.public import asking, drawing, words
from dandang.interfaces.public.choice import Choice, Known, read
from dandang.interfaces.public.filtering import filters
from dandang.interfaces.public.lines import by_month, by_slice, topmost
from dandang.interfaces.shared import clock
from dandang.interfaces.shared.words.cases import CHANNELS, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.numbers import count
from dandang.organization.queries import current_policy, directory
from dandang.publication.figures.definitions import definition
from dandang.publication.figures.shapes import Board, Dimension, Slice, Wait

BOTH = frozenset({"of", "period"})
BREAKDOWNS = {
    "areas": Dimension.AREA,
    "categories": Dimension.CATEGORY,
    "units": Dimension.UNIT,
}
"""The pages that break figures down, by their address."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A page of the board as it was asked for."""

    choice: Choice
    known: Known
    names: Names
    now: datetime

    def context(self, page: str, at: datetime, takes: frozenset[str] = BOTH) -> dict[str, Any]:
        """Return what the frame of every page of the board shows."""
        return {
            "here": "open",
            "page": page,
            "at": at,
            "choice": self.choice,
            "filters": filters(self.choice, self.known, self.names, self.now, takes=takes),
            "which": words.slice_words(self.choice.slice, self.names),
            "when": words.period_words(self.choice.period),
        }


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show counts, rates, ends and what is overdue."""
    asked = _asked(request)
    found = asking.board(asked.choice, asked.now)
    published, number = asking.long_overdue(asked.now)
    context = asked.context("board", found.at) | {
        "tiles": _tiles(found),
        "rates": [
            (
                named.code,
                named.name,
                words.percent(rate.part, rate.whole),
                words.of_rate(rate, named),
            )
            for named, rate in drawing.rates_of(found.line)
        ],
        "rates_chart": drawing.rates(found),
        "ends_chart": drawing.ends(found),
        "apart": _apart(found),
        "overdue_chart": drawing.overdue(found),
        "published": [
            (asked.names.unit(one.unit), one.sent_at, one.due_at, (asked.now - one.due_at).days)
            for one in published
        ],
        "published_number": number,
    }
    return render(request, "public/board.html", context)


@require_safe
def waits(request: HttpRequest) -> HttpResponse:
    """Show how long cases took, by class and by the way they came in."""
    asked = _asked(request)
    found = asking.board(asked.choice, asked.now)
    by_class = [(asked.names.case_class(one.code), one) for one in found.waits_by_class]
    by_channel = [(word(CHANNELS, one.code), one) for one in found.waits_by_channel]
    context = asked.context("waits", found.at) | {
        "charts": [
            _waits("by-class", gettext("By class of urgency"), by_class),
            _waits("by-channel", gettext("By the way they came in"), by_channel),
        ],
    }
    return render(request, "public/waits.html", context)


@require_safe
def months(request: HttpRequest) -> HttpResponse:
    """Show the same figures month by month."""
    asked = _asked(request)
    found = asking.months(asked.choice.slice, asked.now)
    context = asked.context("months", found.at, frozenset({"of"})) | {
        "flow_chart": drawing.flow(found),
        "rates_chart": drawing.rates_by_month(found),
        "rows": by_month(found.lines),
    }
    return render(request, "public/months.html", context)


@require_safe
def breakdown(request: HttpRequest, by: str) -> HttpResponse:
    """Show the same figures by area, category or unit, in the order of the register."""
    asked = _asked(request)
    dimension = BREAKDOWNS[by]
    found = asking.breakdown(dimension, asked.choice.period, asked.now)
    title = str(words.DIMENSIONS[dimension])
    context = asked.context(by, found.at, frozenset({"period"})) | {
        "title": title,
        "rows": by_slice(found.lines, asked.known, asked.names),
        "total": by_slice((found.total,), asked.known, asked.names)[0],
        "received_chart": drawing.received(topmost(found.lines, asked.known), asked.names, title),
    }
    if dimension is Dimension.UNIT:
        context["funnels"] = [
            (
                named.code,
                named.name,
                drawing.compared(f"{named.code}-funnel", found, asked.names, named),
            )
            for named in (words.RESPONSE, words.RESOLUTION)
        ]
    return render(request, "public/breakdown.html", context)


@require_safe
def one(request: HttpRequest, by: str, code: str) -> HttpResponse:
    """Lead to the board of one area, category or unit: its code is its address."""
    asked = _asked(request)
    if code not in asked.known.entries(BREAKDOWNS[by]):
        raise Http404
    choice = Choice(Slice(BREAKDOWNS[by], code), asked.choice.period)
    return redirect(reverse("board") + choice.query)


def _asked(request: HttpRequest) -> Asked:
    """Return what was asked for. What there is not is a page that there is not."""
    known = Known(directory(), current_policy())
    choice = read(request.GET, known)
    if choice is None:
        raise Http404
    return Asked(choice, known, Names(known.directory, known.policy), clock.now())


def _tiles(found: Board) -> list[Mapping[str, str]]:
    """Return the counts with their definitions; what they are of stands below."""
    of_open = "" if found.open is None else gettext("of %(n)s open") % {"n": count(found.open)}
    tiles = (
        ("received", found.received, ""),
        ("ended", found.ended, ""),
        ("open", found.open, ""),
        ("overdue", found.overdue, of_open),
    )
    return [
        {
            "key": key,
            "name": gettext("Ended") if key == "ended" else str(definition(key).name),
            "number": words.count(number),
            "of": of,
        }
        for key, number, of in tiles
    ]


def _apart(found: Board) -> list[str]:
    """Return the sentences that tell what is in no rate."""
    said = (
        (
            found.unasked,
            gettext(
                "%(n)s of these ended in ways after which nobody could be asked. They are in "
                "no rate."
            ),
        ),
        (
            found.imported_ends,
            gettext(
                "Besides these, %(n)s cases had ended in another system before they were taken "
                "over. They are in no figure about ends."
            ),
        ),
        (
            found.reopened,
            gettext("%(n)s of the cases received were worked on again after an end."),
        ),
    )
    return [sentence % {"n": count(number)} for number, sentence in said if number]


def _waits(key: str, title: str, found: list[tuple[str, Wait]]) -> Mapping[str, Any]:
    return {"key": key, "title": title, "chart": drawing.waits(key, title, found)}
