"""Turns raw cells into values, and names what is wrong with each."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from enum import StrEnum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from dandang.organization.entries import PLACES, Calendar, DutyType, PostKind, TemplateVerb
from dandang.organization.files.rows import Row
from dandang.organization.files.schema import ANY, CATEGORIES, Column, Kind
from dandang.terms import Problem, Refusal, check_text

NAME_LENGTH = 200
TEXT_LENGTH = 1000
LINES_LENGTH = 5000
YEARS = range(1900, 2200)
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_QUOTED = 60
_HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Characters that nobody sees: a name of them alone is empty, with them it looks like another."""
_PLACE = re.compile(r"\{[^{}\n]*\}")
_MIDNIGHT_LENGTH = len("2026-10-01")

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A row with its values by column; None where a cell is empty or wrong.

    `clean`: none is wrong.
    """

    row: Row
    values: Mapping[str, Any]
    clean: bool = True

    def problem(self, code: str, key: str | None = None, **params: str | int) -> Problem:
        """Return a problem with this row, or with one of its cells."""
        return self.row.problem(code, key, **params)


class _BadCell(Exception):
    def __init__(self, code: str, **params: str | int) -> None:
        self.code = code
        self.params = params
        super().__init__(code)


def parse(row: Row, columns: Sequence[Column], zone: tzinfo) -> tuple[Parsed, list[Problem]]:
    """Return the row's values and everything wrong with its cells.

    `zone` is that of instants written without an offset. Problem codes: `missing_value`,
    `wrong_type`, `bad_code`, `bad_day`, `bad_instant`, `bad_country`, `bad_time_zone`,
    `unknown_word`, `unknown_place`, `text_too_long`, `text_unusable`.
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for column in columns:
        cell = row.cells.get(column.name)
        values[column.name] = None
        if cell is None:
            if column.required:
                problems.append(row.problem("missing_value", column.name))
            continue
        try:
            values[column.name] = _value(column, cell, zone)
        except _BadCell as bad:
            problems.append(row.problem(bad.code, column.name, **bad.params))
        except Refusal as refusal:
            details = {name: value for name, value in refusal.details.items() if name != "field"}
            problems.append(row.problem(refusal.code.value, column.name, **details))
    return Parsed(row, values, clean=not problems), problems


def zone_of(body: Row | None) -> tzinfo:
    """Return the time zone the body names, or UTC where it names none that exists."""
    name = body.cells.get("time_zone") if body else None
    try:
        return ZoneInfo(_time_zone(_text(name))) if name else UTC
    except _BadCell:
        return UTC


def _value(column: Column, cell: object, zone: tzinfo) -> object:
    if column.kind is Kind.DAY:
        return _day(cell)
    if column.kind is Kind.INSTANT:
        return _instant(cell, zone)
    if column.kind is Kind.POST_KINDS:
        return _post_kinds(cell)
    text = _text(cell)
    if text == ANY and column.refers in {CATEGORIES, "areas"}:
        return ""
    return _READERS[column.kind](text)


def _text(cell: object) -> str:
    if not isinstance(cell, str):
        raise _BadCell("wrong_type", expected="text")
    return cell.strip()


def _code(text: str) -> str:
    if not _CODE.fullmatch(text):
        raise _BadCell("bad_code", value=text[:_QUOTED])
    return text


def _name(text: str) -> str:
    if _HIDDEN.search(text):
        raise _BadCell("text_unusable")
    return check_text("", text, limit=NAME_LENGTH)


def _free(text: str) -> str:
    return check_text("", text, limit=TEXT_LENGTH)


def _lines(text: str) -> str:
    for found in _PLACE.findall(text):
        if found not in PLACES:
            allowed = ", ".join(PLACES)
            raise _BadCell("unknown_place", value=found[:_QUOTED], allowed=allowed)
    return check_text("", text.replace("\r\n", "\n"), limit=LINES_LENGTH)


def _word(text: str, words: type[E]) -> E:
    if text not in {word.value for word in words}:
        raise _BadCell("unknown_word", value=text[:_QUOTED], allowed=", ".join(words))
    return words(text)


def _duty_type(text: str) -> DutyType:
    return _word(text, DutyType)


def _template_verb(text: str) -> TemplateVerb:
    return _word(text, TemplateVerb)


def _calendar(text: str) -> Calendar:
    return _word(text, Calendar)


def _country(text: str) -> str:
    if not _COUNTRY.fullmatch(text):
        raise _BadCell("bad_country", value=text[:_QUOTED])
    return text


def _time_zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (LookupError, ValueError, OSError):
        raise _BadCell("bad_time_zone", value=text[:_QUOTED]) from None
    return text


def _post_kinds(cell: object) -> frozenset[PostKind]:
    words = cell.replace(";", " ").split() if isinstance(cell, str) else cell
    if not isinstance(words, list):
        raise _BadCell("wrong_type", expected="list")
    return frozenset(_word(_text(word), PostKind) for word in words)


def _day(cell: object) -> date:
    if isinstance(cell, str):
        try:
            day = date.fromisoformat(cell.strip())
        except ValueError:
            raise _BadCell("bad_day", value=cell[:_QUOTED]) from None
    elif isinstance(cell, date) and not isinstance(cell, datetime):
        day = cell
    else:
        raise _BadCell("wrong_type", expected="day")
    if day.year not in YEARS:
        raise _BadCell("bad_day", value=day.isoformat())
    return day


def _instant(cell: object, zone: tzinfo) -> datetime:
    if isinstance(cell, str):
        text = cell.strip()
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            raise _BadCell("bad_instant", value=cell[:_QUOTED]) from None
        if len(text) <= _MIDNIGHT_LENGTH:
            raise _BadCell("bad_instant", value=text)
    elif isinstance(cell, datetime):
        at = cell
    else:
        raise _BadCell("wrong_type", expected="instant")
    if at.year not in YEARS:
        raise _BadCell("bad_instant", value=at.isoformat())
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


_READERS: Mapping[Kind, Callable[[str], object]] = {
    Kind.CODE: _code,
    Kind.NAME: _name,
    Kind.TEXT: _free,
    Kind.LINES: _lines,
    Kind.DUTY_TYPE: _duty_type,
    Kind.TEMPLATE_VERB: _template_verb,
    Kind.CALENDAR: _calendar,
    Kind.COUNTRY: _country,
    Kind.TIME_ZONE: _time_zone,
}
