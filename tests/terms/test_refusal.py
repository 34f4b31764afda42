"""Refusals are codes that never change their word."""

import pytest

from dandang.terms import Code, Refusal


def test_a_refusal_says_why_and_holds_what_its_words_need():
    refusal = Refusal(Code.TEXT_TOO_LONG, field="note", limit=10)
    assert refusal.code is Code.TEXT_TOO_LONG
    assert refusal.details == {"field": "note", "limit": 10}
    assert str(refusal) == "text_too_long"


def test_details_cannot_be_changed_on_the_way():
    with pytest.raises(TypeError):
        Refusal(Code.NOT_FOUND, field="x").details["field"] = "y"


@pytest.mark.parametrize("code", Code)
def test_a_code_is_its_name_in_lower_case(code):
    assert code.value == code.name.lower()
