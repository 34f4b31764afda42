"""Laws and stories of reading CSV: whole records are found again after broken ones."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.intake.importing.records import LONGEST_LINE, Broken, Record, Records

CELL = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
TABLE = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(CELL, min_size=width, max_size=width).map(tuple), min_size=1, max_size=8
    )
)


def records(text: str, delimiter: str = ",") -> list[Record | Broken]:
    return list(Records(io.StringIO(text, newline=""), delimiter))


def written(rows: list[tuple[str, ...]], delimiter: str = ",") -> str:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    return file.getvalue()


@given(TABLE)
def test_whatever_was_written_is_read_back_but_for_blank_rows(rows):
    header = tuple(f"c{place}" for place in range(len(rows[0])))
    found = records(written([header, *rows]))
    assert [one.cells for one in found] == [row for row in rows if any(map(str.strip, row))]
    assert [one.row for one in found] == list(range(1, len(found) + 1))


@given(
    st.lists(st.tuples(*[st.text("ab", min_size=1, max_size=3)] * 2), min_size=1, max_size=5),
    st.text(st.sampled_from('ab,"\n'), max_size=30),
)
def test_whole_records_are_found_whatever_stands_before_them(rows, rubbish):
    found = records(written([("c0", "c1")]) + rubbish + "\n" + written(rows))
    assert [one.cells for one in found[-len(rows) :]] == rows
    assert [one.row for one in found] == list(range(1, len(found) + 1))
    lines = [one.line for one in found]
    assert lines == sorted(set(lines))


def test_rows_know_the_line_they_start_on():
    found = records('id,text\n1,"two\nlines"\n\n2,b\n')
    assert [(one.row, one.line, one.cells) for one in found] == [
        (1, 2, ("1", "two\nlines")),
        (2, 5, ("2", "b")),
    ]


def test_the_header_is_trimmed_and_may_be_missing():
    assert Records(io.StringIO(" id , text\n"), ",").header == ("id", "text")
    assert Records(io.StringIO(""), ",").header == ()
    assert Records(io.StringIO('"id\n'), ",").header == ()


def test_rows_with_nothing_in_them_are_passed_over():
    assert [one.cells for one in records("id,text\n,\n\n , \n1,a\n")] == [("1", "a")]


def test_a_row_with_too_many_or_too_few_cells_is_broken_and_the_next_is_fine():
    found = records("id,text\n1,a,b\n2\n3,c\n")
    assert [(one.code, one.line, one.expected, one.found) for one in found[:2]] == [
        ("wrong_number_of_cells", 2, 2, 3),
        ("wrong_number_of_cells", 3, 2, 1),
    ]
    assert found[2].cells == ("3", "c")


def test_a_quotation_mark_in_the_middle_breaks_one_row_only():
    first, second = records('id,text\n1,"a"b\n2,c\n')
    assert (first.code, first.line, first.last_line, first.text) == ("not_csv", 2, 2, '1,"a"b\n')
    assert second.cells == ("2", "c")


def test_a_quotation_mark_that_is_never_closed_swallows_nothing():
    first, *others = records('id,text\n1,"a\n2,b\n3,c\n')
    assert (first.code, first.row, first.line, first.last_line) == ("not_csv", 1, 2, 2)
    assert [one.cells for one in others] == [("2", "b"), ("3", "c")]
    assert [(one.row, one.line) for one in others] == [(2, 3), (3, 4)]


def test_a_quotation_mark_closed_rows_later_swallows_nothing():
    first, *others = records('id,text\n1,"a\n2,b\n3,"c"\n4,d\n')
    assert (first.code, first.line, first.last_line) == ("not_csv", 2, 2)
    assert [one.cells for one in others] == [("2", "b"), ("3", "c"), ("4", "d")]


def test_lines_of_a_broken_text_belong_to_its_row():
    text = 'id,text\n1,"He said "no" and\nleft, at once, for home\n\nBye"\n2,b\n'
    first, second = records(text)
    assert (first.row, first.line, first.last_line) == (1, 2, 5)
    assert first.text == text[len("id,text\n") : -len("2,b\n")]
    assert second == Record(2, 6, ("2", "b"))


def test_a_record_over_several_lines_with_too_many_cells_is_one_broken_row():
    first, second = records('id,text\n1,"a\nb",c\n2,d\n')
    assert (first.code, first.line, first.last_line, first.found) == (
        "wrong_number_of_cells", 2, 3, 3,
    )  # fmt: skip
    assert second.cells == ("2", "d")


def test_a_line_longer_than_any_record_is_broken_and_read_over():
    huge = "x" * (3 * LONGEST_LINE)
    first, second = records(f"id,text\n1,{huge}\n2,b\n")
    assert (first.code, first.line) == ("not_csv", 2)
    assert len(first.text) == 20_000
    assert second.cells == ("2", "b")


def test_a_record_that_never_ends_is_broken():
    (broken,) = records('id,text\n"a\n' + '","x\n' * (LONGEST_LINE // 4))
    assert (broken.code, broken.line, broken.last_line) == ("not_csv", 2, 2 + LONGEST_LINE // 4)


def test_a_quotation_mark_inside_an_unquoted_cell_is_just_a_character():
    assert [one.cells for one in records('id,text\n1,a 5" pipe\n')] == [("1", 'a 5" pipe')]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_understood(end):
    found = records(end.join(["id,text", "1,a", "2,b"]))
    assert [one.cells for one in found] == [("1", "a"), ("2", "b")]


def test_other_delimiters_are_understood():
    assert [one.cells for one in records("id\ttext\n1\ta,b\n", "\t")] == [("1", "a,b")]
