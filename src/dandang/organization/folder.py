"""Reads the files of an organisation folder from disk, for `reading`."""

from pathlib import Path

from dandang.organization.files.text import MAX_BYTES
from dandang.terms import InputError, Problem

_SUFFIXES = {".toml", ".csv"}
_READY = Path(__file__).parent / "ready"


def ready_folders() -> dict[str, Path]:
    """Return the folders of fictional organizations that come with the package, by name."""
    return {path.parent.name: path.parent for path in sorted(_READY.glob("*/organization.toml"))}


def load_folder(folder: Path) -> dict[str, bytes]:
    """Return the TOML and CSV files right in the folder, by name.

    Of a file beyond the limit only so much is read that `reading` can tell. Raises InputError:
    `folder_unreadable`, `file_unreadable`.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix in _SUFFIXES)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(
            [Problem("folder_unreadable", str(folder), 0, {"reason": reason})]
        ) from None
    files: dict[str, bytes] = {}
    problems = []
    for path in paths:
        try:
            with path.open("rb") as file:
                files[path.name] = file.read(MAX_BYTES + 1)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            problems.append(Problem("file_unreadable", path.name, 0, {"reason": reason}))
    if problems:
        raise InputError(problems)
    return files
