"""Stories of single rows: what they become, and why some cannot."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.intake.importing.map_file import parse_map
from dandang.lifecycle.intake.importing.rows import BadRow, Row, RowReader
from dandang.lifecycle.intake.rules import Contact
from dandang.terms import Code, Refusal
from tests.lifecycle.importing.plans import COLUMNS, SMALL, cells, small


def read(**values: str) -> Row:
    return RowReader(small(), COLUMNS).read(cells(**values))


def test_a_row_becomes_a_wish_with_the_claims_of_its_source_apart():
    row = read(
        id=" 7 ", sent="2026-10-01 09:00", title="Tap ", text="No water", more="for two days",
        street="Lane 9", number="4", kind="WATER", area="Qingshan  Street", state="closed",
        ended="05.10.2026 17:30", name="刘女士", phone="139", mail="liu@example.org",
    )  # fmt: skip
    wish, origin = row.wish, row.wish.origin
    assert (row.source_id, wish.title, wish.channel) == ("7", "Tap", "import")
    assert (wish.text, wish.location) == ("No water\nfor two days", "Lane 9, 4")
    assert (wish.category, wish.area, row.unknown) == ("water_supply", "qingshan", ())
    assert wish.contact == Contact("刘女士", "139", "liu@example.org")
    assert (origin.source, origin.source_id, origin.state) == ("old_system", "7", "closed")
    assert origin.sent_at == datetime(2026, 10, 1, 1, 0, tzinfo=UTC)
    assert (origin.ended, origin.ended_at) == (True, datetime(2026, 10, 5, 9, 30, tzinfo=UTC))


def test_what_a_row_leaves_out_stays_out():
    row = read()
    assert (row.wish.category, row.wish.area, row.wish.location) == ("", "", "")
    assert row.wish.contact == Contact()
    assert (row.wish.origin.ended, row.wish.origin.ended_at, row.unknown) == (False, None, ())


def test_a_value_the_map_does_not_know_is_told_and_waits_at_intake():
    row = read(kind="Flying saucers", area="Moon")
    assert (row.wish.category, row.wish.area) == ("", "")
    assert row.unknown == ("category", "area")


def test_a_value_that_means_none_is_known():
    assert read(kind="other").unknown == ()


def test_defaults_stand_in_for_what_is_missing_or_unknown():
    plan = parse_map(SMALL + '\n[defaults]\ncategory = "taxis"\narea = "hudong"\n', "map.toml")
    reader = RowReader(plan, COLUMNS)
    assert reader.read(cells()).wish.category == "taxis"
    assert reader.read(cells(kind="Saucers", area="Moon")).wish.area == "hudong"
    assert reader.read(cells(kind="Other", area="Qingshan street")).wish.category == ""


def test_a_row_without_a_title_takes_the_beginning_of_its_text():
    assert read(title="", text="No water\nsince Monday").wish.title == "No water"
    long = read(title="", text="字" * 80).wish.title
    assert (len(long), long[-1]) == (60, "…")


def test_a_row_without_a_text_takes_its_title():
    assert read(text="").wish.text == "Tap"


@pytest.mark.parametrize(
    ("sent", "instant"),
    [
        ("2026-10-01T09:00:00", datetime(2026, 10, 1, 1, tzinfo=UTC)),
        ("2026-10-01 09:00:00.500", datetime(2026, 10, 1, 1, 0, 0, 500_000, tzinfo=UTC)),
        ("2026-10-01T09:00:00+02:00", datetime(2026, 10, 1, 7, tzinfo=UTC)),
        ("2026-10-01", datetime(2026, 9, 30, 16, tzinfo=UTC)),
        (" 1.10.2026 9:00 ", datetime(2026, 10, 1, 1, tzinfo=UTC)),
    ],
)
def test_times_are_read_by_the_formats_and_the_zone_of_the_map(sent, instant):
    assert read(sent=sent).wish.origin.sent_at == instant


@pytest.mark.parametrize(
    "sent",
    ["yesterday", "31.2.2026 10:00", "2026-13-01", "0001-01-01", "9999-12-31 23:59", "1066-10-14"],
)
def test_a_time_that_cannot_be_read_is_told_with_its_column(sent):
    with pytest.raises(BadRow) as caught:
        read(sent=sent)
    assert caught.value.code == "bad_time"
    assert caught.value.params == {"field": "sent_at", "column": "sent"}


def test_the_time_of_an_end_is_checked_too():
    with pytest.raises(BadRow) as caught:
        read(ended="soon")
    assert caught.value.params["column"] == "ended"


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"id": " "}, Code.FIELD_REQUIRED, "source_id"),
        ({"id": "7" * 129}, Code.TEXT_TOO_LONG, "source_id"),
        ({"id": "7\0"}, Code.TEXT_UNUSABLE, "source_id"),
        ({"sent": ""}, Code.FIELD_REQUIRED, "sent_at"),
        ({"title": "", "text": ""}, Code.FIELD_REQUIRED, "text"),
        ({"text": "字" * 10_001}, Code.TEXT_TOO_LONG, "text"),
        ({"text": "a\0b"}, Code.TEXT_UNUSABLE, "text"),
        ({"text": "a\ud800b"}, Code.TEXT_UNUSABLE, "text"),
        ({"title": "x" * 301}, Code.TEXT_TOO_LONG, "title"),
        ({"name": "\udcff"}, Code.TEXT_UNUSABLE, "name"),
        ({"state": "x" * 301}, Code.TEXT_TOO_LONG, "state"),
    ],
)
def test_a_row_that_cannot_be_kept_is_refused_with_the_field(values, code, field):
    with pytest.raises(Refusal) as caught:
        read(**values)
    assert (caught.value.code, caught.value.details["field"]) == (code, field)


@given(st.lists(st.text(max_size=20), min_size=len(COLUMNS), max_size=len(COLUMNS)).map(tuple))
def test_any_row_is_either_read_or_refused(row):
    try:
        found = RowReader(small(), COLUMNS).read(row)
    except (BadRow, Refusal):
        return
    assert found.wish.text
    assert found.wish.title
    assert "\n" not in found.wish.title
