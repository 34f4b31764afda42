"""Samples of ended cases: which were drawn, drawing one, what a sample holds and how it reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from types import MappingProxyType

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.overviews.paging import number as page_number
from dandang.interfaces.desk.overviews.reach import unit_choices
from dandang.interfaces.desk.supervision.access import for_readers, tabs
from dandang.interfaces.shared.refused import status_of
from dandang.interfaces.shared.words.cases import STATES, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.refusals import refusal
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.sampling.actions import draw
from dandang.lifecycle.sampling.queries import (
    ListedDraw,
    ListedItem,
    Tally,
    draws,
    items,
    tallies,
    whole_draw,
)
from dandang.lifecycle.sampling.rules import MOST, SAMPLED, Sought, share
from dandang.lifecycle.states import Opinion, State
from dandang.organization.queries import current_policy
from dandang.terms import Refusal

PAGE = 50

OPINIONS: Mapping[str, str | Promise] = MappingProxyType(
    {
        Opinion.YES: gettext_lazy("yes"),
        Opinion.NO: gettext_lazy("no"),
        Opinion.UNCLEAR: gettext_lazy("cannot be told"),
    }
)
_MONTH = timedelta(days=30)
_HUNDRED = 100


class DrawForm(forms.Form):
    """What a sample is drawn from, and how large it is."""

    def __init__(self, typed: QueryDict | None, officer: Officer, percent: int) -> None:
        super().__init__(typed)
        today = officer.calendar.local_date(officer.now)
        day = {"type": "date", "class": "instant"}
        units = unit_choices(tuple(officer.directory.units), officer.directory)
        self.fields["first"] = forms.DateField(
            label=_("Ended from"), initial=today - _MONTH, widget=forms.DateInput(day, "%Y-%m-%d")
        )
        self.fields["last"] = forms.DateField(
            label=_("until"),
            initial=today - timedelta(days=1),
            widget=forms.DateInput(day, "%Y-%m-%d"),
            help_text=_("This day has to be over."),
        )
        self.fields["unit"] = forms.ChoiceField(
            label=_("Unit that held it"),
            choices=[("", _("All")), *units],
            required=False,
        )
        self.fields["ends"] = forms.MultipleChoiceField(
            label=_("How it ended"),
            choices=[(end.value, word(STATES, end)) for end in SAMPLED],
            initial=[State.DECLINED.value],
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["percent"] = forms.IntegerField(
            label=_("So many of a hundred"),
            help_text=_("The policy wants %(percent)s of a hundred declined cases.")
            % {"percent": percent},
            initial=percent,
            min_value=1,
            max_value=_HUNDRED,
            required=False,
        )
        self.fields["number"] = forms.IntegerField(
            label=_("Or so many cases"), min_value=1, max_value=MOST, required=False
        )

    def sought(self) -> Sought:
        """Return what is sought; a number of cases goes before a share."""
        said = self.cleaned_data
        number = said["number"] or 0
        return Sought(
            first=said["first"],
            last=said["last"],
            unit=said["unit"],
            ends=tuple(State(end) for end in said["ends"]),
            percent=0 if number else said["percent"] or 0,
            number=number,
        )


@dataclass(frozen=True, slots=True)
class DrawRow:
    """A sample in words. `progress` is how many of its cases are read."""

    number: int
    period: str
    unit: str
    ends: str
    size: str
    drawn: str
    by: str
    progress: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A case of a sample in words; `judgement` is "" until it is read."""

    place: int
    reference: str
    title: str
    end: str
    unit: str
    ended: str
    judgement: str
    judged: str


@dataclass(frozen=True, slots=True)
class ResultRow:
    """What was found among the cases with one end, in sentences."""

    end: str
    read: str
    answers: str
    right: str


