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
    `missed` marks one that ran out: it fires once. It is not recorded with the clock, because the
    event that says so is there.
    """

    clock: str
    at: datetime | None
    provisional: bool = False
    paused: bool = False
    missed: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a case: a frozen dataclass in the past tense, never renamed.

    `personal` names the fields whose values are erasable; they never stand in ledger entries.
    """

    personal: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def type_name(cls) -> str:
        """Return the ledger's word for this type: `HandedOver` is `handed_over`."""
        return _word_for(cls.__name__)

    def to_fields(self) -> dict[str, JsonValue]:
        """Return the fields as JSON values. Fields that are None are left out."""
        names = _field_names(type(self))  # type: ignore[arg-type]  # as for _shapes below
        values = ((name, getattr(self, name)) for name in names)
        return {name: _to_json(value) for name, value in values if value is not None}

    @classmethod
    def from_fields(cls, fields: Mapping[str, JsonValue]) -> Self:
        """Rebuild an event; erased personal values come back as None, or "" or () where required.

        Raises ValueError on a field this type does not have, on one that is missing, and on a
        value of another type: an event is never half read.
        """
        shapes = _shapes(cls)  # type: ignore[arg-type]  # mypy takes Event.__hash__ for the class's
        unknown = fields.keys() - shapes.keys()
        if unknown:
            raise ValueError(f"{cls.type_name()} has no field {sorted(unknown)}")
        values: dict[str, Any] = {}
        for name, shape in shapes.items():
            value = fields.get(name)
            if value is not None:
                values[name] = _from_json(name, shape.kind, value)
            elif shape.absent is dataclasses.MISSING:
                raise ValueError(f"{cls.type_name()} lacks the field {name}")
            else:
                values[name] = shape.absent
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


@cache
def _field_names(cls: type[Event]) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(cls))


@cache
def _word_for(name: str) -> str:
    return _NEW_WORD.sub("_", name).lower()


def _to_json(value: object) -> JsonValue:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, (str, int)):
        return value
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple) and all(isinstance(item, str) for item in value):
        return [str(item) for item in value]
    raise TypeError(f"{type(value).__name__} cannot stand in an event")


@dataclasses.dataclass(frozen=True, slots=True)
class _Shape:
    """What a field holds, `None` taken off, and what stands there when nothing was recorded."""

    kind: Any
    absent: object


@cache
def _shapes(cls: type[Event]) -> dict[str, _Shape]:
    hints = typing.get_type_hints(cls)
    return {
        field.name: _shape(hints[field.name], field.default, personal=field.name in cls.personal)
        for field in dataclasses.fields(cls)
    }


def _shape(hint: Any, default: object, *, personal: bool) -> _Shape:  # noqa: ANN401 a type form
    if isinstance(hint, types.UnionType):
        kind = next(part for part in typing.get_args(hint) if part is not types.NoneType)
        return _Shape(kind, None)
    if not personal:
        return _Shape(hint, default)
    if typing.get_origin(hint) is tuple:
        return _Shape(hint, ())
    return _Shape(hint, "" if hint is str else None)


def _from_json(name: str, kind: Any, value: JsonValue) -> Any:  # noqa: ANN401 any field type
    if kind in {str, int, bool}:
        if type(value) is kind:
            return value
    elif typing.get_origin(kind) is tuple:
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(typing.get_args(kind)[0](item) for item in value)
    elif isinstance(value, str):
        return kind.fromisoformat(value) if issubclass(kind, date) else kind(value)
    raise ValueError(f"{name} cannot be a {type(value).__name__}")
