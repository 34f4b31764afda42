"""What in a text belongs to a person: found however it is written, and nothing else touched."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric, uscc

from dandang.lifecycle.redaction.contacts import names_contact
from dandang.lifecycle.redaction.marks import MarkKind, marks_in, parts_of, without
from dandang.lifecycle.redaction.numbers import NumberKind, numbers_in, without_numbers

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
PLAIN = st.text("小区停水了，。 的我们a B\n", max_size=12)
ANY = st.text(
    st.sampled_from("0123456789-. +１３８０湘AX@qwx微信号:：，。小区年月日*"), max_size=40
)


def digits(length: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=length, max_size=length)


@st.composite
def mobiles(draw):
    return "1" + draw(st.sampled_from("3456789")) + draw(digits(9))


@st.composite
def id_cards(draw):
    born = draw(st.dates(date(1900, 1, 1), date(2099, 12, 31))).strftime("%Y%m%d")
    body = draw(st.sampled_from(("110101", "420106", "330102"))) + born + draw(digits(3))
    return body + ric.calc_check_digit(body + "0")


@st.composite
def bank_cards(draw):
    body = "62" + draw(digits(draw(st.sampled_from((13, 14, 16)))))
    return body + luhn.calc_check_digit(body)


@st.composite
def companies(draw):
    body = "91" + draw(digits(6)) + draw(st.text("0123456789ABCDEFGH", min_size=9, max_size=9))
    return body + uscc.calc_check_digit(body + "0")


PLATES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from("湘京鄂"),
    st.sampled_from("ABE"),
    st.sampled_from(("", "·", " ", "-")),
    st.from_regex(r"\A[0-9][A-HJ-NP-Z0-9]{4,5}\Z"),
)
EMAILS = st.from_regex(r"\A[a-z0-9]{1,8}@[a-z0-9]{2,8}\.(com|cn)\Z")
KINDS = {
    NumberKind.MOBILE: mobiles(),
    NumberKind.ID_CARD: id_cards(),
    NumberKind.BANK_CARD: bank_cards(),
    NumberKind.ORGANIZATION: companies(),
    NumberKind.PLATE: PLATES,
    NumberKind.EMAIL: EMAILS,
}


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_a_number_is_found_where_it_stands_and_nothing_else_is_touched(kind, data):
    before, after = data.draw(PLAIN), data.draw(PLAIN)
    number = data.draw(KINDS[kind])
    assume(not (before + "，")[-1:].isascii() or before.endswith(("\n", " ")) or not before)
    text = f"{before}，{number}，{after}"
    masked = without_numbers(text)
    assert masked == f"{before}，***，{after}"


@given(mobiles(), st.lists(st.sampled_from(["", " ", "-", ".", "  ", "—", "·"]), min_size=10))
def test_what_stands_between_digits_hides_no_mobile_number(number, between):
    written = "".join(one + gap for one, gap in zip(number, [*between[:10], ""], strict=True))
    for text in (f"电话{written}找我", f"电话{written.translate(WIDE)}找我"):
        assert without_numbers(text) == "电话***找我"


@given(id_cards())
def test_a_slip_in_an_identity_number_hides_nobody(number):
    slipped = number[:-1] + ("1" if number[-1] != "1" else "2")
    assert without_numbers(f"证号{slipped}。") == "证号***。"


@given(ANY)
def test_what_is_masked_has_no_numbers_left_and_stays_as_it_is(text):
    masked = without_numbers(text)
    assert numbers_in(masked) == []
    assert without_numbers(masked) == masked


@given(ANY)
def test_numbers_are_in_order_and_do_not_overlap(text):
    found = numbers_in(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("0731-88887777", NumberKind.LANDLINE),
        ("(010) 6555 1234 转 12", NumberKind.LANDLINE),
        ("座机：8888 7777", NumberKind.LANDLINE),
        ("call (212) 555-0147", NumberKind.LANDLINE),
        ("+44 20 7946 0958", NumberKind.LANDLINE),
        ("+86 138 0013 8000", NumberKind.MOBILE),
        ("身份证 110101 19900307 4477", NumberKind.ID_CARD),
        ("110101900307447", NumberKind.ID_CARD),
        ("微信号：abc_def", NumberKind.ACCOUNT),
        ("QQ 12345678", NumberKind.ACCOUNT),
        ("wechat id: liu-fang", NumberKind.ACCOUNT),
        ("湘A·D12345", NumberKind.PLATE),
        ("邮箱 Liu.Fang＠Example.com", NumberKind.EMAIL),
        ("6222021234567890128", NumberKind.BANK_CARD),
    ],
)
def test_every_kind_of_number_is_known(text, kind):
    assert [one.kind for one in numbers_in(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "2026年10月12日 13:20",
        "拨打12345和110",
        "欠薪 123456 元，共 30 人",
        "A7县A4区",
        "文号〔2019〕12号",
        "wechat payment was refused",
        "每平方米 12,500.00 元",
        "since 2019-04-25 09:32:09",
    ],
)
def test_what_belongs_to_nobody_is_left(text):
    assert without_numbers(text) == text


def test_a_letter_that_becomes_two_moves_no_place():
    assert without_numbers("straße 13800138000 ﬁn") == "straße *** ﬁn"


def marked(text: str) -> list[tuple[str, MarkKind]]:
    return [(text[mark.start : mark.end], mark.kind) for mark in marks_in(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("我叫李小明，李小明住这里", ["李小明", "李小明"]),
        ("王先生和张女士都来了", ["王先生", "张女士"]),
        ("欧阳明先生", ["欧阳明"]),
        ("联系人：欧阳明 ", ["欧阳明"]),
        ("本人刘芳，今年六十", ["刘芳"]),
        ("张伟，家住对面", ["张伟"]),
        ("My name is John Smith.", ["John Smith"]),
        ("Mrs. Liu called", ["Liu"]),
        ("胡书记和陈局长来过，李主任也来了", []),
        ("Mayor Brown came", []),
        ("我们小区停水，高速口堵车", []),
        ("，先生您好", []),
        ("我叫李主任", []),
    ],
)
def test_people_are_marked_and_officials_are_not(text, names):
    assert [word for word, kind in marked(text) if kind is MarkKind.NAME] == names


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("湖滨路3号2栋1单元502室没有水", "湖滨路3号2栋1单元502室"),
        ("幸福小区12栋停电", "幸福小区12栋"),
        ("我家住湖滨路3号", "湖滨路3号"),
        ("业主王家大院3号楼", "业主王家大院3号楼"),
        ("at 12 Baker Street since", "12 Baker Street"),
        ("in Apt 5B, nobody", "Apt 5B"),
    ],
)
def test_houses_are_marked(text, address):
    assert marked(text) == [(address, MarkKind.ADDRESS)]


@pytest.mark.parametrize("text", ["3月5号停水", "湖滨路一整栋楼", "第3号文件", "初五号召大家"])
def test_days_and_whole_roads_are_no_house(text):
    assert [word for word, kind in marked(text) if kind is MarkKind.ADDRESS] == []


@given(st.text(st.sampled_from("我叫李小明王先生湖滨路3号2栋。，aB \n"), max_size=40))
def test_the_parts_of_a_text_are_the_text(text):
    parts = parts_of(text, marks_in(text))
    assert "".join(part for part, _ in parts) == text
    assert all(part for part, _ in parts)


@pytest.mark.parametrize(
    "text",
    [
        "卡号6222 0212 3456 7890 123",
        "银行卡：6222021234567890127",
        "Card no. 4111-1111-1111-1112",
        "139\u00ad0000\u20604711",
    ],
)
def test_neither_a_slip_in_a_card_number_nor_what_nobody_sees_hides_a_number(text):
    assert "***" in without_numbers(text)
    assert not any(letter.isdigit() for letter in without_numbers(text))


def test_what_an_officer_ticks_is_taken_out_everywhere():
    assert without("李小明和李小", ["李小", "李小明", ""]) == "***和***"


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("刘芳家没水", "刘芳"),
        ("打 139-0000 0000 给我", "13900000000"),
        ("写 LIU@example.org", "liu@Example.org"),
        ("said Mary Liu yesterday", "mary  liu"),
        ("ｌｉｕ＠example.org", "liu@example.org"),
        ("said Mary\nLiu yesterday", "Mary Liu"),
        ("欧阳 娜家没水", "欧阳娜"),
        ("刘\u200b小芳家没水", "刘小 芳"),
        ("打 5550101 找我", "0711-5550101"),
        ("call 13900000000", "+86 139 0000 0000"),
    ],
)
def test_a_text_that_names_its_sender_is_known(text, contact):
    assert names_contact(text, [contact])


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("没有水", "刘芳"),
        ("刘家村没水", "刘"),
        ("summary of it", "Mary"),
        ("since 2019", "2019"),
        ("anything", ""),
        ("一 二 三", "123"),
        ("on 2026-10-12", "liu1120261012@example.org"),
    ],
)
def test_a_text_that_does_not_name_its_sender_is_left(text, contact):
    assert not names_contact(text, [contact])
