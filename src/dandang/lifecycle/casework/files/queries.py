"""Asking for files: what there is, without the bytes; and the bytes of one. Read only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dandang.lifecycle.casework.files.prepared import MediaType
from dandang.lifecycle.casework.files.rows import KeptFile


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A kept file without its bytes. `size` counts bytes, `width` and `height` pixels."""

    id: str
    name: str
    media_type: MediaType
    size: int
    width: int | None
    height: int | None


@dataclass(frozen=True, slots=True)
class FileContent:
    """A kept file to be sent to somebody who may have it."""

    name: str
    media_type: MediaType
    content: bytes = field(repr=False)


def files_in(personal: Mapping[str, object]) -> tuple[ListedFile, ...]:
    """Return the files among the personal values of an event of `casework.queries.history`."""
    found = personal.get("files")
    return found if isinstance(found, tuple) else ()


def listed_files(event_ids: Iterable[int]) -> dict[int, tuple[ListedFile, ...]]:
    """Return the files that came with these events, in their order, by event. One query."""
    found: dict[int, tuple[ListedFile, ...]] = {}
    columns = ("event_id", "id", "name", "media_type", "size", "width", "height")
    rows = KeptFile.objects.filter(event_id__in=list(event_ids)).order_by("event_id", "place")
    for event_id, key, name, media_type, *sizes in rows.values_list(*columns):
        listed = ListedFile(str(key), name, MediaType(media_type), *sizes)
        found[event_id] = (*found.get(event_id, ()), listed)
    return found


def content_of(key: str) -> FileContent | None:
    """Return a file with its bytes; None where it was erased. Whoever asks was checked before."""
    row = KeptFile.objects.filter(pk=key).values_list("name", "media_type", "content").first()
    return None if row is None else FileContent(row[0], MediaType(row[1]), bytes(row[2]))
