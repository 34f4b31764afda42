"""What people type in the fields of a verb, and what comes of it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.states import Verdict
from dandang.lifecycle.verbs import Field, Kind, Verb, Who
from dandang.lifecycle.verbs.values import MAX_LINE, parse
from dandang.terms import Code, Refusal


def verb(*fields: Field) -> Verb:
    return Verb("try", frozenset({Who.OFFICER}), frozenset(), (), fields=fields)


def code_of(field: Field, value: object) -> Code:
    with pytest.raises(Refusal) as caught:
        parse(verb(field), {field.name: value})
    return caught.value.code


NUMBER = Field("request", Kind.NUMBER)
LINE = Field("basis", Kind.LINE)
INSTANT = Field("due_at", Kind.INSTANT)
AGREED = Field("agreed", Kind.YES_NO)
VERDICT = Field("verdict", Kind.CHOICE, choices=tuple(Verdict))


def test_empty_optional_fields_are_left_out_and_required_ones_refused() -> None:
    optional = Field("basis", Kind.LINE, required=False)
    assert parse(verb(optional), {"basis": "  "}) == {}
    assert parse(verb(optional), {}) == {}
    assert code_of(LINE, "  ") is Code.FIELD_REQUIRED
    assert code_of(LINE, None) is Code.FIELD_REQUIRED


def test_a_line_is_one_line_of_a_certain_length() -> None:
    assert parse(verb(LINE), {"basis": " Duty list "}) == {"basis": "Duty list"}
    assert code_of(LINE, "two\nlines") is Code.TEXT_UNUSABLE
    assert code_of(LINE, "x" * (MAX_LINE + 1)) is Code.TEXT_TOO_LONG


@pytest.mark.parametrize("typed", ["yes", "TRUE", "1", "on", True], ids=repr)
def test_yes_is_said_in_several_ways(typed: object) -> None:
    assert parse(verb(AGREED), {"agreed": typed}) == {"agreed": True}


@pytest.mark.parametrize("typed", ["no", "False", "0", "off", False], ids=repr)
def test_no_is_said_in_several_ways(typed: object) -> None:
    assert parse(verb(AGREED), {"agreed": typed}) == {"agreed": False}


def test_a_choice_is_one_of_the_table_and_comes_back_as_its_own_type() -> None:
    assert parse(verb(VERDICT), {"verdict": "partly"}) == {"verdict": Verdict.PARTLY}
    assert code_of(VERDICT, "perhaps") is Code.VALUE_INVALID
    assert code_of(AGREED, "perhaps") is Code.VALUE_INVALID


@pytest.mark.parametrize("typed", ["-1", "1.5", "٣", "9" * 10, True, "one"], ids=repr)
def test_only_plain_digits_are_a_number(typed: object) -> None:
    assert code_of(NUMBER, typed) is Code.VALUE_INVALID


def test_an_instant_needs_a_time_zone() -> None:
    noon = datetime(2026, 11, 19, 12, tzinfo=UTC)
    assert parse(verb(INSTANT), {"due_at": noon}) == {"due_at": noon}
    assert parse(verb(INSTANT), {"due_at": noon.isoformat()}) == {"due_at": noon}
    assert code_of(INSTANT, "2026-11-19T12:00") is Code.VALUE_INVALID
    assert code_of(INSTANT, "tomorrow") is Code.VALUE_INVALID
    assert code_of(INSTANT, ["2026"]) is Code.VALUE_INVALID


def test_a_field_the_verb_does_not_have_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        parse(verb(LINE), {"basis": "x", "holder": "me"})
    assert caught.value.code is Code.FIELD_UNKNOWN


@given(st.sampled_from([NUMBER, LINE, INSTANT, AGREED, VERDICT]), st.text())
def test_whatever_is_typed_is_taken_or_refused_with_a_code(field: Field, typed: str) -> None:
    refused_field = field.name
    given_back: dict[str, object] = {field.name: typed}
    try:
        given_back = parse(verb(field), {field.name: typed})
    except Refusal as refused:
        refused_field = str(refused.details["field"])
    assert refused_field == field.name
    assert given_back.keys() == {field.name}
