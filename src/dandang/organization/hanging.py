"""What hangs on an entry of the register: whatever names it, and would end with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dandang.organization.entries import Organization
from dandang.organization.files.schema import TABLES
from dandang.organization.files.writing import BODY_TABLE, code_of, columns_of, entries_of

_END_TOGETHER: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "areas": ("duties",),
        "units": ("posts", "duties", "reply_templates"),
        "posts": ("appointments", "rosters", "substitutes", "duties"),
        "officers": ("appointments", "rosters", "substitutes"),
    }
)
"""Tables whose entries end with what they name; everything else has to be changed first."""


@dataclass(frozen=True, slots=True)
class Hanging:
    """An entry that names another one. `ends` says whether it ends with it."""

    table: str
    code: str
    entry: object
    ends: bool


def hanging(organization: Organization, table: str, code: str) -> list[Hanging]:
    """Return what hangs on an entry, directly or by way of what ends with it, each once."""
    found: dict[tuple[str, str], Hanging] = {}
    waiting = [(table, code)]
    while waiting:
        naming = _naming(organization, *waiting.pop())
        new = [one for one in naming if found.setdefault((one.table, one.code), one) is one]
        waiting.extend((one.table, one.code) for one in new if one.ends)
    return sorted(found.values(), key=lambda one: (one.table, one.code))


def _naming(organization: Organization, table: str, code: str) -> Iterator[Hanging]:
    for other in (BODY_TABLE, *TABLES):
        columns = [column.name for column in columns_of(other) if column.refers == table]
        if not columns:
            continue
        ends = other in _END_TOGETHER.get(table, ())
        for entry in entries_of(organization, other):
            if any(getattr(entry, name) == code for name in columns):
                yield Hanging(other, code_of(other, entry), entry, ends)
