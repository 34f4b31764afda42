"""The tables agree with each other: verbs, events, rules, clocks, refusals."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

import dandang
from dandang.lifecycle.deadlines.clocks import CLOCKS
from dandang.lifecycle.event_types import CUSTODY_EVENTS, EVENT_TYPES
from dandang.lifecycle.rulebook import RULES
from dandang.lifecycle.states import ENDS, OPEN, State, Turn, turn
from dandang.lifecycle.verbs import READY, VERBS, Kind, Verb
from dandang.policy import ClockName
from dandang.terms import Code, Event
from tests import town

SOURCES = Path(dandang.__file__).parent
BESIDE_THE_FIELDS = {"files", "number"}
"""What comes with a wish and is typed into no field: files, the number a joining request gets."""
NOT_LOOKED_UP_BY_NAME = {"organization", "terms"}


def test_every_ready_verb_has_a_rule_and_no_other_has() -> None:
    assert RULES.keys() == READY.keys()


@pytest.mark.parametrize("verb", READY.values(), ids=lambda verb: verb.name)
def test_a_wish_takes_exactly_the_fields_of_its_verb(verb: Verb) -> None:
    names = {field.name for field in fields(RULES[verb.name].wish)}
    assert names - BESIDE_THE_FIELDS == {field.name for field in verb.fields}


@pytest.mark.parametrize("verb", VERBS.values(), ids=lambda verb: verb.name)
def test_a_verb_names_events_that_exist_and_moves_custody_only_by_custody_events(
    verb: Verb,
) -> None:
    assert set(verb.events) <= EVENT_TYPES.keys()
    assert verb.states
    assert verb.who
    assert not verb.custody or CUSTODY_EVENTS & set(verb.events)


@pytest.mark.parametrize("verb", READY.values(), ids=lambda verb: verb.name)
def test_a_verb_that_asks_for_a_reason_finds_some_in_the_policy(verb: Verb) -> None:
    if any(field.kind is Kind.REASON for field in verb.fields):
        assert [town.policy().reasons_for(name) for name in verb.reasons]


@pytest.mark.parametrize("kind", EVENT_TYPES.values(), ids=lambda kind: kind.type_name())
def test_an_event_marks_every_free_text_and_contact_as_personal(kind: type[Event]) -> None:
    names = {field.name for field in fields(kind)}
    erasable = {"text", "title", "location", "name", "phone", "email", "alternative"}
    assert names & erasable <= kind.personal <= names


def test_custody_events_name_the_new_holder() -> None:
    for name in CUSTODY_EVENTS:
        assert {"to_post", "to_unit"} <= {field.name for field in fields(EVENT_TYPES[name])}


def test_every_clock_of_the_policy_has_one_row() -> None:
    assert sorted(rule.name for rule in CLOCKS) == sorted(ClockName)
    for rule in CLOCKS:
        assert rule.starts | rule.begins | rule.stops <= EVENT_TYPES.keys()
        assert not rule.starts & rule.begins
        assert rule.pauses_in <= rule.runs_in


def test_states_are_open_or_ends_and_every_open_one_is_somebodys_turn() -> None:
    assert set(State) == OPEN | ENDS
    assert not OPEN & ENDS
    for state in State:
        assert (turn(state) is Turn.NOBODY) == (state in ENDS)


def test_every_refusal_code_is_used_somewhere() -> None:
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for path in SOURCES.rglob("*.py")
        if path.name != "refusal.py" and "words" not in path.parts
    )
    used = set(re.findall(r"Code\.([A-Z_]+)", text))
    assert {code.name for code in Code} == used
