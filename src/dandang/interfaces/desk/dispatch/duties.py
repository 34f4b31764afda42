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
from dandang.interfaces.desk.dispatch.gaps import gap_lines
from dandang.interfaces.desk.dispatch.trees import areas, categories, units
from dandang.interfaces.desk.overviews.paging import number
from dandang.interfaces.shared.forms import TextField
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.organization.amendments import Amending, decided_proposals, open_proposals
from dandang.organization.directory import Directory, Duty, DutyType
from dandang.organization.files.writing import code_of
from dandang.organization.proposals import TABLE, Amendment
from dandang.organization.queries import current_policy
from dandang.policy import Policy

PAGE = 50
_MOST_CHARACTERS = 100
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
    found = _found(officer, policy, chosen)
    page = min(number(request.GET.get("page", "")), max(1, -(-len(found) // PAGE)))
    begin = (page - 1) * PAGE
    context = {
        "here": "dispatch",
        "tabs": tabs(officer, DUTIES),
        "form": form,
        "is_filtered": bool(chosen),
        "count": len(found),
        "lines": found[begin : begin + PAGE],
        "later": urlencode({**chosen, "page": page + 1}) if begin + PAGE < len(found) else "",
        "is_first": page == 1,
        "gaps": gap_lines(officer, policy) if reads_cases(officer) else (),
        "sees_gaps": reads_cases(officer),
        "may_propose": may_propose(officer),
        "may_decide": may_decide_proposals(officer),
        "open": amending_lines(open_proposals(), officer, policy),
        "decided": amending_lines(decided_proposals(), officer, policy),
        "as_of": moment(officer.now, officer.now),
    }
    return render(request, "dispatch/duties.html", context)


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
    duty = _old(officer.directory, one.duty)
    category = one.category or (duty.category if duty and one.duty else "")
    area = one.area or (duty.area if duty and one.duty else "")
    unit = one.unit or (duty.unit if duty else "")
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


def _old(directory: Directory, code: str) -> Duty | None:
    return duties_by_code(directory).get(code) if code else None


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


def _found(officer: Officer, policy: Policy, chosen: dict[str, str]) -> list[DutyLine]:
    """Return the duties in force or to come, narrowed, by category, area and unit."""
    directory = officer.directory
    today = directory.local_day(officer.now)
    names = Names(directory, policy)
    order = {code: at for at, code in enumerate(policy.categories)}
    duties = [
        duty
        for duty in directory.organization.duties
        if (duty.ends is None or duty.ends >= today) and _is_wanted(duty, chosen, directory, policy)
    ]
    duties.sort(key=lambda duty: (order.get(duty.category, -1), duty.area, duty.unit, duty.post))
    words = chosen.get("text", "").casefold().split()
    lines = [duty_line(duty, names) for duty in duties]
    return [line for line in lines if all(word in line.words for word in words)]


def _is_wanted(duty: Duty, chosen: dict[str, str], directory: Directory, policy: Policy) -> bool:
    """Say whether a duty applies to what is chosen: itself, or as one above it."""
    if category := chosen.get("category"):
        path = policy.category_path(category)
        below = duty.category in policy.categories and category in policy.category_path(
            duty.category
        )
        if duty.category and duty.category not in path and not below:
            return False
    if area := chosen.get("area"):
        path = directory.area_path(area)
        below = duty.area in directory.areas and area in directory.area_path(duty.area)
        if duty.area and duty.area not in path and not below:
            return False
    unit = chosen.get("unit")
    return not unit or directory.in_subtree(duty.unit, unit)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
