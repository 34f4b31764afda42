"""The state of a case: a value that never changes, and its changed copies."""

from dataclasses import FrozenInstanceError, replace

import pytest

from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.states import State
from tests import town
from tests.lifecycle.story import Story


def test_a_changed_case_is_what_replace_makes_of_it_and_the_first_stays_as_it_was() -> None:
    case = Story().opens().case
    before = replace(case)
    after = case.changed(state=State.PROPOSED, listed_at=town.MONDAY)
    assert after == replace(case, state=State.PROPOSED, listed_at=town.MONDAY)
    assert after.clocks is case.clocks
    assert case == before
    assert after != case


def test_a_case_has_no_other_fields_and_cannot_be_set() -> None:
    case = Story().opens().case
    with pytest.raises(TypeError, match="colour"):
        case.changed(colour="red")
    with pytest.raises(FrozenInstanceError):
        case.holder = "water-duty"


def test_a_case_is_restored_from_its_fields_and_from_nothing_less_or_more() -> None:
    case = Story().opens().case
    given = vars(case)
    left_out = [name for name in ("sponsor", "calls", "listed_at") if not given[name]]
    fewer = {name: value for name, value in given.items() if name not in left_out}
    assert len(left_out) == 3
    assert CaseState.restored(given) == CaseState.restored(fewer) == case
    for wrong in ({**given, "colour": "red"}, {"holder": case.holder}):
        with pytest.raises(TypeError):
            CaseState.restored(wrong)
