"""What the demonstration remembers of its city, in a file beside the database.

The file is written last: without it, or with one of another version, the city is built anew.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from dandang import __version__
from dandang.database import state_directory


@dataclass(frozen=True, slots=True)
class City:
    """The city in the database, and a request to try: its reference and its access code.

    `cases` is how many were asked for, `requests` how many came in. Access codes are stored
    nowhere else; this one opens a request of a fictional person.
    """

    version: str
    language: str
    seed: int
    cases: int
    requests: int
    events: int
    reference: str
    access_code: str


def remembered(database: str) -> City | None:
    """Return the city in this database, or None when it was never finished."""
    try:
        city = City(**json.loads(_path(database).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return city if city.version == __version__ else None


def remember(database: str, city: City) -> None:
    """Keep the city in mind."""
    _path(database).write_text(json.dumps(asdict(city), indent=2) + "\n", encoding="utf-8")


def plantings_of(database: str) -> Path:
    """Return where the record of what was planted in the city lies."""
    return state_directory() / f"{database}.plantings.json"


def forget(database: str) -> None:
    """Let the city be built anew."""
    _path(database).unlink(missing_ok=True)


def _path(database: str) -> Path:
    return state_directory() / f"{database}.city.json"
