"""Looking codes up where a list is too long to offer: by part of a code or a name, without scripts.

Beside such a field stands a button. It sends the form back with the entries that fit, each of
them a button that puts its code into the field; whatever else was typed stays.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest

from dandang.interfaces.shared.words.names import Names
from dandang.organization.directory import Directory

LONG_TABLES = frozenset({"areas", "units", "posts", "officers"})
"""Tables whose lists can be too long to offer."""
MOST = 20
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Fitting:
    """The entries that fit what was typed in a field: code and words, at most `MOST`."""

    field: str
    entries: tuple[tuple[str, str], ...]
    are_more: bool


class LookingUp(forms.Form):
    """A form some of whose fields take codes of long lists: `long_lists` says of which tables."""

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 Django's
        super().__init__(*given, **named)
        self.long_lists: dict[str, str] = {}
        self.fitting: Fitting | None = None

    def look_up(self, request: HttpRequest, directory: Directory, names: Names) -> bool:
        """Do what a button beside a field asks for; say whether one was pressed."""
        field, _, code = request.POST.get("take", "").partition("=")
        if field in self.long_lists:
            self.data = typed = request.POST.copy()
            typed[field] = code
            return True
        field = request.POST.get("look-up", "")
        if field not in self.long_lists:
            return False
        part = request.POST.get(field, "")[:_LONGEST]
        found = _fitting(self.long_lists[field], part, directory, names)
        entries = tuple(one for one, _number in zip(found, range(MOST + 1), strict=False))
        self.fitting = Fitting(field, entries[:MOST], len(entries) > MOST)
        return True


def _fitting(
    table: str, typed: str, directory: Directory, names: Names
) -> Iterator[tuple[str, str]]:
    """Yield code and words of the entries in force that have all of the words, by code."""
    wanted = typed.casefold().split()
    known: Mapping[str, Any] = getattr(directory, table)
    for code in sorted(known):
        entry = known[code]
        searched = [code, entry.name_zh, entry.name_en]
        if table == "posts":
            unit = directory.units[entry.unit]
            searched += [unit.code, unit.name_zh, unit.name_en]
        line = " ".join(searched).casefold()
        if entry.ended is None and all(word in line for word in wanted):
            yield code, f"{_words(table, code, names)} ({code})"


def _words(table: str, code: str, names: Names) -> str:
    makers = {"units": names.unit, "posts": names.post_with_unit, "officers": names.officer}
    return makers.get(table, names.area)(code)
