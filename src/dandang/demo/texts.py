"""The words of the city in one language: matters, places, words of acts. Read from files."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from random import Random
from typing import Any

_WHERE = {"urban": ("urban",), "rural": ("rural",), "all": ("urban", "rural")}


@dataclass(frozen=True, slots=True)
class Matter:
    """Something people ask for. Texts have `{place}`; `done` says what was done about it."""

    category: str
    title: str
    text: str
    done: str
    where: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its name, and the area it lies in."""

    area: str
    name: str


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything that is said in the city. `places` are by kind: urban, rural.

    `own` are the matters of plantings by name: title, text, what was done.
    """

    language: str
    matters: Sequence[Matter]
    places: Mapping[str, Sequence[Place]]
    words: Mapping[str, Sequence[str]]
    people: Sequence[str]
    own: Mapping[str, tuple[str, str, str]]

    def word(self, name: str, rng: Random) -> str:
        """Return one of the ways to say this."""
        return rng.choice(self.words[name])

    def place(self, where: Sequence[str], rng: Random) -> Place:
        """Return a place of one of these kinds."""
        return rng.choice([place for kind in where for place in self.places[kind]])


@lru_cache(maxsize=2)
def texts(language: str) -> Texts:
    """Return the words in "zh" or "en"."""
    words = read("words.toml")
    return Texts(
        language=language,
        matters=tuple(_matters(language)),
        places={kind: tuple(_places(rows, language)) for kind, rows in read("places.toml").items()},
        words={name: tuple(word[language]) for name, word in words["words"].items()},
        people=tuple(words["people"][language]),
        own={name: tuple(row[language]) for name, row in read("plantings.toml").items()},
    )


def read(name: str) -> dict[str, Any]:
    """Return a TOML file of this package."""
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _matters(language: str) -> list[Matter]:
    found = []
    for file in sorted(_folder("matters"), key=lambda file: file.name):
        for row in tomllib.loads(file.read_text(encoding="utf-8"))["matters"]:
            title, text, done = row[language]
            where = _WHERE[row.get("where", "urban")]
            found.append(Matter(row["category"], title, text, done, where, row.get("weight", 1)))
    return found


def _places(rows: Mapping[str, Mapping[str, list[str]]], language: str) -> list[Place]:
    return [Place(area, name) for area, names in rows.items() for name in names[language]]


def _folder(name: str) -> list[Any]:
    folder = files(__package__).joinpath(name)
    return [file for file in folder.iterdir() if file.name.endswith(".toml")]
