"""Which field whom: the table of field-level rules against a table written by hand."""

import pytest

from dandang.lifecycle.contact.sight import FIELDS, Sight, sight
from dandang.terms import Actor
from tests import town
from tests.lifecycle.story import Story

WHO = {
    "L": town.LI_NA,
    "H": town.SUN_TAO,
    "O": town.WANG_QIANG,
    "D": town.ZHAO_MIN,
    "S": town.CHEN_HUI,
    "M": town.MA_LIN,
    "A": town.XU_FANG,
    "R": town.TANG_YU,
}
"""Holder, head of it, another unit, dispatcher, supervision, mayor, audit, administration."""

ALL_READ = "LHDSMA"
CONTACT = {"full": "", "masked": "LHDS"}
EXPECTED: dict[str, dict[str, str]] = {
    **{
        field: {"full": ALL_READ, "masked": ""}
        for field in (
            *("title", "text", "location", "files", "category", "area", "holder", "state"),
            *("clocks", "replies", "history", "ledger_numbers", "internal_notes"),
            *("officers_reasons", "acting_officers", "subject_units"),
        )
    },
    **dict.fromkeys(("name", "phone", "email", "proxy_name", "proxy_relation"), CONTACT),
    "checked": {"full": "", "masked": ""},
    "private_answers": {"full": "DS", "masked": ""},
    "authors_of_objections": {"full": "S", "masked": ""},
    "access_code": {"full": "", "masked": ""},
}


def seen(story: Story, field: str, how: Sight, unmasked: tuple[int, ...] = ()) -> str:
    return "".join(
        letter
        for letter, code in WHO.items()
        if sight(field, story.facts(Actor.officer(code)), unmasked) is how
    )


def test_every_field_has_a_row_written_by_hand():
    assert EXPECTED.keys() == FIELDS.keys(), "a new field: say here whom it is shown to"


@pytest.mark.parametrize("field", EXPECTED)
def test_a_field_is_shown_to_whom_it_should_be(field):
    story = Story().opens()
    assert seen(story, field, Sight.FULL) == EXPECTED[field]["full"]
    assert seen(story, field, Sight.MASKED) == EXPECTED[field]["masked"]


def test_where_the_complaint_is_about_a_unit_nothing_is_shown_masked():
    story = Story().opens()
    story.does("name-subject", town.CHEN_HUI, unit="housing", text="About them")
    assert seen(story, "phone", Sight.MASKED) == ""
    assert seen(story, "phone", Sight.FULL) == ""


def test_what_was_unmasked_is_shown_to_those_who_may_read_alone():
    story = Story().opens()
    assert seen(story, "phone", Sight.FULL, (1,)) == ALL_READ
    assert seen(story, "phone", Sight.MASKED, (2,)) == "LHDS"


def test_a_field_without_a_rule_is_a_mistake():
    with pytest.raises(KeyError):
        sight("shoe_size", Story().opens().facts(Actor.officer(town.LI_NA)))
