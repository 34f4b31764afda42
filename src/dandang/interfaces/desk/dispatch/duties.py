"""The register of duties for reading, the gaps it showed, and what was proposed to amend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from dandang.interfaces.desk.access import Officer, for_officers
from dandang.interfaces.desk.dispatch.access import (
    DUTIES,
    may_decide_proposals,
    may_propose,
    reads_cases,
    tabs,
)
from dandang.interfaces.desk.dispatch.duty_list import duties_of, page_of, parts_of
from dandang.interfaces.desk.dispatch.gaps import gap_lines
from dandang.interfaces.desk.dispatch.trees import areas, categories, units
from dandang.interfaces.shared.comma_separated import csv_lines
from dandang.interfaces.shared.forms import TextField
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.organization.amendments import Amending, decided_proposals, open_proposals
from dandang.organization.directory import Directory, Duty, DutyType
from dandang.organization.files.writing import code_of
from dandang.organization.proposals import TABLE, Amendment
from dandang.organization.queries import current_policy
from dandang.policy import Policy

_MOST_CHARACTERS = 100
CSV = "text/csv; charset=utf-8"
_HEADER = (
    *("category", "matter", "area", "where", "unit", "unit_name", "post", "post_name"),
    *("type", "basis", "starts", "ends"),
)
TYPES: dict[str, str | Promise] = {
    DutyType.LEAD: gettext_lazy("leads"),
    DutyType.ASSIST_ONLY: gettext_lazy("only assists"),
    DutyType.WITHDRAWN: gettext_lazy("was withdrawn from it"),
}
AMENDMENTS: dict[str, str | Promise] = {
    Amendment.ADD: gettext_lazy("Add a duty"),
    Amendment.CHANGE: gettext_lazy("Change a duty"),
    Amendment.END: gettext_lazy("End a duty"),
}
VERDICTS: dict[str, str | Promise] = {
    "": gettext_lazy("open"),
    "accepted": gettext_lazy("accepted"),
    "rejected": gettext_lazy("rejected"),
}


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One line of the register in words. `code` tells it apart, `query` names it in an address."""

    code: str
    query: str
    what: str
    where: str
    unit: str
    post: str
    type: str
    basis: str
    since: str
    until: str

    @property
    def words(self) -> str:
        """Everything that a search looks at."""
        return f"{self.what} {self.where} {self.unit} {self.post} {self.basis}".casefold()