@require_safe
@for_readers
def show_samples(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the samples that were drawn, the newest first."""
    names = Names(officer.directory, current_policy())
    context = {
        "here": "samples",
        "tabs": tabs(officer, "supervision:samples"),
        "rows": [draw_row(one, names, officer) for one in draws(officer.kept_out)],
        "as_of": moment(officer.now, officer.now),
    }
    return render(request, "supervision/samples.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def new_sample(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Draw a sample. Nobody chooses it, nor draws it again until it pleases."""
    percent = current_policy().limits.decline_sample_percent
    is_sent = request.method == "POST"
    form = DrawForm(request.POST if is_sent else None, officer, percent)
    refused: Refusal | None = None
    if is_sent and form.is_valid():
        try:
            done = draw(form.sought(), by=officer.actor, now=officer.now)
        except Refusal as why:
            refused = why
        else:
            words = ngettext(
                "Drawn: %(cases)s case of %(frame)s.",
                "Drawn: %(cases)s cases of %(frame)s.",
                done.cases,
            )
            messages.success(request, words % {"cases": done.cases, "frame": done.frame})
            return redirect("supervision:sample", number=done.number)
    status = HTTPStatus.OK
    if is_sent:
        status = status_of(refused.code) if refused else HTTPStatus.UNPROCESSABLE_ENTITY
    context = {
        "here": "samples",
        "tabs": tabs(officer, "supervision:samples"),
        "form": form,
        "refused": refusal(refused) if refused else "",
    }
    return render(request, "supervision/new_sample.html", context, status=status)


@require_safe
@for_readers
def show_sample(request: HttpRequest, officer: Officer, number: int) -> HttpResponse:
    """Show a sample: how it was drawn, its cases, what was found so far."""
    found = whole_draw(number, officer.kept_out)
    after = request.GET.get("after", "")
    start = page_number(after) if after else 0
    shown = items(number, officer.kept_out, after=start, limit=PAGE + 1)
    unread = items(number, officer.kept_out, limit=1, unread=True)
    names = Names(officer.directory, current_policy())
    context = {
        "here": "samples",
        "tabs": tabs(officer, "supervision:samples"),
        "draw": draw_row(found.listed, names, officer),
        "whole": found,
        "rows": [item_row(one, names, officer) for one in shown[:PAGE]],
        "next": shown[PAGE - 1].place if len(shown) > PAGE else 0,
        "unread": unread[0].place if unread else 0,
        "results": result_rows(tallies(number, officer.kept_out)),
        "as_of": moment(officer.now, officer.now),
    }
    return render(request, "supervision/sample.html", context)


def draw_row(one: ListedDraw, names: Names, officer: Officer) -> DrawRow:
    """Return a sample in words."""
    sought = one.sought
    size = _("%(percent)s of a hundred") % {"percent": sought.percent}
    if sought.number:
        size = ngettext("%(n)s case", "%(n)s cases", sought.number) % {"n": sought.number}
    return DrawRow(
        number=one.number,
        period=f"{sought.first.isoformat()} – {sought.last.isoformat()}",
        unit=names.unit(sought.unit) if sought.unit else _("the whole body"),
        ends=_("; ").join(word(STATES, end) for end in sought.ends),
        size=size,
        drawn=moment(one.drawn_at, officer.now),
        by=names.post_with_unit(one.post),
        progress=_("%(judged)s of %(cases)s read") % {"judged": one.judged, "cases": one.cases},
    )


def item_row(one: ListedItem, names: Names, officer: Officer) -> ItemRow:
    """Return a case of a sample in words."""
    judgement = ""
    if one.judged_at:
        judgement = _("answers the request: %(answers)s; rightly ended: %(right)s") % {
            "answers": OPINIONS[one.answers],
            "right": OPINIONS[one.right],
        }
    return ItemRow(
        place=one.place,
        reference=one.reference,
        title=one.title,
        end=word(STATES, one.end),
        unit=names.unit(one.unit),
        ended=moment(one.ended_at, officer.now),
        judgement=judgement,
        judged=f"{names.post_with_unit(one.post)} · {moment(one.judged_at, officer.now)}"
        if one.judged_at
        else "",
    )


def result_rows(found: Sequence[Tally]) -> list[ResultRow]:
    """Return what was found by the end of the cases, for those of which any was read."""
    return [
        ResultRow(
            end=word(STATES, one.end),
            read=_("%(judged)s of %(cases)s read") % {"judged": one.judged, "cases": one.cases},
            answers=in_words(one.answers, one.judged),
            right=in_words(one.right, one.judged),
        )
        for one in found
        if one.judged
    ]


def in_words(yes: int, number: int) -> str:
    """Return so many of so many, and what that says of all such cases."""
    found = share(yes, number)
    return _(
        "yes in %(yes)s of %(number)s; among all such cases probably between %(low)s and %(high)s "
        "of a hundred"
    ) % {
        "yes": yes,
        "number": number,
        "low": round(found.low * _HUNDRED),
        "high": round(found.high * _HUNDRED),
    }
