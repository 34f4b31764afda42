"""The texts of Arrow columns: what stands in the cells of a CSV file of the same rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
from pyarrow import types

Texts = Callable[[pa.Array], list[str]]
"""Returns the text of each value of a column; "" for null."""

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 a zone is added where the column has one
_DAY = 86_400_000_000
_MICROSECONDS = {"s": 1_000_000, "ms": 1000, "us": 1}


@dataclass(frozen=True, slots=True)
class Times:
    """How times become texts: in this zone where they are instants, by `write` if there is one."""

    zone: ZoneInfo
    write: Callable[[datetime], str] | None = None


def has_texts(kind: pa.DataType) -> bool:
    """Say whether each value of the type is a single one, which a cell could hold."""
    return any(test(_plain(kind)) for test, _ in _KINDS)


def is_bytes(kind: pa.DataType) -> bool:
    """Say whether values of the type are bytes that are not known to be text."""
    plain = _plain(kind)
    return _is_binary(plain) or bool(types.is_fixed_size_binary(plain))


def texts_of(kind: pa.DataType, times: Times) -> Texts:
    """Return what turns a column of this type into texts; it never fails, whatever the values.

    Whole numbers have no decimal point, whatever their type. Bytes that are not UTF-8 become
    surrogates, and times out of range their number, which the reading of rows refuses.
    """
    if types.is_dictionary(kind):
        decoded = texts_of(kind.value_type, times)
        return lambda column: decoded(column.dictionary_decode())
    if isinstance(kind, pa.BaseExtensionType) and not _is_uuid(kind):
        stored = texts_of(kind.storage_type, times)
        return lambda column: stored(column.storage)
    make = next(make for test, make in _KINDS if test(kind))
    return make(kind, times)


def _plain(kind: pa.DataType) -> pa.DataType:
    """Return the type of the values behind a dictionary or an extension."""
    if types.is_dictionary(kind):
        return _plain(kind.value_type)
    if isinstance(kind, pa.BaseExtensionType) and not _is_uuid(kind):
        return _plain(kind.storage_type)
    return kind


def _each(text: Callable[[Any], str]) -> Callable[[pa.DataType, Times], Texts]:
    """Return what makes texts one by one, with `text` for values that are there."""

    def texts(column: pa.Array) -> list[str]:
        return ["" if value is None else text(value) for value in column.to_pylist()]

    return lambda _kind, _times: texts


def _strings(kind: pa.DataType, times: Times) -> Texts:
    as_bytes = _bytes(kind, times)

    def texts(column: pa.Array) -> list[str]:
        try:
            return [value or "" for value in column.to_pylist()]
        except UnicodeDecodeError:
            return as_bytes(column.cast(pa.large_binary()))

    return texts


def _floats(_kind: pa.DataType, _times: Times) -> Texts:
    """Write whole numbers without a point; the others as short as their own precision allows."""

    def texts(column: pa.Array) -> list[str]:
        values, written = column.to_pylist(), column.cast(pa.string()).to_pylist()
        return [_number(*pair) for pair in zip(values, written, strict=True)]

    return texts


def _number(value: float | None, written: str) -> str:
    if value is None or value != value:  # noqa: PLR0124 not a number: spreadsheets leave it empty
        return ""
    return f"{value:.0f}" if value.is_integer() else written


def _moments(kind: pa.DataType, times: Times) -> Texts:
    """Count from the beginning of 1970: Arrow's own values cannot hold every instant."""
    is_date = types.is_date(kind)
    in_zone = times.zone if types.is_timestamp(kind) and kind.tz else None
    write = times.write or (lambda moment: str(moment.date()) if is_date else moment.isoformat())

    def text(number: int) -> str:
        try:
            moment = _EPOCH + _span(kind, number)
            if in_zone:
                moment = moment.replace(tzinfo=UTC).astimezone(in_zone)
        except OverflowError:
            return str(number)
        return write(moment)

    return _counted(kind, text)


def _times_of_day(kind: pa.DataType, _times: Times) -> Texts:
    return _counted(kind, lambda number: (_EPOCH + _span(kind, number)).time().isoformat())


def _counted(kind: pa.DataType, text: Callable[[int], str]) -> Texts:
    """Return what makes texts of the numbers behind dates and times."""
    numbers = pa.int32() if kind.bit_width == pa.int32().bit_width else pa.int64()
    texts = _each(text)(kind, Times(ZoneInfo("UTC")))
    return lambda column: texts(column.cast(numbers))


def _span(kind: pa.DataType, number: int) -> timedelta:
    """Return so many units of the type. Raises OverflowError."""
    if types.is_date32(kind):
        return timedelta(microseconds=number * _DAY)
    unit = "ms" if types.is_date64(kind) else kind.unit
    if unit == "ns":
        return timedelta(microseconds=number // 1000)
    return timedelta(microseconds=number * _MICROSECONDS[unit])


def _bytes(kind: pa.DataType, times: Times) -> Texts:
    return _each(lambda value: value.decode("utf-8", "surrogateescape"))(kind, times)


def _is_string(kind: pa.DataType) -> bool:
    return any(
        test(kind) for test in (types.is_string, types.is_large_string, types.is_string_view)
    )


def _is_binary(kind: pa.DataType) -> bool:
    return any(
        test(kind) for test in (types.is_binary, types.is_large_binary, types.is_binary_view)
    )


def _is_uuid(kind: pa.DataType) -> bool:
    return isinstance(kind, pa.UuidType)


_KINDS: tuple[tuple[Callable[[pa.DataType], bool], Callable[[pa.DataType, Times], Texts]], ...] = (
    (types.is_null, _each(str)),
    (_is_string, _strings),
    (_is_binary, _bytes),
    (types.is_fixed_size_binary, _bytes),
    (types.is_integer, _each(str)),
    (types.is_boolean, _each(lambda value: str(value).lower())),
    (types.is_floating, _floats),
    (types.is_decimal, _each("{:f}".format)),
    (_is_uuid, _each(str)),
    (types.is_date, _moments),
    (types.is_timestamp, _moments),
    (types.is_time, _times_of_day),
)
