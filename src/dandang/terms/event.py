"""What every event is made of, and how it becomes ledger fields and comes back.

An event dataclass has only fields of these types: str, int, bool, datetime (aware, kept in UTC),
date, StrEnum, tuples of str or of StrEnum, and each of them or None. That is what the ledger's
JSON can hold.
"""

import dataclasses
import re
import types
import typing
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, Self

from dandang.terms.actor import Actor

_NEW_WORD = re.compile(r"(?<!^)(?=[A-Z])")

JsonValue = str | int | bool | None | list[str]


@dataclasses.dataclass(frozen=True, slots=True)
class Due:
    """A clock that an event set (`at` in UTC) or stopped (`at` is None).

    `provisional` marks a time beyond the published calendar; it is replaced once, by an event.
    `paused` marks a clock that stands still; `at` is then the due time it had when it stopped.
    """

    clock: str
    at: datetime | None
    provisional: bool = False
    paused: bool = False


class Event:
    """Something that happened to a case: a frozen dataclass in the past tense, never renamed.

    `personal` names the fields whose values are erasable; they never stand in ledger entries.
    """

    __slots__ = ()
    personal: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def type_name(cls) -> str:
        """Return the ledger's word for this type: `HandedOver` is `handed_over`."""
        return _NEW_WORD.sub("_", cls.__name__).lower()

    def to_fields(self) -> dict[str, JsonValue]:
        """Return the fields as JSON values. Fields that are None are left out."""
        values = ((f.name, getattr(self, f.name)) for f in dataclasses.fields(self))  # type: ignore[arg-type]
        return {name: _to_json(value) for name, value in values if value is not None}

    @classmethod
    def from_fields(cls, fields: Mapping[str, JsonValue]) -> Self:
        """Rebuild an event; erased or absent personal text comes back as "" or None.

        Raises ValueError on a field this type does not have: an event is never half read.
        """
        kinds = _field_types(cls)
        unknown = fields.keys() - kinds.keys()
        if unknown:
            raise ValueError(f"{cls.type_name()} has no field {sorted(unknown)}")
        values: dict[str, Any] = {}
        for name, kind in kinds.items():
            if name in fields:
                values[name] = _from_json(kind, fields[name])
            elif name in cls.personal:
                values[name] = "" if kind is str else None
        return cls(**values)


@dataclasses.dataclass(frozen=True, slots=True)
class Recorded:
    """An event with its circumstances: who, when it happened, for which post, which clocks it set.

    `occurred_at` is the action's `now`, or the claimed time for imports (UTC). `post` is the code
    of the post the officer acted for ("" for others).
    """

    event: Event
    by: Actor
    occurred_at: datetime
    post: str = ""
    dues: tuple[Due, ...] = ()


def _to_json(value: object) -> JsonValue:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [str(item) for item in value]
    if isinstance(value, str | int | bool):
        return value
    raise TypeError(f"{type(value).__name__} cannot stand in an event")


@cache
def _field_types(cls: type[Event]) -> dict[str, Any]:
    hints = typing.get_type_hints(cls)
    return {f.name: _without_none(hints[f.name]) for f in dataclasses.fields(cls)}  # type: ignore[arg-type]


def _without_none(kind: Any) -> Any:  # noqa: ANN401 a type form, not a value
    if isinstance(kind, types.UnionType):
        return next(part for part in typing.get_args(kind) if part is not types.NoneType)
    return kind


def _from_json(kind: Any, value: JsonValue) -> Any:  # noqa: ANN401 any field type
    if value is None:
        return None
    if kind is datetime and isinstance(value, str):
        return datetime.fromisoformat(value)
    if kind is date and isinstance(value, str):
        return date.fromisoformat(value)
    if isinstance(value, list):
        (item_kind, *_) = typing.get_args(kind)
        return tuple(item_kind(item) for item in value)
    return kind(value)
