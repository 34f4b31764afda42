"""Photos and documents of a draft: checked and cleaned already, deleted with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Sum

from dandang.lifecycle.casework.files.prepared import MAX_FILES, MediaType, PreparedFile
from dandang.lifecycle.intake.models import DraftFileRow, DraftRow
from dandang.terms import Code, Refusal


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A file of a draft without its bytes. `number` names it within the draft."""

    number: int
    name: str
    size: int


def files_of(key: str) -> list[PreparedFile]:
    """Return the files of a draft with their bytes, in the order in which they came."""
    rows = DraftFileRow.objects.filter(draft__key=key).order_by("pk")
    return [
        PreparedFile(
            name=row.name,
            media_type=MediaType(row.media_type),
            content=bytes(row.content),
            width=row.width,
            height=row.height,
            had_location=row.had_location,
        )
        for row in rows
    ]


def list_files(key: str) -> list[DraftFile]:
    """Return what the files of a draft are called and how large they are, without their bytes."""
    rows = DraftFileRow.objects.filter(draft__key=key).order_by("pk")
    return [DraftFile(*row) for row in rows.values_list("pk", "name", "size")]


def size_of_all() -> int:
    """Return how many bytes the files of all drafts have together."""
    size: int = DraftFileRow.objects.aggregate(size=Sum("size", default=0))["size"]
    return size


def add_files(key: str, files: Sequence[PreparedFile]) -> None:
    """Keep files with a draft that is there; one that is there already is not kept twice.

    Refuses `too_many_files`, and `changed_meanwhile` where the draft was sent or given up at this
    moment; keeps none of them then.
    """
    with transaction.atomic():
        draft = DraftRow.objects.select_for_update().filter(key=key).first()
        if draft is None:
            raise Refusal(Code.CHANGED_MEANWHILE)
        there = set(draft.files.values_list("sha256", flat=True))
        new = {file.sha256: file for file in files if file.sha256 not in there}
        if len(there) + len(new) > MAX_FILES:
            raise Refusal(Code.TOO_MANY_FILES, limit=MAX_FILES)
        DraftFileRow.objects.bulk_create(
            [
                DraftFileRow(
                    draft=draft,
                    name=file.name,
                    media_type=file.media_type.value,
                    content=file.content,
                    sha256=sha256,
                    size=file.size,
                    width=file.width,
                    height=file.height,
                    had_location=file.had_location,
                )
                for sha256, file in new.items()
            ]
        )


def remove_file(key: str, number: int) -> None:
    """Delete one file of a draft; nothing happens where it is not there."""
    DraftFileRow.objects.filter(draft__key=key, pk=number).delete()
