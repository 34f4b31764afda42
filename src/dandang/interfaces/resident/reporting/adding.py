"""Photos and documents of a report: kept with the draft as soon as they arrive, one by one."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from dandang.interfaces.resident.reporting.begun import Begun, begin
from dandang.interfaces.resident.reporting.forms import StepForm
from dandang.interfaces.resident.uploading import no_room_in_drafts, refused_uploads
from dandang.interfaces.shared.files import prepared
from dandang.interfaces.shared.words.refusals import refusal
from dandang.lifecycle.casework.files.prepared import PreparedFile
from dandang.lifecycle.intake.draft_files import add_files, remove_file
from dandang.terms import Refusal

NO_ROOM = "no_room"
"""The error of a form whose files are not even looked at."""


def add_uploads(request: HttpRequest, it: Begun, form: StepForm) -> Begun:
    """Keep the files that came with a form; what may not be kept is said at their field.

    Nothing has to be chosen again because of a mistake elsewhere.
    """
    keeps_place = bool(form.cleaned_data.get("keep_place"))
    good: list[PreparedFile] = []
    uploads = form.cleaned_data.get("files") or ()
    if uploads and (why := no_room_in_drafts() or refused_uploads(request, uploads)):
        form.add_error("files", ValidationError(why, code=NO_ROOM))
        return it
    for upload in uploads:
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
