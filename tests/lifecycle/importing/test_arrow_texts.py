"""Laws and stories of typed columns: every value has the text that CSV would have."""

import uuid
from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.intake.importing.arrow_texts import Times, has_texts, is_bytes, texts_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime.fromisoformat("2026-10-01T09:40:05")


def texts(column: pa.Array) -> list[str]:
    assert has_texts(column.type)
    return texts_of(column.type, Times(SHANGHAI))(column)


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pa.array(["停水", None, ""]), ["停水", "", ""]),
        (pa.array(["停水", None], pa.large_string()), ["停水", ""]),
        (pa.array(["停水", None], pa.string_view()), ["停水", ""]),
        (pa.array(["a", None, "a"]).dictionary_encode(), ["a", "", "a"]),
        (pa.array([b"\xe5\x81\x9c", b"\xff", None]), ["停", "\udcff", ""]),
        (pa.array([b"ab", None], pa.binary(2)), ["ab", ""]),
        (pa.array([17, None, -1], pa.int64()), ["17", "", "-1"]),
        (pa.array([2**64 - 1], pa.uint64()), ["18446744073709551615"]),
        (pa.array([5, None], pa.int8()).dictionary_encode(), ["5", ""]),
        (pa.array([True, False, None]), ["true", "false", ""]),
        (pa.array([17.0, 0.1, float("nan"), None]), ["17", "0.1", "", ""]),
        (pa.array([1e16]), ["10000000000000000"]),
        (pa.array([0.1, 11368], pa.float32()), ["0.1", "11368"]),
        (pa.array([1.5, None], pa.float16()), ["1.5", ""]),
        (pa.array([float("inf")]), ["inf"]),
        (pa.array([Decimal("17.50"), None], pa.decimal128(9, 2)), ["17.50", ""]),
        (pa.array([Decimal(1000)], pa.decimal128(9, 0)), ["1000"]),
        (pa.nulls(2), ["", ""]),
        (pa.array([date(2026, 10, 1), None]), ["2026-10-01", ""]),
        (pa.array([date(2026, 10, 1)], pa.date64()), ["2026-10-01"]),
        (pa.array([MORNING, None], pa.timestamp("s")), ["2026-10-01T09:40:05", ""]),
        (pa.array([MORNING], pa.timestamp("ms")), ["2026-10-01T09:40:05"]),
        (pa.array([MORNING], pa.timestamp("us", "UTC")), ["2026-10-01T17:40:05+08:00"]),
        (pa.array([MORNING], pa.timestamp("s", "Asia/Tokyo")), ["2026-10-01T17:40:05+08:00"]),
        (pa.array([1_000_000_999], pa.timestamp("ns")), ["1970-01-01T00:00:01"]),
        (pa.array([time(9, 40), None], pa.time32("s")), ["09:40:00", ""]),
        (pa.array([9_000_000_001], pa.time64("ns")), ["00:00:09"]),
        (pa.array([uuid.UUID(int=5).bytes, None], pa.uuid()), [str(uuid.UUID(int=5)), ""]),
        (pa.array(['{"a": 1}', None], pa.json_()), ['{"a": 1}', ""]),
    ],
)  # fmt: skip
def test_a_value_has_the_text_that_csv_would_have(column, expected):
    assert texts(column) == expected


def test_bytes_in_a_text_column_that_are_no_utf_8_come_through_as_surrogates():
    offsets, data = pa.py_buffer(b"\0\0\0\0\1\0\0\0\2\0\0\0"), pa.py_buffer(b"a\xff")
    assert texts(pa.Array.from_buffers(pa.string(), 2, [None, offsets, data])) == ["a", "\udcff"]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("zone", [None, "UTC"])
@pytest.mark.parametrize("number", [2**63 - 1, -(2**63) + 1])
def test_a_time_that_no_calendar_has_is_told_by_its_number_or_far_away(unit, zone, number):
    (text,) = texts(pa.array([number], pa.int64()).cast(pa.timestamp(unit, zone)))
    assert text == str(number) or not 1900 <= int(text[:4]) < 2200


def test_the_last_hours_of_the_calendar_have_no_text_further_east():
    last = pa.array([datetime.fromisoformat("9999-12-31T23:59")], pa.timestamp("us", "UTC"))
    assert texts(last)[0].isdecimal()


def test_times_are_written_as_one_says():
    column = pa.array([MORNING, None], pa.timestamp("us", "UTC"))
    found = texts_of(column.type, Times(SHANGHAI, lambda moment: f"{moment:%d.%m.%Y %H:%M}"))
    assert found(column) == ["01.10.2026 17:40", ""]


@pytest.mark.parametrize(
    "kind",
    [
        pa.list_(pa.string()), pa.struct([("a", pa.string())]), pa.map_(pa.string(), pa.string()),
        pa.duration("s"), pa.month_day_nano_interval(),
    ],
)  # fmt: skip
def test_what_is_no_single_value_or_no_time_has_no_text(kind):
    assert not has_texts(kind)
    assert not is_bytes(kind)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (pa.binary(), True), (pa.large_binary(), True), (pa.binary_view(), True),
        (pa.binary(4), True), (pa.dictionary(pa.int8(), pa.binary()), True),
        (pa.string(), False), (pa.uuid(), False), (pa.json_(), False), (pa.int64(), False),
    ],
)  # fmt: skip
def test_bytes_are_told_from_texts(kind, expected):
    assert is_bytes(kind) is expected


INSTANTS = st.datetimes(datetime.fromisoformat("1900-01-02"), datetime.fromisoformat("2199-12-30"))


@given(st.lists(INSTANTS | st.none(), min_size=1, max_size=9))
def test_an_instant_is_the_same_in_every_zone(moments):
    column = pa.array(moments, pa.timestamp("us", "America/New_York"))
    read = [text and datetime.fromisoformat(text).astimezone(UTC) for text in texts(column)]
    assert read == [moment.replace(tzinfo=UTC) if moment else "" for moment in moments]


@given(st.lists(st.dates() | st.none(), min_size=1, max_size=9))
def test_every_date_is_read_back(dates):
    found = texts(pa.array(dates, pa.date32()))
    assert [date.fromisoformat(text) if text else None for text in found] == dates


@given(st.lists(st.floats(width=32, allow_nan=False) | st.none(), min_size=1, max_size=9))
def test_every_number_is_read_back(numbers):
    column = pa.array(numbers, pa.float32())
    again = pa.array([float(text) if text else None for text in texts(column)], pa.float32())
    assert again == column


@given(st.times())
def test_every_time_of_day_is_read_back(moment):
    assert time.fromisoformat(*texts(pa.array([moment], pa.time64("us")))) == moment
