"""What can be chosen in a column of the register; long lists are typed instead."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from dandang.interfaces.desk.overviews.reach import unit_choices
from dandang.interfaces.desk.setup.words import DUTY_TYPES, POST_KINDS
from dandang.interfaces.shared.words.names import Names, name
from dandang.interfaces.shared.words.verbs import verb_name
from dandang.organization.directory import Directory
from dandang.organization.entries import TemplateVerb
from dandang.organization.files.schema import BODY, CATEGORIES, TABLES
from dandang.organization.files.writing import BODY_TABLE
from dandang.organization.queries import current_policy

Choices = list[tuple[str, str]]

MOST = 250
"""Longer lists are not offered: their code is typed, as the list of the table shows it."""


class _Named(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def name_zh(self) -> str: ...
    @property
    def name_en(self) -> str: ...
    @property
    def ended(self) -> object: ...


def choices_of(table: str, column: str, directory: Directory, names: Names) -> Choices | None:
    """Return what a cell of this column can be, None where it has to be typed."""
    if column == "kinds":
        return [(kind, str(words)) for kind, words in POST_KINDS.items()]
    if column == "type":
        return [(kind, str(words)) for kind, words in DUTY_TYPES.items()]
    if column == "verb":
        return [(verb.value, verb_name(verb.value)) for verb in TemplateVerb]
    columns = BODY if table == BODY_TABLE else TABLES[table]
    refers = next(one.refers for one in columns if one.name == column)
    if refers == CATEGORIES:
        return _categories()
    return _entries(refers, directory, names)


def _entries(refers: str | None, directory: Directory, names: Names) -> Choices | None:
    if refers is None:
        return None
    known: Mapping[str, _Named] = getattr(directory, refers)
    present = [entry for entry in known.values() if entry.ended is None]
    if len(present) > MOST:
        return None
    if refers == "units":
        return unit_choices(tuple(entry.code for entry in present), directory)
    if refers == "posts":
        return [(entry.code, names.post_with_unit(entry.code)) for entry in present]
    return _plain(present, with_code=refers == "officers")


def _plain(entries: Iterable[_Named], *, with_code: bool) -> Choices:
    return [
        (entry.code, f"{name(entry)} ({entry.code})" if with_code else name(entry))
        for entry in entries
    ]


def _categories() -> Choices:
    policy = current_policy()
    found = []
    for code, category in policy.categories.items():
        depth = len(policy.category_path(code)) - 1
        found.append((code, "\u3000" * depth + name(category)))
    return found
