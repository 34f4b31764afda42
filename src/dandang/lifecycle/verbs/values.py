"""Reading the fields of a verb: from what people type to what its rule takes. Pure."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from dandang.lifecycle.states import Behalf, Decision, Obstacle, Outcome, Remedy, Verdict
from dandang.lifecycle.verbs.shape import Field, Kind, Verb
from dandang.policy import CallAnswer
from dandang.terms import Code, Refusal, check_text

MAX_LINE = 300
_MAX_DIGITS = 9
_YEARS = (1990, 2070)  # every working calendar can count there
_YES = frozenset({"yes", "true", "1", "on"})
_NO = frozenset({"no", "false", "0", "off"})
_CHOICES = {
    "outcome": Outcome,
    "verdict": Verdict,
    "decision": Decision,
    "act": CallAnswer,
    "on_behalf": Behalf,
    "obstacle": Obstacle,
    "remedy": Remedy,
}


def parse(verb: Verb, values: Mapping[str, object]) -> dict[str, Any]:
    """Return the given fields of a verb, checked and in their types; absent ones are left out.

    Refuses `field_unknown`, `field_required`, `value_invalid`, `text_too_long`, `text_unusable`.
    """
    known = {field.name for field in verb.fields}
    for name in values:
        if name not in known:
            raise Refusal(Code.FIELD_UNKNOWN, verb=verb.name, field=name)
    given = {field.name: _value(field, values.get(field.name)) for field in verb.fields}
    return {name: value for name, value in given.items() if value is not None}


def _value(field: Field, value: object) -> object | None:
    if isinstance(value, str):
        value = value if field.kind is Kind.TEXT else value.strip()
    if value is None or value == "":
        if field.required:
            raise Refusal(Code.FIELD_REQUIRED, field=field.name)
        return None
    if not isinstance(value, str | bool | int | datetime):
        raise Refusal(Code.VALUE_INVALID, field=field.name)
    return _READERS[field.kind](field, value)


def _line(field: Field, value: object) -> str:
    text = check_text(field.name, str(value), limit=MAX_LINE, required=field.required)
    if "\n" in text:
        raise Refusal(Code.TEXT_UNUSABLE, field=field.name)
    return text


def _text(field: Field, value: object) -> str:
    return check_text(field.name, str(value), required=field.required)


def _choice(field: Field, value: object) -> str:
    if value not in field.choices:
        raise Refusal(Code.VALUE_INVALID, field=field.name)
    kind = _CHOICES.get(field.name, str)
    return kind(str(value))


def _yes_no(field: Field, value: object) -> bool:
    if isinstance(value, bool):
        return value
    text = str(value).lower()
    if text not in _YES | _NO:
        raise Refusal(Code.VALUE_INVALID, field=field.name)
    return text in _YES


def _number(field: Field, value: object) -> int:
    text = str(value)
    digits = text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS
    if isinstance(value, bool) or not digits:
        raise Refusal(Code.VALUE_INVALID, field=field.name)
    return int(text)


def _instant(field: Field, value: object) -> datetime:
    try:
        instant = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        raise Refusal(Code.VALUE_INVALID, field=field.name) from None
    if instant.utcoffset() is None or not _YEARS[0] <= instant.year < _YEARS[1]:
        raise Refusal(Code.VALUE_INVALID, field=field.name)
    return instant


_READERS: Mapping[Kind, Callable[[Field, object], object]] = MappingProxyType(
    {
        Kind.LINE: _line,
        Kind.TEXT: _text,
        Kind.REASON: _line,
        Kind.POST: _line,
        Kind.CATEGORY: _line,
        Kind.AREA: _line,
        Kind.OFFICER: _line,
        Kind.UNIT: _line,
        Kind.CASE: _line,
        Kind.INSTANT: _instant,
        Kind.CHOICE: _choice,
        Kind.YES_NO: _yes_no,
        Kind.NUMBER: _number,
    }
)
