"""What is done for requesters is not done by the unit that works on the case, in whatever post."""

from dataclasses import replace

import pytest

from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.permit import (
    may_see_authors,
    may_see_private_answers,
    permit,
)
from dandang.lifecycle.states import State
from dandang.lifecycle.verbs import VERBS
from dandang.organization.directory import Directory, PostKind
from dandang.organization.reading import read_organization
from dandang.terms import Actor, Code, Refusal
from tests import town
from tests.lifecycle.story import Story


def proposed() -> Story:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    return story.does("propose", town.CAO_LEI, outcome="resolved", text="Clean")


def in_both(story: Story, officer: str) -> Facts:
    """Return what the rules know of an officer who is in a post of the holder's unit, too."""
    facts = story.facts(Actor.officer(officer))
    return replace(facts, posts=(*facts.posts, facts.directory.post("cityman-duty")))


def at_a_counter_of_the_holder(story: Story) -> Facts:
    facts = story.facts(Actor.officer(town.CAO_LEI))
    kinds = frozenset({PostKind.INTAKE, PostKind.CALL_BACK, PostKind.DISPATCH})
    return replace(facts, posts=tuple(replace(post, kinds=kinds) for post in facts.posts))


def denied(facts: Facts, verb: str) -> None:
    with pytest.raises(Refusal) as caught:
        permit(facts, VERBS[verb])
    assert caught.value.code is Code.CALL_BACK_BY_HOLDER


@pytest.mark.parametrize("verb", ["judge", "rate", "answer", "replace-code", "change-contact"])
def test_who_sits_in_the_holder_s_unit_too_does_nothing_for_requesters(verb: str) -> None:
    denied(in_both(proposed(), town.ZHAO_MIN), verb)


@pytest.mark.parametrize("verb", ["replace-code", "change-contact"])
def test_a_unit_gives_itself_no_access_code_of_those_who_judge_its_work(verb: str) -> None:
    denied(at_a_counter_of_the_holder(proposed()), verb)
    assert permit(proposed().facts(Actor.officer(town.ZHAO_MIN)), VERBS[verb]) == "hotline-intake"


def test_who_sits_in_the_holder_s_unit_too_reads_nothing_said_in_private() -> None:
    story = proposed()
    for officer in (town.ZHAO_MIN, town.CHEN_HUI):
        assert may_see_private_answers(story.facts(Actor.officer(officer)))
        assert not may_see_private_answers(in_both(story, officer))
    assert may_see_authors(story.facts(Actor.officer(town.CHEN_HUI)))
    assert not may_see_authors(in_both(story, town.CHEN_HUI))


def test_where_others_check_the_hotline_does_not_for_what_it_works_on_but_before_dispatch() -> None:
    files = town.files()
    files["posts.csv"] += "qingshan-counter,qingshan,窗口,Counter,intake,\n".encode()
    others = Directory(read_organization(files, categories_of=town.categories_of), version=1)
    before = replace(Story().opens("").facts(Actor.officer(town.ZHAO_MIN)), directory=others)
    assert (before.case.state, before.case.holder_unit) == (State.RECEIVED, "hotline")
    assert permit(before, VERBS["replace-code"]) == "hotline-intake"
    worked_on = Story().opens("lifts").does("accept", town.ZHAO_MIN)
    denied(replace(worked_on.facts(Actor.officer(town.ZHAO_MIN)), directory=others), "replace-code")


def test_a_code_is_replaced_by_those_who_work_on_it_where_nobody_else_checks() -> None:
    story = Story().opens("lifts").does("accept", town.ZHAO_MIN)
    assert story.case.holder_unit == "hotline"
    story.does("replace-code", town.ZHAO_MIN, checked="Identity card")
    assert story.names[-1] == "access_code_replaced"


def test_where_all_who_check_are_complained_about_the_deciding_office_does() -> None:
    story = Story().opens("city_appearance", subject_units=("hotline",))
    facts = story.facts(Actor.officer(town.CHEN_HUI))
    assert permit(facts, VERBS["replace-code"])
    with pytest.raises(Refusal):
        permit(story.facts(Actor.officer(town.ZHAO_MIN)), VERBS["replace-code"])
