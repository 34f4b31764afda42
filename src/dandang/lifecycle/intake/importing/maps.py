"""Loads import maps: a user's own file, or a ready one that comes with the package."""

from pathlib import Path

from dandang.lifecycle.intake.importing.import_map import ImportMap
from dandang.lifecycle.intake.importing.map_file import parse_map
from dandang.organization.folder import ready_folders
from dandang.terms import InputError, Problem
from dandang.terms.toml import MAX_CHARACTERS

_READY = Path(__file__).parent / "ready"
_LARGEST_FILE = 4 * MAX_CHARACTERS


def ready_maps() -> tuple[str, ...]:
    """Return the names of the maps that come with the package, sorted."""
    return tuple(sorted(path.parent.name for path in _READY.glob("*/map.toml")))


def ready_organization(name: str) -> Path:
    """Return the folder of a fictional organization: one that goes with a ready map, or another.

    Raises InputError: `unknown_ready` (with the names there are).
    """
    if name in ready_maps():
        return _READY / name / "organization"
    others = ready_folders()
    if name not in others:
        params = {"name": name, "ready": ", ".join(sorted((*ready_maps(), *others)))}
        raise InputError([Problem("unknown_ready", name, 0, params)])
    return others[name]


def load_map(name_or_file: str) -> ImportMap:
    """Return the ready map of this name, else read the file.

    Raises InputError: `unknown_map` (no such name or file), `file_unreadable`, `file_too_large`,
    `not_utf8`, or whatever is wrong in it.
    """
    if name_or_file in ready_maps():
        return _load(_READY / name_or_file / "map.toml", f"{name_or_file}/map.toml")
    path = Path(name_or_file)
    if not path.exists():
        params = {"name": name_or_file, "ready": ", ".join(ready_maps())}
        raise InputError([Problem("unknown_map", name_or_file, 0, params)])
    return _load(path, str(path))


def _load(path: Path, source: str) -> ImportMap:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_FILE + 1)
    except OSError:
        raise InputError([Problem("file_unreadable", source)]) from None
    if len(content) > _LARGEST_FILE:
        raise InputError([Problem("file_too_large", source, 0, {"limit": MAX_CHARACTERS})])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError([Problem("not_utf8", source, line)]) from None
    return parse_map(text.replace("\r\n", "\n"), source)
