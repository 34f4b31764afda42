"""Stories of the file of rejected rows."""

import csv
import io

import pytest

from dandang.lifecycle.intake.importing.records import Broken, Record
from dandang.lifecycle.intake.importing.rejected import ADDED, RejectedFile, rejected_path
from dandang.lifecycle.intake.importing.run import Rejected

HEADER = ("id", "text")


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("id,text\n", encoding="utf-8")
    path.chmod(0o640)
    return path


def rejected_file(source, header=HEADER, delimiter=","):
    return RejectedFile(
        rejected_path(source),
        source,
        header=header,
        delimiter=delimiter,
        reason=lambda rejected: f"Reason {rejected.code}",
    )


def test_it_is_made_with_the_first_bad_row_and_not_before(source):
    file = rejected_file(source)
    assert file.close() is False
    assert [path.name for path in source.parent.iterdir()] == ["rows.csv"]


def test_bad_rows_stand_in_it_with_place_and_reason_and_can_be_imported_again(source):
    file = rejected_file(source)
    file.write(Rejected(Record(3, 4, ("3", "a\nb")), "bad_time", {}))
    file.write(Rejected(Broken(5, 7, 8, '5,"x"y\n', "not_csv"), "not_csv", {}))
    assert file.close() is True
    content = (source.parent / "rows.rejected.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows == [
        [*ADDED, "id", "text"],
        ["3", "4", "bad_time", "Reason bad_time", "", "3", "a\nb"],
        ["5", "7", "not_csv", "Reason not_csv", '5,"x"y\n'],
    ]


def test_nobody_reads_it_who_could_not_read_the_input(source):
    file = rejected_file(source)
    file.write(Rejected(Record(1, 2, ("1", "a")), "bad_time", {}))
    file.close()
    assert rejected_path(source).stat().st_mode & 0o777 == 0o640


def test_wrong_bytes_come_out_as_they_were(source):
    file = rejected_file(source)
    file.write(Rejected(Record(1, 2, ("1", "caf\udce9")), "text_unusable", {}))
    file.close()
    assert b"caf\xe9" in rejected_path(source).read_bytes()


def test_one_that_is_there_already_is_kept_beside_it(source):
    rejected_path(source).write_text("mine", encoding="utf-8")
    file = rejected_file(source)
    file.write(Rejected(Record(1, 2, ("1", "a")), "bad_time", {}))
    file.close()
    assert (source.parent / "rows.rejected.csv~").read_text(encoding="utf-8") == "mine"


def test_columns_added_by_an_earlier_rejection_are_not_added_twice(source):
    file = rejected_file(source, header=(*ADDED, *HEADER), delimiter=";")
    file.write(Rejected(Record(1, 2, ("9", "9", "old", "old", "", "1", "a")), "bad_time", {}))
    file.close()
    lines = rejected_path(source).read_text(encoding="utf-8-sig").splitlines()
    assert lines == [";".join([*ADDED, *HEADER]), "1;2;bad_time;Reason bad_time;;1;a"]