class DutyFilter(forms.Form):
    """What the register can be narrowed to; everything may be left open."""

    category = forms.ChoiceField(required=False, label=gettext_lazy("Category"))
    area = forms.ChoiceField(required=False, label=gettext_lazy("Area"))
    unit = forms.ChoiceField(required=False, label=gettext_lazy("Unit"))
    text = TextField(
        required=False,
        limit=_MOST_CHARACTERS,
        label=gettext_lazy("Words"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def __init__(self, typed: QueryDict, directory: Directory, policy: Policy) -> None:
        super().__init__(typed)
        names = Names(directory, policy)
        for name, options in (
            ("category", categories(policy, names)),
            ("area", areas(directory, names)),
            ("unit", units(directory, names)),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("All")), *options]

    def chosen(self) -> dict[str, str]:
        """Return what was chosen; what cannot be filtered by is left open."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


@require_safe
@for_officers
def show_duties(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the register of duties to any officer; the gaps to whoever works on every case."""
    policy = current_policy()
    form = DutyFilter(request.GET, officer.directory, policy)
    chosen = form.chosen()
    found, lines = _found(officer, policy, chosen)
    after, at = request.GET.get("after", ""), request.GET.get("at", "")
    shown = page_of(found, policy, chosen, after=after, at=at)
    context = {
        "here": "dispatch",
        "tabs": tabs(officer, DUTIES),
        "form": form,
        "is_filtered": bool(chosen),
        "count": len(found),
        "lines": [lines[code_of(TABLE, duty)] for duty in shown.duties],
        "later": shown.later,
        "is_first": shown.is_first,
        "at": shown.at,
        "query": urlencode(chosen),
        "gaps": gap_lines(officer, policy) if reads_cases(officer) else (),
        "sees_gaps": reads_cases(officer),
        "may_propose": may_propose(officer),
        "may_decide": may_decide_proposals(officer),
        "open": amending_lines(open_proposals(), officer, policy),
        "decided": amending_lines(decided_proposals(), officer, policy),
        "as_of": moment(officer.now, officer.now),
    }
    return render(request, "dispatch/duties.html", context)


@require_safe
@for_officers
def send_duties(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Send the register of duties as CSV, narrowed as the page is: codes, and what they say."""
    policy = current_policy()
    chosen = DutyFilter(request.GET, officer.directory, policy).chosen()
    found, lines = _found(officer, policy, chosen)
    records = (_record(duty, lines[code_of(TABLE, duty)]) for duty in found)
    response = HttpResponse("".join(csv_lines(_HEADER, records)), content_type=CSV)
    response["Content-Disposition"] = 'attachment; filename="duties.csv"'
    return response


def _record(duty: Duty, line: DutyLine) -> tuple[str, ...]:
    return (
        *(duty.category, line.what, duty.area, line.where, duty.unit, line.unit),
        *(duty.post, line.post, duty.type.value, line.basis, line.since, line.until),
    )


@dataclass(frozen=True, slots=True)
class AmendingLine:
    """A proposal in words."""

    number: int
    words: str
    what: str
    where: str
    unit: str
    type: str
    starts: str
    by: str
    when: str
    verdict: str
    is_mine: bool


def amending_lines(
    found: Iterable[Amending], officer: Officer, policy: Policy
) -> list[AmendingLine]:
    """Return proposals in words."""
    names = Names(officer.directory, policy)
    return [_amending(one, officer, names) for one in found]


def _amending(one: Amending, officer: Officer, names: Names) -> AmendingLine:
    category, area, unit = one.category, one.area, one.unit
    if one.change is Amendment.END:
        category, area, unit = parts_of(one.duty)[:3]
    return AmendingLine(
        number=one.number,
        words=str(AMENDMENTS[one.change]),
        what=names.category(category) if category else _("all matters"),
        where=names.area(area) or _("the whole body"),
        unit=names.post_with_unit(one.post) if one.post else names.unit(unit),
        type=str(TYPES.get(one.type, "")),
        starts=one.starts.isoformat(),
        by=names.post_with_unit(one.proposed_post),
        when=moment(one.proposed_at, officer.now),
        verdict=str(VERDICTS[one.verdict]),
        is_mine=one.proposed_by == officer.code,
    )


def duties_by_code(directory: Directory) -> dict[str, Duty]:
    """Return the duties of the register by what tells them apart."""
    return {code_of(TABLE, duty): duty for duty in directory.organization.duties}


def duty_line(duty: Duty, names: Names) -> DutyLine:
    """Return a duty in words."""
    code = code_of(TABLE, duty)
    return DutyLine(
        code=code,
        query=urlencode({"duty": code}),
        what=names.category(duty.category) if duty.category else _("all matters"),
        where=names.area(duty.area) or _("the whole body"),
        unit=names.unit(duty.unit),
        post=names.post(duty.post) if duty.post else "",
        type=str(TYPES[duty.type]),
        basis=duty.basis,
        since=_day(duty.starts),
        until=_day(duty.ends),
    )


def _found(
    officer: Officer, policy: Policy, chosen: dict[str, str]
) -> tuple[list[Duty], dict[str, DutyLine]]:
    """Return the duties that are asked for, and all of them in words, by code."""
    names = Names(officer.directory, policy)
    wanted = chosen.get("text", "").casefold().split()
    found, lines = [], {}
    for duty in duties_of(officer, policy, chosen):
        line = duty_line(duty, names)
        if all(word in line.words for word in wanted):
            found.append(duty)
            lines[line.code] = line
    return found, lines


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
