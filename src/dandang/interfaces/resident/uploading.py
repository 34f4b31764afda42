"""How much residents may upload: so much from one source in a day, so much in all drafts together.

Who has no room any more sends the words without files. How much a source may upload in the days
that a draft is kept stays below what all drafts may hold, so that nobody fills it alone.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from dandang.interfaces.shared.brake import Brake
from dandang.interfaces.shared.files import Uploaded
from dandang.lifecycle.casework.files.prepared import MEGABYTE
from dandang.lifecycle.intake.draft_files import size_of_all

UPLOADED = Brake("uploads", most=settings.UPLOAD_MB, window=timedelta(days=1))
"""Megabytes of one source, each file as one at least; looking at a file costs, too."""


def refused_uploads(request: HttpRequest, uploads: Sequence[Uploaded]) -> str:
    """Count what was uploaded; return why none of it is looked at, "" where it may be."""
    if not uploads:
        return ""
    if UPLOADED.holds(request):
        return _(
            "So many files came from your network today that no more are taken. Send your words "
            "without them; on the page of your request you can add them tomorrow."
        )
    UPLOADED.count(request, by=sum(1 + (one.size or 0) // MEGABYTE for one in uploads))
    return ""


def no_room_in_drafts() -> str:
    """Return why no draft gets files at present; "" where there is room."""
    if size_of_all() < settings.DRAFT_FILES_MB * MEGABYTE:
        return ""
    return _(
        "There is no room for files before sending at the moment. Send your request without them, "
        "and add them on its page right after."
    )
