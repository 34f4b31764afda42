"""The one check of every free text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.terms import MAX_TEXT, Code, Refusal, check_text

usable = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\r\t"))


def refusal_of(value: str, **options: object) -> Refusal:
    with pytest.raises(Refusal) as refused:
        check_text("note", value, **options)
    return refused.value


@given(usable)
def test_a_checked_text_passes_again_unchanged(value):
    text = check_text("note", value, required=False)
    assert check_text("note", text, required=False) == text


@given(usable)
def test_a_checked_text_is_trimmed_composed_and_has_one_kind_of_line_end(value):
    text = check_text("note", value, required=False)
    assert text == text.strip()
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text
    text.encode("utf-8")


@given(usable, usable)
def test_the_three_line_ends_are_one(before, after):
    texts = {
        check_text("note", f"x{before.rstrip()}{end}{after.lstrip()}x")
        for end in ("\n", "\r\n", "\r")
    }
    assert len(texts) == 1


@given(
    usable, st.sampled_from(["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ud800", "\udfff"]), usable
)
def test_what_the_database_or_the_ledger_cannot_hold_is_refused(before, poison, after):
    refusal = refusal_of(f"a{before}{poison}{after}z", limit=10**9)
    assert refusal.code is Code.TEXT_UNUSABLE
    assert refusal.details == {"field": "note"}


@pytest.mark.parametrize("value", ["", " ", "\r\n\t", "\u3000\u3000"])
def test_an_empty_text_is_refused_only_where_one_is_required(value):
    refusal = refusal_of(value)
    assert (refusal.code, refusal.details) == (Code.FIELD_REQUIRED, {"field": "note"})
    assert check_text("note", value, required=False) == ""


def test_a_text_of_the_limit_passes_and_one_character_more_does_not():
    assert check_text("note", "水" * MAX_TEXT) == "水" * MAX_TEXT
    refusal = refusal_of("水" * (MAX_TEXT + 1))
    assert refusal.code is Code.TEXT_TOO_LONG
    assert refusal.details == {"field": "note", "limit": MAX_TEXT, "length": MAX_TEXT + 1}


def test_the_limit_counts_characters_and_not_the_spaces_around_them():
    assert check_text("note", "  abc  ", limit=3) == "abc"


def test_the_limit_holds_for_what_is_kept():
    # U+FB2C becomes three characters when composed.
    assert refusal_of("\ufb2c", limit=2).details["length"] == 3


def test_letters_and_their_accents_become_one():
    assert check_text("note", "cafe\u0301") == "caf\u00e9"


def test_the_refusal_does_not_repeat_the_text():
    assert "secret" not in str(refusal_of("secret\x00")) + str(refusal_of("secret\x00").details)
