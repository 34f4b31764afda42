"""Turns the text of a map file into an import map, or into the list of all its problems."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dandang.lifecycle.intake.importing.import_map import Columns, ImportMap, key_of
from dandang.policy.report import Report
from dandang.policy.table import Table
from dandang.terms.toml import read_toml
from dandang.terms.toml_positions import Lines

ISO = "iso"
_DELIMITER = re.compile(r'[^"\r\n]')
_SINGLE = ("category", "area", "state", "ended_at", "name", "phone", "email")
_PROBE = datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC)


def parse_map(text: str, source: str) -> ImportMap:
    """Return the map. `source` names the file in problems.

    Raises InputError with every problem found; `docs/how-to/import-requests.md` explains the file.
    """
    content, lines = read_toml(text, source)
    report = Report(source, lines)
    top = Table(content, (), report)
    defaults = top.table_or_empty("defaults")
    plan = ImportMap(
        name=top.code("name"),
        source=top.code("source"),
        encoding=_encoding(top),
        delimiter=_delimiter(top, content.get("delimiter", ",")),
        time_zone=_time_zone(top),
        time_formats=_time_formats(top),
        columns=_columns(top.table("columns")),
        categories=_meanings(top, "categories"),
        areas=_meanings(top, "areas"),
        ended_states=frozenset(map(key_of, _texts(top, "ended_states"))),
        default_category=_text(defaults, "category") or "",
        default_area=_text(defaults, "area") or "",
        file=source,
        lines=_lines(content, lines),
    )
    _check_pairs(plan, top)
    report.check()
    return plan


def _columns(table: Table) -> Columns:
    return Columns(
        source_id=table.text("source_id"),
        sent_at=table.text("sent_at"),
        text=_texts(table, "text"),
        title=_texts(table, "title"),
        location=_texts(table, "location"),
        **{name: _text(table, name) for name in _SINGLE},
    )


def _text(table: Table, key: str) -> str | None:
    return table.text(key) if table.has(key) else None


def _texts(table: Table, key: str) -> tuple[str, ...]:
    return table.texts(key) if table.has(key) else ()


def _encoding(top: Table) -> str:
    name = _text(top, "encoding") or "utf-8-sig"
    try:
        "".encode(name)
    except LookupError:
        top.report.add("unknown_encoding", ("encoding",), key="encoding", value=name)
        return "utf-8-sig"
    return name


def _delimiter(top: Table, value: object) -> str:
    # Not read by `Table.text`, which trims: a tab is a delimiter.
    if top.has("delimiter") and not (isinstance(value, str) and _DELIMITER.fullmatch(value)):
        top.report.add("bad_delimiter", ("delimiter",), key="delimiter")
    return str(value)


def _time_zone(top: Table) -> str:
    name = top.text("time_zone")
    try:
        ZoneInfo(name or "UTC")
    except (LookupError, ValueError, OSError):
        top.report.add("bad_time_zone", ("time_zone",), key="time_zone", value=name)
    return name


def _time_formats(top: Table) -> tuple[str, ...]:
    formats = _texts(top, "time_formats") or (ISO,)
    for index, pattern in enumerate(formats):
        if pattern != ISO and not _is_pattern(pattern):
            path = ("time_formats", index)
            top.report.add("bad_time_format", path, key="time_formats", value=pattern)
    return formats


def _is_pattern(pattern: str) -> bool:
    """Say whether the pattern reads what it writes and at least knows the day."""
    try:
        read = datetime.strptime(_PROBE.strftime(pattern), pattern)  # noqa: DTZ007 only its day
    except ValueError:
        return False
    return read.date() == _PROBE.date()


def _meanings(top: Table, key: str) -> dict[str, str]:
    """Read a list of rows: `code` (left out: none), and the `values` of the file that mean it."""
    meanings: dict[str, str] = {}
    for row in top.rows(key) if top.has(key) else ():
        code = _text(row, "code") or ""
        for value in row.texts("values"):
            if meanings.setdefault(key_of(value), code) != code:
                top.report.add("duplicate_value", (*row.path, "values"), key=key, value=value[:60])
    return meanings


def _check_pairs(plan: ImportMap, top: Table) -> None:
    """Report settings that cannot take effect because their other half is missing."""
    columns = plan.columns
    if not columns.text and not columns.title:
        top.report.add("missing_key", ("columns",), key="columns.text")
    for key, given, column in (
        ("categories", plan.categories, "category"),
        ("areas", plan.areas, "area"),
        ("ended_states", plan.ended_states, "state"),
    ):
        if given and getattr(columns, column) is None:
            top.report.add("column_not_named", (key,), key=key, column=f"columns.{column}")


def _lines(content: Mapping[str, object], lines: Lines) -> dict[tuple[str, str], int]:
    """Return where each column and each code stands, for problems found later."""
    found: dict[tuple[str, str], int] = {}
    columns = content.get("columns")
    for key, value in columns.items() if isinstance(columns, dict) else ():
        for index, name in enumerate(value if isinstance(value, list) else [value]):
            path = ("columns", key, index) if isinstance(value, list) else ("columns", key)
            found.setdefault(("column", str(name)), lines.of(path))
    for what, key in (("category", "categories"), ("area", "areas")):
        rows = content.get(key)
        for index, row in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(row, dict) and "code" in row:
                found.setdefault((what, str(row["code"])), lines.of((key, index, "code")))
        defaults = content.get("defaults")
        if isinstance(defaults, dict) and what in defaults:
            found.setdefault((what, str(defaults[what])), lines.of(("defaults", what)))
    return found
