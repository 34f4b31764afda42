"""What is wrong with a file as a whole: encoding, quoting, headers."""

import pytest

from dandang.organization.files.text import MAX_BYTES
from tests.organization.jiangcheng import files
from tests.organization.spoiling import TOML, add, only, problems_of, spoil


def test_a_folder_without_its_main_file_is_refused_once():
    spoilt = files()
    del spoilt[TOML]
    assert only(spoilt) == (TOML, 0, "missing_file", {})


def test_a_table_nobody_knows_is_refused():
    assert only({**files(), "dutys.csv": b"a,b\n"}) == ("dutys.csv", 0, "unknown_file", {})


@pytest.mark.parametrize(
    ("content", "encoding", "line"),
    [
        ("code,name_zh,name_en\nX-1,周一,One\n".encode("gb18030"), "GB18030", 2),
        ("code,name_zh,name_en\nX-1,周一,One\n".encode("utf-16"), "UTF-16", 1),
        (b"code,name_zh,name_en\nX-1,\xff\xfe\xff,One\n", "", 2),
        (b"code,name_zh,name_en\nX-1,caf\xe9 \xe9t\xe9,One\n", "", 2),
    ],
)
def test_another_encoding_is_named_with_the_line_of_its_first_trace(content, encoding, line):
    found = only({**files(), "officers.csv": content})
    assert found == ("officers.csv", line, "wrong_encoding", {"encoding": encoding})


def test_nul_bytes_are_refused_with_their_line():
    spoilt = {**files(), "officers.csv": b"code,name_zh,name_en\nX-1,\0,One\n"}
    assert only(spoilt) == ("officers.csv", 2, "nul_byte", {})


def test_a_file_beyond_the_limit_is_not_read():
    spoilt = {**files(), "officers.csv": b"x" * (MAX_BYTES + 1)}
    assert only(spoilt) == ("officers.csv", 0, "file_too_large", {"limit": MAX_BYTES})


def test_broken_quoting_is_refused_with_the_line_where_the_record_starts():
    spoilt = add("posts.csv", 'a,water,"岗,Post,,\nb,water,岗,Post,,\n')
    source, line, code, params = only(spoilt)
    assert (source, line, code) == ("posts.csv", 17, "not_csv")
    assert params["detail"] == "unexpected end of data"


def test_text_after_a_closing_quote_is_refused():
    source, line, code, _ = only(add("posts.csv", 'a,water,"岗"x,Post,,\n'))
    assert (source, line, code) == ("posts.csv", 17, "not_csv")


def test_a_quoted_cell_over_two_lines_keeps_the_count_of_lines_right():
    spoilt = add("posts.csv", 'a,water,"岗\n二",Post,,\nb,nowhere,岗,Post,,\n')
    source, line, code, params = only(spoilt)
    assert (source, line, code) == ("posts.csv", 19, "unknown_reference")
    assert params == {"key": "unit", "refers": "units", "value": "nowhere"}


def test_invalid_toml_is_refused_with_its_line():
    spoilt = spoil(TOML, 'code = "jiangcheng"', "code = jiangcheng")
    source, line, code, params = only(spoilt)
    assert (source, line, code) == (TOML, 4, "not_toml")
    assert params["detail"]


def test_what_cannot_be_read_makes_nothing_else_look_missing():
    spoilt = spoil(TOML, "[body]", "[body")
    assert [problem.code for problem in problems_of(spoilt)] == ["not_toml"]


@pytest.mark.parametrize(
    ("content", "code", "params"),
    [
        ("", "missing_header", {}),
        ("\n\n", "missing_header", {}),
        (",,\n", "missing_header", {}),
        ("code,,name_zh,name_en\n", "unknown_key", {"key": ""}),
        ("code;name_zh;name_en\n", "wrong_delimiter", {}),
        ("code\tname_zh\tname_en\n", "wrong_delimiter", {}),
        ("code,name_zh,name_en,age\n", "unknown_key", {"key": "age"}),
        ("code,name_zh\n", "missing_key", {"key": "name_en"}),
        ("code,name_zh,name_en,code\n", "duplicate_key", {"key": "code"}),
    ],
)
def test_a_wrong_header_is_refused(content, code, params):
    spoilt = {**files(), "officers.csv": content.encode()}
    source, line, found, found_params = only(spoilt)
    assert (source, found, found_params) == ("officers.csv", code, params)
    assert line == (0 if code == "missing_header" else 1)
