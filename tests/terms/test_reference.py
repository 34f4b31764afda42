"""References and access codes survive paper, telephone and every keyboard."""

import hashlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.terms import (
    access_code_from,
    access_hash,
    check_reference,
    new_access_code,
    new_reference,
    normalise_access_code,
    normalise_reference,
)
from dandang.terms.reference import ACCESS_CODE_LENGTH, ALPHABET, REFERENCE_LENGTH

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212\uff0d_./ \u3000\t\n\u200b"
references = st.text(ALPHABET, min_size=8, max_size=8).map(lambda drawn: f"{drawn[:4]}-{drawn[4:]}")
access_codes = st.text(ALPHABET, min_size=ACCESS_CODE_LENGTH, max_size=ACCESS_CODE_LENGTH)


def wide(text: str) -> str:
    """Return the full-width form that Chinese keyboards type."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


@st.composite
def as_typed(draw, texts):
    """Return a text and one of the ways in which people type it."""
    text = draw(texts)
    typed = ""
    for char in text.replace("-", ""):
        form = draw(st.sampled_from([str, str.lower, wide, lambda c: wide(c.lower())]))
        typed += draw(st.text(DASHES, max_size=2)) + form(char)
    return text, typed + draw(st.text(DASHES, max_size=2))


@given(as_typed(references))
def test_any_case_width_and_dash_finds_the_same_reference(pair):
    reference, typed = pair
    assert normalise_reference(typed) == reference
    assert check_reference(typed)


@given(as_typed(access_codes))
def test_any_case_width_and_dash_opens_with_the_same_access_code(pair):
    code, typed = pair
    assert normalise_access_code(typed) == code


@given(st.text())
def test_the_stored_form_is_its_own_stored_form(text):
    assert normalise_reference(normalise_reference(text)) == normalise_reference(text)
    assert normalise_access_code(normalise_access_code(text)) == normalise_access_code(text)


@given(references, references)
def test_different_references_stay_different(one, other):
    assert (normalise_reference(one) == normalise_reference(other)) == (one == other)


@pytest.mark.parametrize("text", ["", "7K4M", "7K4M-9Q2", "7K4M-9Q2XX", "OK4M-9Q2X", "7K4M-9Q2l"])
def test_what_has_not_the_shape_is_no_reference(text):
    assert not check_reference(text)


@pytest.mark.parametrize("text", ["七K4M-9Q2X", "7K4M-9Q2\ud800", "7K4M\x00-9Q2", "٧K4M-9Q2X"])
def test_strange_characters_make_no_reference_and_no_crash(text):
    assert not check_reference(text)


def test_no_character_is_mistaken_for_another():
    assert not set("0O1IL") & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET) == 31


def test_an_access_code_carries_128_bits():
    assert ACCESS_CODE_LENGTH * math.log2(len(ALPHABET)) > 128


def test_fresh_ones_have_the_stored_form():
    reference, code = new_reference(), new_access_code()
    assert normalise_reference(reference) == reference
    assert check_reference(reference)
    assert len(reference) == REFERENCE_LENGTH + 1
    assert normalise_access_code(code) == code
    assert len(code) == ACCESS_CODE_LENGTH


def test_fresh_ones_differ():
    assert len({new_access_code() for _ in range(50)}) == 50
    assert len({new_reference() for _ in range(50)}) == 50


@given(st.binary(min_size=32, max_size=64))
def test_one_digest_has_one_access_code_of_the_usual_shape(digest):
    code = access_code_from(digest)
    assert code == access_code_from(digest)
    assert len(code) == ACCESS_CODE_LENGTH
    assert set(code) <= set(ALPHABET)


@given(st.sets(st.binary(min_size=32, max_size=32), min_size=2, max_size=20))
def test_different_digests_have_different_access_codes(digests):
    assert len({access_code_from(digest) for digest in digests}) == len(digests)


def test_a_digest_without_enough_bits_makes_no_access_code():
    with pytest.raises(ValueError, match="31 bytes"):
        access_code_from(b"x" * 31)


def test_every_letter_of_a_derived_code_occurs_as_often_as_any_other():
    drawn = "".join(
        access_code_from(hashlib.sha256(str(number).encode()).digest()) for number in range(2000)
    )
    expected = len(drawn) / len(ALPHABET)
    assert all(abs(drawn.count(letter) - expected) < 6 * math.sqrt(expected) for letter in ALPHABET)


@given(st.text())
def test_anything_typed_has_a_hash_and_only_itself(text):
    assert len(access_hash(text)) == 32
    assert access_hash(text) != access_hash(text + "2")
