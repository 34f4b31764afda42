"""The calendar and its notices: what is known, and adopting another notice day by day."""

from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.setup.access import for_administrators
from dandang.interfaces.shared.words.problems import problem_words
from dandang.interfaces.shared.words.refusals import refusal
from dandang.lifecycle.casework.provisional import provisional
from dandang.lifecycle.escalation.actions.settle_notice import settle_provisional
from dandang.organization.actions.adopt import adopt_notice
from dandang.organization.queries import adopted_notices, calendar_of
from dandang.terms import InputError, Problem, Refusal
from dandang.workdays import Notice, read_notice

SPANS, DAYS = 9, 9
"""How many holidays and make-up days the form has room for; a file holds more."""

_LONGEST = 500


class NoticeForm(forms.Form):
    """A notice: its source, its days off from one day to another, its make-up days."""

    def __init__(self, typed: QueryDict | None, year: int) -> None:
        super().__init__(typed, auto_id="notice-%s")
        self.fields["source"] = forms.CharField(
            label=_("Source"),
            max_length=_LONGEST,
            help_text=_("Title and number of the notice, as it is published."),
            error_messages={"required": _("Please fill this in.")},
        )
        self.fields["published"] = _day(_("Date of publication"), required=True)
        self.fields["year"] = forms.IntegerField(
            label=_("Year the notice is for"),
            initial=year,
            min_value=1990,
            max_value=2075,
            widget=forms.NumberInput({"class": "number"}),
        )
        for number in range(1, SPANS + 1):
            first = _("Days off %(n)s: first day") % {"n": number}
            self.fields[f"first_{number}"] = _day(first)
            self.fields[f"last_{number}"] = _day(_("last day, empty for a single one"))
        for number in range(1, DAYS + 1):
            label = _("Worked weekend day %(n)s") % {"n": number}
            self.fields[f"working_{number}"] = _day(label)

    @property
    def spans(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The pairs of fields for days off."""
        return [(self[f"first_{n}"], self[f"last_{n}"]) for n in range(1, SPANS + 1)]

    @property
    def worked(self) -> list[forms.BoundField]:
        """The fields for worked weekend days."""
        return [self[f"working_{n}"] for n in range(1, DAYS + 1)]

    def notice(self) -> Notice | None:
        """Return the notice that was typed, or None where something is wrong with it."""
        if not self.is_valid():
            return None
        lines, fields = self._lines()
        try:
            return read_notice("\n".join(lines), "")
        except InputError as error:
            for found in error.problems:
                self.add_error(fields.get(found.line), problem_words(_without_line(found)))
            return None

    def _lines(self) -> tuple[list[str], dict[int, str]]:
        """Return the text of a notice file, and which field each line comes from."""
        data: Mapping[str, Any] = self.cleaned_data
        source = data["source"].replace("\\", "\\\\").replace('"', '\\"')
        year = data["year"]
        first = min([f"{year}-01-01", *(f"{one}" for one in self._rest_starts())])
        lines = [
            f'source = "{source}"',
            f"published = {data['published']}",
            f"first = {first}",
            f"last = {year}-12-31",
            "rest = [",
        ]
        fields = {1: "source", 2: "published", 3: "first_1", 4: "year"}
        for number in range(1, SPANS + 1):
            start, end = data[f"first_{number}"], data[f"last_{number}"]
            if start or end:
                lines.append(f'  "{start or end} to {end or start}",')
                fields[len(lines)] = f"first_{number}"
        lines += ["]", "working = ["]
        for number in range(1, DAYS + 1):
            if data[f"working_{number}"]:
                lines.append(f'  "{data[f"working_{number}"]}",')
                fields[len(lines)] = f"working_{number}"
        return [*lines, "]"], fields

    def _rest_starts(self) -> list[Any]:
        """Return days of the December before, which the notice for a year may reach back into."""
        days = [self.cleaned_data[f"first_{number}"] for number in range(1, SPANS + 1)]
        days += [self.cleaned_data[f"working_{number}"] for number in range(1, DAYS + 1)]
        year = self.cleaned_data["year"]
        return [day for day in days if day and day.year == year - 1 and day.month == 12]  # noqa: PLR2004 December


@require_safe
@for_administrators
def show_notices(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show how far the calendar reaches, and the notices that were adopted."""
    waiting = provisional(officer.calendar)
    context = {
        "here": "setup",
        "horizon": officer.calendar.horizon,
        "notices": adopted_notices()[::-1],
        "waiting": waiting.clocks,
    }
    return render(request, "setup/notices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def add_notice(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Ask for a notice, show which deadlines it would make final, and adopt it."""
    year = _missing_year(officer)
    form = NoticeForm(request.POST if request.method == "POST" else None, year)
    context: dict[str, Any] = {"here": "setup", "form": form}
    if request.method != "POST":
        return render(request, "setup/notice.html", context)
    notice = form.notice()
    try:
        if notice is None:
            return _wrong(request, context)
        if "adopt" not in request.POST:
            context["ahead"] = _ahead(notice, officer)
            return render(request, "setup/notice.html", context)
        adopted = adopt_notice(notice, by=officer.actor, now=officer.now)
    except (Refusal, ValueError) as error:
        form.add_error(None, _refused(error))
        return _wrong(request, context)
    _say(request, officer, adopted=adopted)
    return redirect("setup:notices")


def _missing_year(officer: Officer) -> int:
    horizon = officer.calendar.horizon
    if horizon is None:
        return officer.directory.local_day(officer.now).year
    return (horizon + timedelta(days=1)).year


def _ahead(notice: Notice, officer: Officer) -> dict[str, Any]:
    """Return what the notice would change. Raises ValueError where the calendar cannot hold it."""
    calendar = calendar_of(officer.directory.body, (*adopted_notices(), notice))
    now, then = provisional(officer.calendar), provisional(calendar)
    return {
        "rest": sorted(notice.rest),
        "working": sorted(notice.working),
        "waiting": now.clocks,
        "settled": then.published,
        "horizon": calendar.horizon,
    }


def _say(request: HttpRequest, officer: Officer, *, adopted: bool) -> None:
    if not adopted:
        messages.info(request, _("This notice was in force already."))
        return
    settled = settle_provisional(officer.now)
    words = ngettext(
        "The notice is in force. %(n)s deadline is final now; the worker settles the others.",
        "The notice is in force. %(n)s deadlines are final now; the worker settles the others.",
        settled.clocks,
    )
    messages.success(request, words % {"n": settled.clocks})


def _wrong(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "setup/notice.html", context, status=status)


def _refused(error: Exception) -> str:
    if isinstance(error, Refusal):
        return refusal(error)
    return _("The calendar cannot hold these days.")


def _without_line(found: Problem) -> Problem:
    """Return the problem without lines of a text that nobody wrote."""
    params: dict[str, Any] = {**found.params}
    params.pop("first_line", None)
    return Problem(found.code, "", 0, params)


def _day(label: str, *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput({"type": "date", "class": "instant"}),
        error_messages={
            "invalid": _("Please give a date, like 2026-10-01."),
            "required": _("Please fill this in."),
        },
    )
