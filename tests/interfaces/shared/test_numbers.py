"""Numbers and shares as people of each language write them."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from dandang.interfaces.shared.words.numbers import count, listed, share, short


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        (0, "0", "0"),
        (9999, "9,999", "9,999"),
        (2.5, "2.5", "2.5"),
        (12_345, "1.2万", "12.3k"),
        (20_000, "2万", "20k"),
        (1_234_567, "123.5万", "1.2m"),
        (2_500_000_000, "25亿", "2.5bn"),
    ],
)
def test_large_numbers_are_short_in_charts(value, chinese, english):
    with override("zh-hans"):
        assert short(value) == chinese
    with override("en"):
        assert short(value) == english


def test_numbers_in_tables_are_exact():
    assert count(1_234_567) == "1,234,567"


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (0, 0, "--"),
        (0, 7, "0%"),
        (7, 7, "100%"),
        (5, 6, "83.3%"),
        (99_999, 100_000, "99.9%"),
        (1, 100_000, "0.1%"),
    ],
)
def test_a_share_never_hides_a_single_case(part, whole, words):
    assert share(part, whole) == words


@given(st.integers(1, 10**7).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_is_off_by_a_tenth_at_most(both):
    part, whole = both
    assert abs(float(share(part, whole)[:-1]) - 100 * part / whole) <= 0.1


def test_a_list_has_the_comma_of_its_language():
    with override("en"):
        assert listed(["a", "b"]) == "a, b"
