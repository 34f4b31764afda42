"""Single changes of the register, worked out and checked as a whole before anything is written.

An edit is checked by the rules of the files: what could not be loaded cannot be typed in either.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dandang.organization.directory import Directory
from dandang.organization.entries import Organization, Roster
from dandang.organization.events import What
from dandang.organization.files.consistency import disagreements
from dandang.organization.files.rows import Row
from dandang.organization.files.schema import TABLES, Kind
from dandang.organization.files.values import Parsed, parse
from dandang.organization.files.writing import (
    BODY_TABLE,
    cells_of,
    code_of,
    columns_of,
    entries_of,
)
from dandang.organization.reading import build, unsupervised
from dandang.terms import Code, InputError, Problem, Refusal

Cells = Mapping[str, object]

_TOLD = frozenset(
    {
        *(Kind.CODE, Kind.DAY, Kind.INSTANT, Kind.POST_KINDS, Kind.DUTY_TYPE, Kind.CALENDAR),
        Kind.TEMPLATE_VERB,
    }
)
"""Kinds of values that can stand in the ledger: none of them says who or how to reach somebody."""

_NEW = ""
"""The source of a problem with what is being typed; others are named `table/code`."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One entry as it shall be.

    `code` is that of `writing.code_of`, None for a new entry. `cells` is what was typed by column,
    None where the entry ends. `was` holds the cells its writer saw, None where that is no matter.
    """

    table: str
    code: str | None = None
    cells: Cells | None = None
    was: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What an edit did to one entry: the names of the fields, and values that are not personal."""

    table: str
    code: str
    what: What
    fields: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


def edited(
    organization: Organization, edits: Sequence[Edit], categories: Collection[str] | None
) -> Organization:
    """Return the register after the edits. `categories` are those of the policy, None for any.

    Raises InputError with every problem that the edits bring; what was wrong before stays that
    way. Refuses `not_found` where an entry is gone, `changed_meanwhile` where it is not what its
    writer saw.
    """
    tables = _Tables(organization)
    problems = [one for number, edit in enumerate(edits) for one in tables.apply(number, edit)]
    if not problems:
        problems = list(tables.problems(categories))
        if problems:
            known = set(map(_mark, _Tables(organization).problems(categories)))
            problems = [problem for problem in problems if _mark(problem) not in known]
    if problems:
        raise InputError(problems)
    return _built(tables, organization)


def changes_between(before: Organization, after: Organization, now: datetime) -> list[Change]:
    """Return what differs, in the order of tables and codes."""
    zone = ZoneInfo(after.body.time_zone)
    today = now.astimezone(zone).date()
    found: list[Change] = []
    for table in (BODY_TABLE, *TABLES):
        if entries_of(before, table) != entries_of(after, table):
            found.extend(_changes_of(table, before, after, zone, (today, now)))
    return found


def _built(tables: "_Tables", before: Organization) -> Organization:
    organization = build(tables.body, tables.rows)
    new = list(unsupervised(Directory(organization), tables.rows["units"]))
    if new:
        known = set(map(_mark, unsupervised(Directory(before), _Tables(before).rows["units"])))
        new = [problem for problem in new if _mark(problem) not in known]
    if new:
        raise InputError(new)
    return organization


def _mark(problem: Problem) -> tuple[object, ...]:
    return (problem.code, problem.source, *sorted(problem.params.items()))


class _Tables:
    """The register as rows, as if its files had just been read."""

    def __init__(self, organization: Organization) -> None:
        self.zone = ZoneInfo(organization.body.time_zone)
        self._entries = {
            table: {code_of(table, entry): entry for entry in entries_of(organization, table)}
            for table in (BODY_TABLE, *TABLES)
        }
        self._rows = {
            table: {code: _as_row(table, code, entry) for code, entry in entries.items()}
            for table, entries in self._entries.items()
        }

    @property
    def body(self) -> Parsed:
        """The row of the body."""
        return next(iter(self._rows[BODY_TABLE].values()))

    @property
    def rows(self) -> dict[str, list[Parsed]]:
        """The rows of every table but the body's."""
        return {table: list(self._rows[table].values()) for table in TABLES}

    def problems(self, categories: Collection[str] | None) -> Iterator[Problem]:
        """Yield everything that does not fit together."""
        return disagreements(self.body, self.rows, categories)

    def apply(self, number: int, edit: Edit) -> list[Problem]:
        """Put one edit in; return what is wrong with its cells."""
        rows = self._rows[edit.table]
        if edit.code is not None:
            self._check_seen(edit)
        if edit.cells is None:
            rows.pop(edit.code or "")
            return []
        typed = Row(edit.table, _NEW, 0, _filled(edit.cells))
        row, problems = parse(typed, columns_of(edit.table), self.zone)
        rows[edit.code or f"{number} new"] = row
        return problems

    def _check_seen(self, edit: Edit) -> None:
        entry = self._entries[edit.table].get(edit.code or "")
        if entry is None:
            raise Refusal(Code.NOT_FOUND, table=edit.table)
        if edit.was is not None and dict(edit.was) != cells_of(edit.table, entry, self.zone):
            raise Refusal(Code.CHANGED_MEANWHILE, table=edit.table)


def _as_row(table: str, code: str, entry: object) -> Parsed:
    values = {
        column.name: _value(getattr(entry, column.name), is_needed=column.required)
        for column in columns_of(table)
    }
    return Parsed(Row(table, f"{table}/{code}", 0, {}), values)


def _value(value: object, *, is_needed: bool) -> object:
    return None if value == "" and not is_needed else value


def _filled(cells: Cells) -> dict[str, object]:
    """Leave out what is empty, as the files do."""
    return {
        name: cell
        for name, cell in cells.items()
        if cell is not None and not (isinstance(cell, str) and not cell.strip())
    }


def _changes_of(
    table: str,
    before: Organization,
    after: Organization,
    zone: ZoneInfo,
    when: tuple[date, datetime],
) -> Iterable[Change]:
    old = {code_of(table, entry): entry for entry in entries_of(before, table)}
    new = {code_of(table, entry): entry for entry in entries_of(after, table)}
    for code in sorted(old.keys() | new.keys()):
        if old.get(code) == new.get(code):
            continue
        was = cells_of(table, old[code], zone) if code in old else {}
        now = cells_of(table, new[code], zone) if code in new else {}
        if code not in new:
            yield Change(table, code, _ended(old[code], when))
            continue
        what = What.CHANGED if code in old else What.ADDED
        fields = tuple(
            column.name
            for column in columns_of(table)
            if was.get(column.name) != now.get(column.name)
        )
        told = {column.name for column in columns_of(table) if column.kind in _TOLD}
        values = tuple(f"{name}={now.get(name, '')}" for name in fields if name in told)
        yield Change(table, code, what, fields, values)


def _ended(entry: object, when: tuple[date, datetime]) -> What:
    today, now = when
    if isinstance(entry, Roster):
        return What.ENDED if entry.starts_at <= now else What.TAKEN_BACK
    starts: date | None = getattr(entry, "starts", None)
    begins_later = starts is not None and starts > today
    return What.TAKEN_BACK if begins_later else What.ENDED
