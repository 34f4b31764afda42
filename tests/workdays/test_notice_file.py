from datetime import date

import pytest

from dandang.terms import InputError
from dandang.workdays import load_notice
from dandang.workdays.notice_file import MAX_BYTES

HEAD = """\
source = "A notice for 2027"
published = 2026-11-10
year = 2027
"""


def problems(tmp_path, content) -> list[str]:
    """Load the file and return its problems as `line: code name=value`."""
    file = tmp_path / "notice.toml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError) as caught:
        load_notice(file)
    assert {problem.source for problem in caught.value.problems} == {str(file)}
    return [str(problem).removeprefix(f"{file}:") for problem in caught.value.problems]


def test_a_notice_is_read_with_days_and_spans_in_any_order(tmp_path):
    file = tmp_path / "notice.toml"
    file.write_text(
        '''\
working = [2027-02-14, "2027-01-09"]   # "2027-13-01" in a comment is nobody's problem
year = 2027
rest = [
  "2027-10-01 to 2027-10-03",
  2027-01-01,
]
published = "2026-11-10"
source = """  A notice
for 2027 """
''',
        "utf-8",
    )
    notice = load_notice(str(file))
    assert notice.source == "A notice\nfor 2027"
    assert notice.published == date(2026, 11, 10)
    assert (notice.first, notice.last) == (date(2027, 1, 1), date(2027, 12, 31))
    assert notice.working == {date(2027, 2, 14), date(2027, 1, 9)}
    assert notice.rest == {date(2027, 1, 1), *(date(2027, 10, n) for n in (1, 2, 3))}


def test_a_notice_may_come_with_a_byte_order_mark_and_windows_line_ends(tmp_path):
    file = tmp_path / "notice.toml"
    file.write_bytes(
        b"\xef\xbb\xbf" + (HEAD + "rest = [2027-01-01]\n").replace("\n", "\r\n").encode()
    )
    assert load_notice(file).rest == {date(2027, 1, 1)}


def test_a_notice_that_names_no_day_says_that_the_week_is_as_always(tmp_path):
    file = tmp_path / "notice.toml"
    file.write_text(HEAD, "utf-8")
    assert load_notice(file).rest == frozenset()


def test_the_weekend_of_the_calendar_decides_what_a_make_up_day_is(tmp_path):
    file = tmp_path / "notice.toml"
    file.write_text(HEAD + "working = [2027-01-08]\n", "utf-8")  # a Friday
    assert load_notice(file, weekend=frozenset({4, 5})).working == {date(2027, 1, 8)}
    with pytest.raises(InputError, match="make_up_day_on_weekday"):
        load_notice(file)


