"""Files: taking the whole configuration away, and loading one after a look at what it changes."""

import hashlib
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.setup.access import for_administrators
from dandang.interfaces.desk.setup.acting import say_told, tell_cases
from dandang.interfaces.desk.setup.consequences import cases_left
from dandang.interfaces.desk.setup.words import BECAME, TITLES, in_words, problem_line
from dandang.interfaces.shared.words.cases import word
from dandang.lifecycle.casework.actions.incumbents import remember_posts
from dandang.lifecycle.casework.files.prepared import MAX_BYTES
from dandang.organization.actions.configuration import (
    Difference,
    compare_configuration,
    export_configuration,
    load_configuration,
)
from dandang.organization.actions.register import ended_in
from dandang.organization.events import What
from dandang.terms import Code, InputError, Problem, Refusal

MOST = 200


@dataclass(frozen=True, slots=True)
class TableLine:
    """How much of one table would be added, changed and ended, and which entries those are."""

    title: str
    added: int
    changed: int
    ended: int
    entries: tuple[str, ...]
    more: int


class FileForm(forms.Form):
    """The file to load. `checked` says which file was looked at, and beside which register."""

    def __init__(self, typed: Any = None, files: Any = None, *, checked: str = "") -> None:  # noqa: ANN401 Django's
        super().__init__(typed, files, auto_id="file-%s", initial={"checked": checked})
        self.fields["file"] = forms.FileField(
            label=_("File (.zip)"),
            widget=forms.FileInput({"accept": ".zip,application/zip"}),
            error_messages={"required": _("Please choose a file.")},
        )
        self.fields["checked"] = forms.CharField(required=False, widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def show_files(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show what can be taken away; look at a file, and load it once it was looked at."""
    if request.method != "POST":
        return _page(request, FileForm())
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    content, name = form.cleaned_data["file"].read(), form.cleaned_data["file"].name
    mark = _mark(content, officer)
    try:
        _check_size(content, name)
        difference = _compared(content, name, officer)
        if "load" in request.POST and form.cleaned_data["checked"] == mark:
            return _load(request, officer, content, name)
    except InputError as error:
        problems = [problem_line(in_words(found)) for found in error.problems[:MOST]]
        return _page(request, FileForm(), status=HTTPStatus.UNPROCESSABLE_ENTITY, problems=problems)
    again = FileForm(checked=mark)
    stale = "load" in request.POST
    return _page(request, again, difference=difference, lines=_lines(difference), stale=stale)


@require_POST
@for_administrators
def send_configuration(_request: HttpRequest, officer: Officer) -> HttpResponse:
    """Send everything that is set up as one file; that it was taken away is recorded."""
    content = export_configuration(by=officer.actor, now=officer.now)
    day = officer.directory.local_day(officer.now)
    response = HttpResponse(content, content_type="application/zip")
    name = f"{officer.directory.body.code}-{day.isoformat()}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _compared(content: bytes, name: str, officer: Officer) -> Difference:
    """Return what loading would change. Raises InputError where a post could not end, either."""
    difference = compare_configuration(content, name, now=officer.now)
    problems = cases_left(ended_in(difference.changes, "posts"))
    if problems:
        raise InputError(problems)
    return difference


def _load(request: HttpRequest, officer: Officer, content: bytes, name: str) -> HttpResponse:
    remember_posts(officer.now)
    try:
        load_configuration(
            content,
            name,
            by=officer.actor,
            now=officer.now,
            adopts_policy=False,
            beside=officer.directory.version,
        )
    except Refusal as refused:
        if refused.code not in (Code.IN_THE_FUTURE, Code.VALUE_INVALID):
            raise
        raise InputError([Problem("notice_unfit", name)]) from None
    messages.success(request, _("Loaded. Everything is as the file says."))
    say_told(request, tell_cases(officer))
    return redirect("setup:home")


def _check_size(content: bytes, name: str) -> None:
    if len(content) > MAX_BYTES:
        raise InputError([Problem("file_too_large", name, 0, {"limit": MAX_BYTES})])


def _mark(content: bytes, officer: Officer) -> str:
    """Return what stands for this file beside this register: any change of either changes it."""
    known = f"{officer.directory.version} {officer.code} ".encode()
    return hashlib.sha256(known + content).hexdigest()


def _lines(difference: Difference) -> list[TableLine]:
    found = []
    for table, title in TITLES.items():
        changes = [change for change in difference.changes if change.table == table]
        if not changes:
            continue
        words = [f"{change.code} – {word(BECAME, change.what)}" for change in changes]
        found.append(
            TableLine(
                title=str(title),
                added=sum(change.what is What.ADDED for change in changes),
                changed=sum(change.what is What.CHANGED for change in changes),
                ended=sum(change.what in {What.ENDED, What.TAKEN_BACK} for change in changes),
                entries=tuple(words[:MOST]),
                more=max(0, len(words) - MOST),
            )
        )
    return found


def _page(
    request: HttpRequest,
    form: FileForm,
    *,
    status: int = HTTPStatus.OK,
    **more: Any,  # noqa: ANN401 what the page shows
) -> HttpResponse:
    context = {"here": "setup", "form": form, "limit": MAX_BYTES // 1024 // 1024, **more}
    return render(request, "setup/files.html", context, status=status)
