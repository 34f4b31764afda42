"""Stories of files in another encoding than their map says."""

import codecs

import pytest

from dandang.lifecycle.intake.importing.encodings import encoding_of
from dandang.terms import InputError

CHINESE = "编号,内容\n1,路灯坏了,没人修\n" * 50


def detected(path, declared: str) -> str:
    with pytest.raises(InputError) as caught:
        encoding_of(path, declared)
    (problem,) = caught.value.problems
    assert problem.code == "other_encoding"
    assert problem.params["encoding"] == declared
    return str(problem.params["detected"])


@pytest.fixture
def file(tmp_path):
    def write(content: bytes):
        path = tmp_path / "rows.csv"
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "big5"])
def test_a_file_in_the_encoding_of_its_map_is_fine(file, encoding):
    text = CHINESE if encoding != "big5" else "編號,內容\n"
    assert encoding_of(file(text.encode(encoding)), encoding) in {encoding, "utf-8-sig"}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "cp1252"])
def test_plain_ascii_is_fine_in_any_encoding(file, encoding):
    assert encoding_of(file(b"id,text\n1,a\n"), encoding) == encoding


def test_an_empty_file_is_fine(file):
    assert encoding_of(file(b""), "utf-8-sig") == "utf-8-sig"


def test_a_chinese_file_that_is_not_utf_8_is_told_with_its_name(file):
    assert detected(file(CHINESE.encode("gb18030")), "utf-8-sig") == "gb18030"


def test_a_chinese_file_that_looks_half_like_utf_8_is_told_all_the_same(file):
    content = "停水停水停水路灯\n".encode("gb18030")
    assert content.decode(errors="ignore")  # some of its bytes happen to be UTF-8
    assert detected(file(content), "utf-8-sig") == "gb18030"


def test_a_utf_8_file_under_another_name_is_told(file):
    assert detected(file(CHINESE.encode()), "gb18030") == "utf-8"


@pytest.mark.parametrize("declared", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ],
)
def test_a_byte_order_mark_is_believed_more_than_the_map(file, declared, mark, encoding):
    ending = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}.get(mark, "utf-8")
    assert encoding_of(file(mark + CHINESE.encode(ending)), declared) == encoding


def test_a_stray_byte_is_left_to_its_row(file):
    assert encoding_of(file(CHINESE.encode() + b"2,\xff\n"), "utf-8-sig") == "utf-8-sig"
    assert encoding_of(file(b"id,text\n1,caf\xe9\n2,a\n"), "utf-8-sig") == "utf-8-sig"


def test_half_a_character_at_the_end_of_utf_16_is_told(file):
    assert detected(file("标题".encode("utf-16-le") + b"A"), "utf-16-le") == ""


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(InputError) as caught:
        encoding_of(tmp_path / "nothing.csv", "utf-8")
    assert caught.value.problems[0].code == "file_unreadable"