def test_all_problems_are_reported_together_with_their_lines(tmp_path):
    found = problems(
        tmp_path,
        HEAD
        + """\
colour = "red"
rest = [
  2027-02-30,
  "2027-02-06 to 2027-02-12",
  2027-02-08, 2026-12-31,
  "2027-05-05 to 2027-05-01",
  2027-03-03,
]
working = [
  2027-03-03,
  2027-04-05,
  "tomorrow", 7,
]
""",
    )
    assert found == [
        "4: key_unknown key=colour",
        "6: date_invalid value=2027-02-30",
        "8: date_repeated date=2027-02-08 first_line=7",
        "8: date_outside_notice date=2026-12-31 first=2027-01-01 last=2027-12-31",
        "9: range_reversed value=2027-05-05 to 2027-05-01",
        "13: date_working_and_rest date=2027-03-03 first_line=10",
        "14: make_up_day_on_weekday date=2027-04-05",
        "15: date_invalid value=tomorrow",
        "15: date_invalid value=7",
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "",
            [f"0: key_missing key={key}" for key in ("source", "published", "first", "last")],
        ),
        (HEAD.replace('"A notice for 2027"', '" "'), ["1: value_invalid key=source"]),
        (HEAD.replace('"A notice for 2027"', "7"), ["1: value_invalid key=source"]),
        (HEAD.replace("2026-11-10", "2026-11-31"), ["2: date_invalid value=2026-11-31"]),
        (HEAD.replace("2026-11-10", "20261110"), ["2: date_invalid value=20261110"]),
        (HEAD.replace("2026-11-10", "2028-01-01"), ["2: published_after_range key=published"]),
        (HEAD.replace("year = 2027", 'year = "2027"'), ["3: value_invalid key=year"]),
        (HEAD.replace("year = 2027", "year = 27"), ["3: value_invalid key=year"]),
        (HEAD.replace("year = 2027", "year = true"), ["3: value_invalid key=year"]),
        (HEAD + "last = 2027-01-01\n", ["3: year_and_range key=year"]),
        (HEAD + "first = 2027-01-01\n", ["3: year_and_range key=year"]),
        (HEAD.replace("year = 2027", "first = 2027-01-01"), ["0: key_missing key=last"]),
        (
            HEAD.replace("year = 2027", "first = 2027-01-05\nlast = 2027-01-04"),
            ["4: range_reversed value=2027-01-05 to 2027-01-04"],
        ),
        (HEAD + "rest = 2027-01-01\n", ["4: value_invalid key=rest"]),
        (HEAD + "rest = [[2027-01-01]]\n", ["4: date_invalid value=['2027-01-01']"]),
        (HEAD + "rest = [{}, {}]\n", ["4: date_invalid value={}"] * 2),
        (HEAD + "rest = [2027-01-01T08:00:00]\n", ["4: date_invalid value=2027-01-01T08:00:00"]),
        (HEAD + 'rest = ["2027-W01-1"]\n', ["4: date_invalid value=2027-W01-1"]),
        (HEAD + 'rest = ["2027-01-01 to "]\n', ["4: date_invalid value=2027-01-01 to"]),
        (HEAD + f'rest = ["{"x" * 999}"]\n', [f"4: date_invalid value={'x' * 60}"]),
        (HEAD + "[days]\nrest = []\n", ["4: key_unknown key=days"]),
        (
            HEAD.replace("year = 2027", "first = 2020-01-01\nlast = 2027-12-31")
            + 'rest = ["2020-01-01 to 2027-01-01"]\n',
            ["5: range_too_long value=2020-01-01 to 2027-01-01 limit=366"],
        ),
        (
            HEAD + 'rest = ["2027-12-30 to 9999-12-31"]\n',
            ["4: date_outside_notice date=9999-12-31 first=2027-01-01 last=2027-12-31"],
        ),
    ],
)
def test_a_problem_is_named_with_its_line(tmp_path, content, expected):
    assert problems(tmp_path, content) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (HEAD + "rest = [2027-01-01\nworking = 3\n", "5: toml_syntax reason=Unclosed array"),
        (HEAD + "rest = [2027-01-01", "4: toml_syntax reason=Unclosed array"),
        (HEAD + "year = 2028\n", "4: toml_syntax reason=Cannot overwrite a value"),
        (HEAD.encode() + "来源 = 1\n".encode("gbk"), "4: not_utf8"),
        (b"#" * (MAX_BYTES + 1), "0: file_too_large limit=65536"),
        (b"source = \x00", "1: toml_syntax reason=Invalid value"),
        ("rest = " + "[" * 30_000, "0: toml_syntax reason=nested too deeply"),
    ],
    ids=["open list", "open list at the end", "key twice", "gbk", "too large", "nul", "deep"],
)
def test_a_file_that_cannot_be_read_at_all_has_one_problem(tmp_path, content, expected):
    assert problems(tmp_path, content) == [expected]


def test_a_number_that_is_too_long_to_read_is_a_problem_without_a_line(tmp_path):
    (found,) = problems(tmp_path, f"year = {'2' * 5000}\n")
    assert found.startswith("0: toml_syntax reason=Exceeds the limit")


def test_a_file_that_is_not_there_is_a_problem_and_no_crash(tmp_path):
    with pytest.raises(InputError, match="file_unreadable reason=No such file or directory"):
        load_notice(tmp_path / "absent.toml")
    with pytest.raises(InputError, match="file_unreadable reason=Is a directory"):
        load_notice(tmp_path)
