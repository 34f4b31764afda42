"""What set-up shows of each table: columns of its list, filters, and what its cells say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dandang.interfaces.desk.setup.words import COLUMNS, DUTY_TYPES, POST_KINDS
from dandang.interfaces.shared.words.cases import word
from dandang.interfaces.shared.words.names import Names, name
from dandang.interfaces.shared.words.times import stamp
from dandang.interfaces.shared.words.verbs import verb_name
from dandang.organization.files.schema import TABLES
from dandang.organization.lists import ListedEntry
from dandang.terms import Code, Refusal

NAME = "name"
"""The column that stands for both names of a coded entry, in the language of the moment."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a list: its columns (the first links to the entry) and what narrows it."""

    name: str
    columns: tuple[str, ...]
    filters: tuple[str, ...] = ()

    @property
    def is_tree(self) -> bool:
        """Whether its entries are below one another."""
        return "parent" in self.columns


SHOWN: Mapping[str, Table] = MappingProxyType(
    {
        one.name: one
        for one in (
            Table("units", (NAME, "code", "parent", "area", "supervised_by"), ("area",)),
            Table("posts", (NAME, "code", "unit", "kinds", "phone"), ("unit", "kinds")),
            Table("officers", (NAME, "code")),
            Table("appointments", ("officer", "post", "starts", "ends"), ("post", "officer")),
            Table("substitutes", ("officer", "post", "absent", "starts", "ends"), ("post",)),
            Table("rosters", ("officer", "post", "starts_at", "ends_at"), ("post", "officer")),
            Table(
                "duties",
                ("category", "area", "unit", "post", "type", "basis", "starts", "ends"),
                ("category", "area", "unit", "type"),
            ),
            Table("areas", (NAME, "code", "parent")),
            Table(
                "reply_templates",
                (NAME, "code", "verb", "category", "unit"),
                ("verb", "category", "unit"),
            ),
        )
    }
)
"""The tables in the order in which they are offered."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a list: the label of its column, and its words."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a list. The first cell is its name, which leads to `href`."""

    href: str
    cells: tuple[Cell, ...]
    ended: date | None
    is_coming: bool = False

    @property
    def first(self) -> Cell:
        """What the entry is called here."""
        return self.cells[0]

    @property
    def rest(self) -> tuple[Cell, ...]:
        """The other cells."""
        return self.cells[1:]


def table_of(name: str) -> Table:
    """Return the table. Refuses `not_found`."""
    if name not in SHOWN:
        raise Refusal(Code.NOT_FOUND, table=name)
    return SHOWN[name]


def line_of(table: Table, listed: ListedEntry, names: Names, *, is_coming: bool) -> Line:
    """Return an entry in words."""
    return Line(
        href=reverse("setup:entry", args=[table.name, listed.key]),
        cells=tuple(
            Cell(str(COLUMNS[column]), cell_words(table.name, column, listed.entry, names))
            for column in table.columns
        ),
        ended=listed.ended,
        is_coming=is_coming,
    )


def title_of(table: str, entry: Any, names: Names) -> str:  # noqa: ANN401 an entry of any table
    """Return what an entry is called, in words."""
    if table not in SHOWN:
        return cell_words(table, NAME, entry, names)
    if NAME in SHOWN[table].columns:
        return f"{cell_words(table, NAME, entry, names)} ({entry.code})"
    columns = [one for one in SHOWN[table].columns if one != "basis"]
    found = (cell_words(table, column, entry, names) for column in columns)
    return " · ".join(words for words in found if words)


def cell_words(table: str, column: str, entry: Any, names: Names) -> str:  # noqa: ANN401 as above
    """Return the words of one cell, "" where it is empty."""
    if column == NAME:
        return name(entry)
    value = getattr(entry, column)
    if table == "duties" and column in {"category", "area"} and not value:
        return _("every category") if column == "category" else _("the whole body")
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    return _code_words(table, column, value, names) if value else ""


def _code_words(table: str, column: str, value: Any, names: Names) -> str:  # noqa: ANN401 as above
    if column == "kinds":
        return "; ".join(word(POST_KINDS, kind) for kind in POST_KINDS if kind in value)
    if column == "type":
        return word(DUTY_TYPES, value)
    if column == "verb":
        return verb_name(value)
    if column == "category":
        return names.category(value)
    refers = next((one.refers for one in TABLES.get(table, ()) if one.name == column), None)
    makers = {
        "units": names.unit,
        "posts": names.post_with_unit,
        "officers": names.officer,
        "areas": names.area,
    }
    return makers[refers](value) if refers in makers else str(value)
