"""What people type is checked with the same rules as everywhere, and refused in words."""

import pytest
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from dandang.interfaces.shared.forms import TextField


class Letter(forms.Form):
    subject = TextField(label="Subject", limit=5)
    body = TextField(label="Body", lines=True, required=False)
    number = TextField(required=False, validators=[RegexValidator(r"^\d+$", "Digits, please.")])


def letter(**typed: str) -> Letter:
    return Letter({"subject": "Hello", **typed})


def test_a_text_is_trimmed_and_its_line_ends_are_line_feeds():
    form = letter(body="  one\r\ntwo\rthree  ")
    assert form.is_valid()
    assert form.cleaned_data["body"] == "one\ntwo\nthree"


def test_a_line_has_no_line_ends():
    form = letter(subject="a\r\nb")
    assert form.is_valid()
    assert form.cleaned_data["subject"] == "a b"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("   ", "Please fill this in."),
        ("longer", "At most 5 characters, please shorten it."),
        ("a\0b", "The text contains invisible control characters"),
        ("a\ud800", "The text contains invisible control characters"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(typed, words):
    with override("en"):
        form = letter(subject=typed)
        assert not form.is_valid()
        assert form.errors["subject"][0].startswith(words)


def test_the_words_are_those_of_the_reader_s_language():
    with override("zh-hans"):
        assert letter(subject="").errors["subject"] == ["请填写。"]


def test_an_optional_text_may_be_left_out_and_its_own_rules_hold_when_it_is_not():
    assert letter().is_valid()
    assert letter(number="12").is_valid()
    assert letter(number="twelve").errors["number"] == ["Digits, please."]


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=40))
def test_any_text_is_either_kept_or_refused(text):
    form = letter(body=text)
    assert form.is_valid() or form.errors["body"]
