"""Brings the rows of a table in line with entries, and counts what it does."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Model

from dandang.organization.directory import (
    Appointment,
    Area,
    Body,
    Duty,
    Officer,
    Post,
    Roster,
    Substitute,
    Unit,
)
from dandang.organization.entries import ReplyTemplate
from dandang.organization.models import BodyRow, RosterRow
from dandang.organization.models.kept import Kept

Entry = (
    Body | Area | Unit | Post | Officer | Appointment | Roster | Substitute | Duty | ReplyTemplate
)
Key = tuple[object, ...]
_BATCH = 1000
_REFERENCES = frozenset(
    {"absent", "area", "fallback_post", "officer", "parent", "post", "supervised_by", "unit"}
)


@dataclass(slots=True)
class Counts:
    """How many entries were added, changed, left as they were, and ended."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int = 0

    @property
    def touched(self) -> bool:
        """Say whether anything was written."""
        return bool(self.added or self.changed or self.ended)


class Upsert:
    """One loading, at `now`, which is the body's day `today`."""

    def __init__(self, now: datetime, today: date) -> None:
        self.counts = Counts()
        self._now = now
        self._today = today

    def body(self, row: BodyRow, entry: Body) -> None:
        """Bring the body's row, new or not, in line."""
        is_new = not row.code
        differs = _assign(row, _values(entry))
        if differs:
            row.save(force_insert=is_new)
        self.counts.added += is_new
        self.counts.changed += differs and not is_new
        self.counts.unchanged += not differs

    def coded(self, model: type[Kept], entries: Iterable[Entry]) -> None:
        """Bring a table of things with codes in line. What had ended and is back goes on."""
        rows: dict[Key, Kept] = {(row.pk,): row for row in model.objects.all()}
        gone = self._merge(model, rows, entries, ("code",))
        self._end(model, [row for row in gone if row.ended is None])

    def related(self, model: type[Kept], entries: Iterable[Entry], key: Sequence[str]) -> None:
        """Bring a table of things without codes in line; `key` tells them apart.

        What is gone before it began is removed: nothing can refer to it.
        """
        present = model.objects.filter(ended=None)
        rows = {tuple(getattr(row, name) for name in key): row for row in present}
        gone = self._merge(model, rows, entries, key)
        future = [row.pk for row in gone if not self._has_begun(row)]
        model.objects.filter(pk__in=future).delete()
        self.counts.ended += len(future)
        self._end(model, [row for row in gone if self._has_begun(row)])

    def _merge(
        self,
        model: type[Kept],
        rows: dict[Key, Kept],
        entries: Iterable[Entry],
        key: Sequence[str],
    ) -> list[Kept]:
        """Write what is new and what differs; return the rows that no entry speaks of."""
        added, changed = [], []
        values: dict[str, object] = {}
        for entry in entries:
            values = {**_values(entry), "ended": None}
            row = rows.pop(tuple(values[name] for name in key), None)
            if row is None:
                added.append(model(**values))
            elif _assign(row, values):
                changed.append(row)
            else:
                self.counts.unchanged += 1
        model.objects.bulk_create(added, batch_size=_BATCH)
        if changed:
            model.objects.bulk_update(changed, values.keys() - {"code"}, batch_size=_BATCH)
        self.counts.added += len(added)
        self.counts.changed += len(changed)
        return list(rows.values())

    def _has_begun(self, row: Kept) -> bool:
        if isinstance(row, RosterRow):
            return row.starts_at <= self._now
        starts: date | None = getattr(row, "starts", None)
        return starts is None or starts <= self._today

    def _end(self, model: type[Kept], rows: Sequence[Kept]) -> None:
        columns = ["ended"]
        for row in rows:
            row.ended = self._today
            if isinstance(row, RosterRow):
                row.ends_at = min(row.ends_at, self._now)
                columns = ["ended", "ends_at"]
        model.objects.bulk_update(rows, columns, batch_size=_BATCH)
        self.counts.ended += len(rows)


def _values(entry: Entry) -> dict[str, object]:
    """Return the entry as column values by attribute name."""
    values: dict[str, object] = {}
    for field in fields(entry):
        value = getattr(entry, field.name)
        if field.name in _REFERENCES:
            values[f"{field.name}_id"] = value or None
        elif field.name != "ended":
            values[field.name] = _stored(value)
    return values


def _stored(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(str(item) for item in value)
    return value.value if isinstance(value, StrEnum) else value


def _assign(row: Model, values: Mapping[str, object]) -> bool:
    """Set the values; say whether any differed."""
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)
