"""Stories of corrections: what was wrong is said by a new entry, and nothing is edited."""

from dataclasses import replace

from dandang.terms import Code
from tests import town
from tests.lifecycle.at_water import at_water
from tests.lifecycle.story import refused

WRONG = {"wrong": "It is number 9", "text": "It is number 6"}


def test_a_correction_names_an_entry_and_changes_nothing_else() -> None:
    story = at_water().does("note", town.LI_NA, text="Number 9")
    before, records = story.case, list(story.records)
    story.does("correct", town.LI_NA, corrects_seq=before.seq, **WRONG)
    assert story.case == replace(before, seq=before.seq + 1)
    assert story.records[:-1] == records
    assert story.records[-1].event.corrects_seq == before.seq


def test_what_never_happened_is_not_corrected() -> None:
    story = at_water()
    number = story.case.seq + 1
    refused(Code.UNKNOWN_EVENT, story, "correct", town.LI_NA, corrects_seq=number, **WRONG)
    story.does("correct", town.CHEN_HUI, corrects_seq=0, **WRONG)


def test_a_stranger_corrects_nothing() -> None:
    refused(Code.NOT_PERMITTED, at_water(), "correct", town.LUO_JING, corrects_seq=0, **WRONG)
