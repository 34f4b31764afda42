"""Photos and documents of a report: kept with the draft as soon as they arrive, one by one."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from dandang.interfaces.resident.reporting.begun import Begun, begin
from dandang.interfaces.resident.reporting.forms import StepForm
from dandang.interfaces.shared.files import prepared
from dandang.interfaces.shared.words.refusals import refusal
from dandang.lifecycle.casework.files.prepared import PreparedFile
from dandang.lifecycle.intake.draft_files import add_files, remove_file
from dandang.terms import Refusal


def add_uploads(it: Begun, form: StepForm) -> Begun:
    """Keep the files that came with a form; what may not be kept is said at their field.

    Nothing has to be chosen again because of a mistake elsewhere.
    """
    keeps_place = bool(form.cleaned_data.get("keep_place"))
    good: list[PreparedFile] = []
    for upload in form.cleaned_data.get("files") or ():
        try:
            good += prepared([upload], keep_original=keeps_place)
        except ValidationError as wrong:
            form.add_error("files", wrong)
    if good:
        it = begin(it)
        try:
            add_files(it.key, good)
        except Refusal as refused:
            form.add_error("files", refusal(refused))
    return it


def stays(request: HttpRequest, it: Begun) -> bool:
    """Say whether somebody only adds files, or takes one away, and does not go on yet."""
    number = request.POST.get("remove", "")
    if number.isdecimal() and len(number) <= len(str(2**63)):
        remove_file(it.key, int(number))
    return bool(number) or request.POST.get("step") == "add"
