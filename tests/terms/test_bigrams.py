"""What a text is found by: laws of the pure functions, and the same answers as a plain search."""

import csv
import re
from functools import cache
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from dandang.terms.bigrams import (
    MAX_POSITION,
    any_of,
    bigrams,
    normal,
    query,
    vector,
)

REAL = Path(__file__).parents[2].parent / "shared" / "data" / "requests_zh" / "messages_replies.csv"
CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4E20), min_size=1, max_size=6)
MIXED = st.lists(
    st.one_of(CHINESE, st.sampled_from(["5G", "ＡＴＭ", "b2", "，", " ", "\n", "café", "𠮷"])),
    max_size=12,
).map("".join)


def test_chinese_is_found_by_characters_and_pairs_and_the_rest_by_words():
    assert bigrams("渣土车ATM 5g") == ["渣", "渣土", "土", "土车", "车", "atm", "5g"]


def test_case_and_width_make_no_difference():
    assert bigrams("ＡＴＭ ５Ｇ") == bigrams("atm 5g")
    assert vector("ＡＴＭ机") == vector("atm机")


def test_punctuation_parts_what_stands_beside_it():
    assert "水电" not in bigrams("水、电")
    assert query("水、电") == "('水' <2> '电')"


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("路", "('路')"),
        ("渣土车 夜间", "('渣土' <1> '土车') & ('夜间')"),
        ("5G基站", "('5g' <1> '基站')"),
        ("A7县", "('a7' <1> '县')"),
        ("  ", ""),
        ("、！?", ""),
        ("it's", "('it' <2> 's')"),
    ],
)
def test_every_word_is_asked_for_as_it_was_typed(typed, asked):
    assert query(typed) == asked


def test_more_words_than_anybody_needs_are_not_asked_for():
    assert query(" ".join(f"w{number}" for number in range(40))).count("&") == 11


def test_tokens_are_found_one_or_another():
    assert any_of(["停水", "5g"]) == "'停水' | '5g'"


@settings(max_examples=settings().max_examples // 5)  # each text is longer than any page
@given(MIXED)
def test_no_place_is_beyond_what_the_database_tells_apart(text):
    beyond = text * (MAX_POSITION // max(1, len(text)) + 2)
    places = [int(place) for place in re.findall(r"[:,](\d+)", vector(beyond))]
    assert all(0 < place < MAX_POSITION for place in places)


@given(MIXED)
def test_nothing_of_a_text_can_break_out_of_its_quotes(text):
    for token in bigrams(text + "'\\:*()|&!<->"):
        assert not set(token) & set("'\\:*()|&!<> ")


def finds(texts: list[str], typed: str) -> list[int]:
    """Return which texts the database finds."""
    return finds_among([vector(text) for text in texts], typed)


def finds_among(vectors: list[str], typed: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number FROM unnest(%s::text[]) WITH ORDINALITY AS texts (kept, number)"
            " WHERE kept::tsvector @@ %s::tsquery ORDER BY number",
            [vectors, query(typed)],
        )
        return [number - 1 for (number,) in cursor.fetchall()]


def contain(texts: list[str], typed: str) -> list[int]:
    """Return which texts contain every word: what LIKE finds."""
    words = normal(typed).split()
    return [at for at, text in enumerate(texts) if all(word in normal(text) for word in words)]


@pytest.mark.django_db
@given(st.lists(MIXED, min_size=1, max_size=6), CHINESE)
def test_a_chinese_word_finds_what_a_plain_search_finds(texts, typed):
    assert finds(texts, typed) == contain(texts, typed)


@pytest.mark.django_db
def test_fixed_searches_find_what_they_should():
    texts = ["渣土车夜间施工", "夜间渣土车", "渣土 车 夜间", "5G基站辐射", "基站5G", "A7县的路"]
    assert finds(texts, "渣土车 夜间") == [0, 1]
    assert finds(texts, "5g基站") == [3]
    assert finds(texts, "路") == [5]
    assert finds(texts, "a7县") == [5]
    assert finds(texts, "5g") == [3, 4]


WORDS = (
    *("路", "水", "渣土", "渣土车", "夜间", "渣土车 夜间", "拖欠工资", "小区 停车", "物业费"),
    *("人才购房补贴", "搅拌站", "噪音 扰民", "学", "公交 线路", "丽发新城"),
)


@cache
def real_messages() -> tuple[list[str], list[str]]:
    """Return real messages, and what is kept of each."""
    with REAL.open(encoding="utf-8-sig", newline="") as file:
        texts = [" ".join(str(one) for one in row.values()) for row in csv.DictReader(file)][:1500]
    return texts, [vector(text) for text in texts]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", WORDS)
def test_real_messages_are_found_as_a_plain_search_finds_them(typed):
    if not REAL.exists():
        pytest.skip(f"no real messages at {REAL}")
    texts, vectors = real_messages()
    found = finds_among(vectors, typed)
    assert found == contain(texts, typed)
    assert found, "a search that finds nothing shows nothing"
