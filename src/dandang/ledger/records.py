"""How a recorded event becomes disclosures, and what comes back of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from dandang.ledger.disclosures import Value
from dandang.terms import Actor, Due, Recorded
from dandang.terms.event import JsonValue

CIRCUMSTANCES = frozenset({"actor", "post", "occurred_at", "dues"})
"""Names of disclosures that stand beside an event's own fields."""

_FLAGS = ("provisional", "paused")


class ReservedFieldName(TypeError):
    """An event dataclass has a field named like a circumstance: rename the field.

    The names `actor`, `post`, `occurred_at` and `dues` say who recorded an event, for which post,
    when it happened and which clocks it set. A field of the same name would hide one of them.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What stands beside an event's fields. `post` is "" when nobody acted for a post."""

    actor: Actor
    occurred_at: datetime
    post: str
    dues: tuple[Due, ...]


def to_values(recorded: Recorded) -> dict[str, Value]:
    """Return everything to be disclosed of an event by name. Raises ReservedFieldName.

    An empty `post` and empty `dues` are left out, as are fields that are None.
    """
    fields = recorded.event.to_fields()
    reserved = CIRCUMSTANCES & fields.keys()
    if reserved:
        raise ReservedFieldName(f"{recorded.event.type_name()} has {', '.join(sorted(reserved))}")
    values: dict[str, Value] = {name: _plain(value) for name, value in fields.items()}
    values["actor"] = str(recorded.by)
    values["occurred_at"] = write_instant(recorded.occurred_at)
    if recorded.post:
        values["post"] = recorded.post
    if recorded.dues:
        values["dues"] = [_due_to_json(due) for due in recorded.dues]
    return values


def from_values(values: Mapping[str, Any]) -> tuple[dict[str, JsonValue], Circumstances]:
    """Return the fields and the circumstances. Raises KeyError or ValueError on missing ones."""
    fields = {name: value for name, value in values.items() if name not in CIRCUMSTANCES}
    return fields, Circumstances(
        actor=Actor.parse(values["actor"]),
        occurred_at=datetime.fromisoformat(values["occurred_at"]),
        post=values.get("post", ""),
        dues=tuple(_due_from_json(*due) for due in values.get("dues", ())),
    )


def write_instant(instant: datetime) -> str:
    """Return an instant as text in UTC with microseconds. Raises ValueError on a naive one."""
    if instant.utcoffset() is None:
        raise ValueError("an instant needs a time zone")
    return f"{instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def _plain(value: JsonValue) -> Value:
    return list(value) if isinstance(value, list) else value


def _due_to_json(due: Due) -> Value:
    flags = [flag for flag in _FLAGS if getattr(due, flag)]
    return [due.clock, None if due.at is None else write_instant(due.at), *flags]


def _due_from_json(clock: str, at: str | None, *flags: str) -> Due:
    unknown = set(flags).difference(_FLAGS)
    if unknown:
        raise ValueError(f"a clock cannot be {', '.join(sorted(unknown))}")
    when = None if at is None else datetime.fromisoformat(at)
    return Due(clock, when, provisional="provisional" in flags, paused="paused" in flags)
