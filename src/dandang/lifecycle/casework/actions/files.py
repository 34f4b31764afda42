"""Keeping the files of an act, in the transaction of its event, and forgetting those of a case."""

from collections.abc import Sequence

from django.db.models import Count, Q, Sum

from dandang.ledger.append import Appended
from dandang.lifecycle.casework.events.custody import CaseOpened
from dandang.lifecycle.casework.events.shape import RequestAttached
from dandang.lifecycle.casework.events.work import NoteAdded, QuestionAnswered
from dandang.lifecycle.casework.files.prepared import (
    MAX_FILES,
    MAX_OF_CASE,
    MAX_OF_REQUESTER,
    MEGABYTE,
    PreparedFile,
    digests,
)
from dandang.lifecycle.casework.files.rows import KeptFile
from dandang.lifecycle.casework.models import Case
from dandang.terms import ActorKind, Code, Recorded, Refusal


def keep_files(
    case: Case,
    files: Sequence[PreparedFile],
    records: Sequence[Recorded],
    appended: Sequence[Appended],
) -> None:
    """Write the files that an event just appended names. Needs a transaction and a locked case.

    Refuses `too_many_files` (of one act, or of one requester) and `no_room_for_files` (the case).
    """
    if not files:
        return
    if len(files) > MAX_FILES:
        raise Refusal(Code.TOO_MANY_FILES, limit=MAX_FILES)
    named = digests(files)
    recorded, written = next(
        (recorded, written)
        for recorded, written in zip(records, appended, strict=True)
        if getattr(recorded.event, "files", None) == named
    )
    request = _sender(recorded)
    _check_room(case, request, files)
    KeptFile.objects.bulk_create(
        [
            KeptFile(
                case=case,
                event_id=written.event_id,
                place=place,
                request=request,
                name=file.name,
                media_type=file.media_type.value,
                content=file.content,
                sha256=file.sha256,
                size=file.size,
                width=file.width,
                height=file.height,
            )
            for place, file in enumerate(files, 1)
        ]
    )


def forget_files(case: Case) -> int:
    """Delete all files of a case, for good; return how many there were. Needs a transaction."""
    number, _ = KeptFile.objects.filter(case=case).delete()
    return number


def _sender(recorded: Recorded) -> int | None:
    """Return the number of the request whose sender the files come from; None for an officer."""
    event = recorded.event
    if isinstance(event, CaseOpened):
        return 1
    if isinstance(event, RequestAttached | NoteAdded | QuestionAnswered) and event.request:
        return event.request
    return int(recorded.by.code) if recorded.by.kind is ActorKind.REQUESTER else None


def _check_room(case: Case, request: int | None, files: Sequence[PreparedFile]) -> None:
    there = KeptFile.objects.filter(case=case).aggregate(
        number=Count("pk", filter=Q(request=request)), size=Sum("size", default=0)
    )
    if there["number"] + len(files) > MAX_OF_REQUESTER:
        raise Refusal(Code.TOO_MANY_FILES, limit=MAX_OF_REQUESTER)
    if there["size"] + sum(file.size for file in files) > MAX_OF_CASE:
        raise Refusal(Code.NO_ROOM_FOR_FILES, limit=MAX_OF_CASE // MEGABYTE)
