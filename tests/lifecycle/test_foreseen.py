"""Laws of what is foreseen: exactly that happens then, and nothing of it is left out."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.foreseen import clocks_after, foreseen_alone
from dandang.lifecycle.intake.rules import Contact
from dandang.lifecycle.rulebook import RULES
from dandang.lifecycle.states import State
from dandang.lifecycle.verbs import VERBS
from dandang.lifecycle.verbs.values import parse
from dandang.terms import Refusal
from tests.lifecycle.beginnings import ACCEPTED, BEGINNINGS, Beginning, Step, resolved, somebody
from tests.lifecycle.story import Story

STEPS: list[Step] = [step for beginning in BEGINNINGS for step in beginning]
NOTE: Step = ("holder", "note", {"text": "Pump 3 again", "internal": "yes"})


def came_to(beginning: Beginning) -> Story:
    story = Story().opens(contact=Contact(phone="13900000000"))
    for role, verb, values in beginning:
        with contextlib.suppress(Refusal):  # not every end is allowed for such a matter
            story.does(verb, somebody(role, story), **resolved(values, story.now))
    return story


@given(st.sampled_from(BEGINNINGS), st.sampled_from([*STEPS, NOTE]), st.integers(0, 50))
def test_what_is_foreseen_is_what_then_happens(beginning, step, hours):
    story = came_to(beginning)
    story.after(hours=hours)
    role, verb, values = step
    by, before = somebody(role, story), story.case
    given_values = resolved(values, story.now)
    wish = RULES[verb].wish(**parse(VERBS[verb], given_values))
    facts = story.facts(by)
    try:
        told = foreseen_alone(VERBS[verb], facts, wish)
    except Refusal:
        with pytest.raises(Refusal):
            story.does(verb, by, **given_values)
        return
    try:
        story.does(verb, by, **given_values)
    except Refusal:  # not for this actor, or not in this state: nothing to foresee
        return
    assert (told.state_before, told.holder_before) == (before.state, before.holder)
    assert (told.state, told.holder) == (story.case.state, story.case.holder)
    assert clocks_after(before.clocks, told) == dict(story.case.clocks)
    assert list(told.events) == story.names[-len(told.events) :]


def test_a_question_stops_the_clock_of_the_step_and_never_that_of_the_whole():
    story = came_to(BEGINNINGS[1])
    wish = RULES["ask"].wish(missing="The number", text="Which house?")
    told = foreseen_alone(VERBS["ask"], story.facts(somebody("holder", story)), wish)
    assert [due.clock for due in told.halted] == ["resolution"]
    assert "question" in {due.clock for due in told.started}
    assert "total" not in {due.clock for due in (*told.stopped, *told.halted)}
    assert not told.is_disputed


def test_a_dispute_is_told_as_one():
    story = came_to((ACCEPTED, ("holder", "contacted", {"how": "phone", "text": "At ten"})))
    wish = RULES["dispute"].wish(
        reason="not_our_duty", to_post="housing-duty", text="Theirs", basis="List, 3"
    )
    told = foreseen_alone(VERBS["dispute"], story.facts(somebody("holder", story)), wish)
    assert told.is_disputed
    assert told.state is State.DISPUTED
    assert told.holder == told.holder_before
