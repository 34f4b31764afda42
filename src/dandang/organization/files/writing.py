"""Writes entries as the cells and files that `reading` reads: the register as a folder.

What is written does not depend on how the register came about: tables stand in the order of
`schema`, entries in that of their codes, and no cell is left to chance.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from dandang.organization.entries import Body, Organization
from dandang.organization.files.rows import MAIN_FILE
from dandang.organization.files.schema import ANY, BODY, TABLES, Column

BODY_TABLE = "body"
"""The table of the body itself; it holds one entry."""

KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        BODY_TABLE: ("code",),
        "areas": ("code",),
        "units": ("code",),
        "posts": ("code",),
        "officers": ("code",),
        "appointments": ("officer", "post", "starts"),
        "rosters": ("officer", "post", "starts_at"),
        "substitutes": ("officer", "post", "absent", "starts"),
        "duties": ("category", "area", "unit", "post", "starts"),
        "reply_templates": ("code",),
    }
)
"""The columns that tell the entries of a table apart."""

_NOTHING = "-"


def columns_of(table: str) -> Sequence[Column]:
    """Return the columns of a table, that of the body included."""
    return BODY if table == BODY_TABLE else TABLES[table]


def entries_of(organization: Organization, table: str) -> tuple[Any, ...]:
    """Return the entries of a table, in the order they were given."""
    if table == BODY_TABLE:
        return (organization.body,)
    found: tuple[Any, ...] = getattr(organization, table)
    return found


def cells_of(table: str, entry: object, zone: ZoneInfo) -> dict[str, str]:
    """Return the cells of an entry as text, by column; empty ones are left out.

    Instants stand there by the clocks of `zone`, with their offset.
    """
    cells = {
        column.name: _cell(column, getattr(entry, column.name), zone)
        for column in columns_of(table)
    }
    return {name: cell for name, cell in cells.items() if cell}


def code_of(table: str, entry: object) -> str:
    """Return what tells an entry apart in its table: its code, or those of what it joins.

    Never holds a name of a person; officers stand in it with their staff code.
    """
    values = (getattr(entry, name) for name in KEYS[table])
    return " ".join(_plain(value) or _NOTHING for value in values)


def write_organization(organization: Organization) -> dict[str, bytes]:
    """Return the files, by name, that say what is in the register today; what ended is left out.

    Reading them gives the same entries, and writing those gives the same bytes.
    """
    zone = ZoneInfo(organization.body.time_zone)
    files = {MAIN_FILE: _main_file(organization.body, zone).encode()}
    for table in TABLES:
        entries = [
            entry
            for entry in entries_of(organization, table)
            if getattr(entry, "ended", None) is None
        ]
        entries.sort(key=lambda entry: code_of(table, entry))
        files[f"{table}.csv"] = _csv(table, entries, zone).encode()
    return files


def _main_file(body: Body, zone: ZoneInfo) -> str:
    cells = cells_of(BODY_TABLE, body, zone)
    # Of what JSON writes within quotation marks TOML reads everything alike.
    lines = (f"{name} = {json.dumps(cell, ensure_ascii=False)}" for name, cell in cells.items())
    return "\n".join((f"[{BODY_TABLE}]", *lines, ""))


def _csv(table: str, entries: Iterable[object], zone: ZoneInfo) -> str:
    names = [column.name for column in columns_of(table)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    for entry in entries:
        cells = cells_of(table, entry, zone)
        writer.writerow([cells.get(name, "") for name in names])
    return text.getvalue()


def _cell(column: Column, value: object, zone: ZoneInfo) -> str:
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat(sep=" ")
    if value == "" and column.required and column.refers is not None:
        return ANY
    return _plain(value)


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return " ".join(sorted(str(one) for one in value))
    return value.value if isinstance(value, StrEnum) else str(value)
