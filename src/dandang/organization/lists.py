"""Lists of the register, page by page out of the database; read only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from dandang.organization.entries import Roster
from dandang.organization.files.schema import TABLES
from dandang.organization.files.writing import code_of
from dandang.organization.models import (
    AppointmentRow,
    AreaRow,
    DutyRow,
    OfficerRow,
    PostRow,
    ReplyTemplateRow,
    RosterRow,
    SubstituteRow,
    UnitRow,
)
from dandang.organization.models.kept import Kept
from dandang.terms import Code, Refusal

PAGE = 50
CODED = ("areas", "units", "posts", "officers", "reply_templates")
"""The tables whose entries have codes; the entries of the others have numbers in addresses."""

_MODELS: Mapping[str, type[Kept]] = {
    "areas": AreaRow,
    "units": UnitRow,
    "posts": PostRow,
    "officers": OfficerRow,
    "appointments": AppointmentRow,
    "rosters": RosterRow,
    "substitutes": SubstituteRow,
    "duties": DutyRow,
    "reply_templates": ReplyTemplateRow,
}
_NAMED = ("code", "name_zh", "name_en")
_SEARCHED: Mapping[str, tuple[str, ...]] = {
    "areas": _NAMED,
    "units": _NAMED,
    "posts": (*_NAMED, "phone", *(f"unit__{name}" for name in _NAMED)),
    "officers": _NAMED,
    "appointments": (*(f"{to}__{name}" for to in ("officer", "post") for name in _NAMED),),
    "rosters": (*(f"{to}__{name}" for to in ("officer", "post") for name in _NAMED),),
    "substitutes": (*(f"{to}__{name}" for to in ("officer", "post", "absent") for name in _NAMED),),
    "duties": ("category", "basis", *(f"unit__{name}" for name in _NAMED)),
    "reply_templates": (*_NAMED, "category", "text_zh", "text_en"),
}
_MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class WantedEntries:
    """Which entries of a table to list.

    `text` is looked for in codes and names. `columns` holds values by column; a code that is ""
    asks for entries without one. `ended` asks for what is over (ended, or past its last day on
    the body's day `today`) instead of what is not.
    """

    table: str
    today: date
    now: datetime
    text: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    ended: bool = False


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """An entry with what its address ends in (`key`), and the day from which it is gone.

    `code` tells it apart among the entries of the register, as edits name it.
    """

    key: str
    code: str
    entry: Any
    ended: date | None

    def has_begun(self, today: date, now: datetime) -> bool:
        """Say whether it is in force, or was; on the body's day `today`."""
        if isinstance(self.entry, Roster):
            return self.entry.starts_at <= now
        starts: date | None = getattr(self.entry, "starts", None)
        return starts is None or starts <= today


def count_entries(wanted: WantedEntries) -> int:
    """Return how many entries are wanted. One query."""
    return _rows(wanted).count()


def list_entries(wanted: WantedEntries, *, after: str = "", limit: int = PAGE) -> list[ListedEntry]:
    """Return the entries that come after the key `after`, at most `limit`. One query.

    What has codes comes in their order; of the others the newest comes first.
    """
    rows = _rows(wanted)
    if wanted.table in CODED:
        rows = rows.filter(pk__gt=after) if after else rows
        rows = rows.order_by("pk")
    else:
        rows = rows.filter(pk__lt=_number(after)) if after else rows
        rows = rows.order_by("-pk")
    return [_listed(wanted.table, row) for row in rows[:limit]]


def every_entry(wanted: WantedEntries) -> Iterator[ListedEntry]:
    """Yield all entries that are wanted, in bounded batches."""
    after = ""
    while found := list_entries(wanted, after=after, limit=10 * PAGE):
        yield from found
        after = found[-1].key


def find_entry(table: str, key: str) -> ListedEntry:
    """Return the entry with this key, ended or not. Refuses `not_found`."""
    if table not in TABLES:
        raise Refusal(Code.NOT_FOUND, table=table)
    if "\0" in key:  # no text of the database holds it
        raise Refusal(Code.NOT_FOUND, table=table)
    wanted = {"code": key} if table in CODED else {"pk": _number(key)}
    row = _MODELS[table].objects.filter(**wanted).first()
    if row is None:
        raise Refusal(Code.NOT_FOUND, table=table)
    return _listed(table, row)


def _rows(wanted: WantedEntries) -> "QuerySet[Kept]":
    rows = _MODELS[wanted.table].objects.filter(_over(wanted) if wanted.ended else ~_over(wanted))
    if wanted.text:
        names = _SEARCHED[wanted.table]
        rows = rows.filter(
            reduce(or_, (Q(**{f"{name}__icontains": wanted.text}) for name in names))
        )
    for name, value in wanted.columns.items():
        rows = rows.filter(_condition(wanted.table, name, value))
    return rows


def _condition(table: str, name: str, value: str) -> Q:
    if name == "kinds":
        return Q(kinds__contains=[value])
    refers = next((one.refers for one in TABLES[table] if one.name == name), None)
    if refers not in TABLES:
        return Q(**{name: value})
    return Q(**{f"{name}_id": value}) if value else Q(**{f"{name}__isnull": True})


def _over(wanted: WantedEntries) -> Q:
    over = Q(ended__isnull=False)
    if wanted.table == "rosters":
        return over | Q(ends_at__lte=wanted.now)
    if wanted.table in CODED:
        return over
    return over | Q(ends__isnull=False, ends__lt=wanted.today)


def _listed(table: str, row: Kept) -> ListedEntry:
    entry: Any = row.entry()  # type: ignore[attr-defined]  # every row of the register has it
    return ListedEntry(str(row.pk), code_of(table, entry), entry, row.ended)


def _number(key: str) -> int:
    fits = key.isascii() and key.isdigit() and len(key) <= _MOST_DIGITS
    return int(key) if fits else 0
