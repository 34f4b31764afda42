"""Who may do what, and who may look: denied unless a rule says otherwise."""

from dataclasses import replace

import pytest

from dandang.lifecycle.casework.rules.offering import possible_verbs
from dandang.lifecycle.casework.rules.permit import (
    may_read,
    may_see_contact,
    may_see_private_answers,
    permit,
)
from dandang.lifecycle.states import State, Turn, turn
from dandang.lifecycle.verbs import READY, Who
from dandang.terms import Actor, Code, Refusal
from tests import town
from tests.lifecycle.story import MRS_LIU, Story

NOT_OURS = {"reason": "not_our_duty", "text": "Theirs", "basis": "Duty list 9"}


def names(story: Story, by: Actor | str) -> set[str]:
    actor = Actor.officer(by) if isinstance(by, str) else by
    return {verb.name for verb in possible_verbs(story.facts(actor))}


def reads(story: Story, officer: str) -> bool:
    return may_read(story.facts(Actor.officer(officer)))


def test_the_holder_is_offered_the_work_and_a_stranger_nothing() -> None:
    story = Story().opens("city_appearance")
    assert names(story, town.CAO_LEI) == {
        "accept",
        "hand-over",
        "return",
        "dispute",
        "contacted",
        "note",
        "reply",
        "ask-split",
        "request-assist",
        "ask-extension",
        "promise",
        "correct",
        "object",
        "declare-conflict",
        "see-earlier",
        "unmask",
    }
    assert names(story, town.LUO_JING) == set()
    assert names(story, "nobody") == set()


def test_the_requester_is_offered_what_is_the_requesters_turn() -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    own = {"change-contact", "erase-contact", "allow-publishing"}
    assert names(story, MRS_LIU) == {"attach", "note", "withdraw"} | own
    story.does("propose", town.CAO_LEI, outcome="resolved", text="Clean")
    assert "judge" in names(story, MRS_LIU)
    assert "judge" in names(story, town.ZHAO_MIN)
    assert names(story, Actor.requester(9)) == set()


def test_a_proposal_to_explain_is_offered_to_the_deciding_office_alone() -> None:
    story = Story().opens("noise_building_night").does("accept", town.WANG_QIANG)
    story.does(
        "propose",
        town.WANG_QIANG,
        outcome="explained",
        reason="permit_valid",
        basis="Permit 88",
        text="Allowed",
    )
    assert "explain" in names(story, town.CHEN_HUI)
    assert "judge" not in names(story, MRS_LIU)
    assert "judge" not in names(story, town.ZHAO_MIN)
    assert turn(story.case.state, story.case.outcome) is Turn.DECIDING_OFFICE


def test_a_dispatcher_is_offered_to_assign_what_waits_and_what_was_decided() -> None:
    waiting = Story().opens("")
    assert "assign" in names(waiting, town.ZHAO_MIN)
    held = Story().opens("city_appearance")
    assert "assign" not in names(held, town.ZHAO_MIN)
    held.does("dispute", town.CAO_LEI, to_post="qingshan-duty", **NOT_OURS)
    held.does("decide-dispute", town.CHEN_HUI, to_post="cityman-duty", basis="List", text="Yours")
    assert "assign" in names(held, town.ZHAO_MIN)
    assert "hand-over" not in names(held, town.CAO_LEI)


def test_a_verb_that_is_not_ready_is_unknown() -> None:
    verb = replace(READY["note"], name="promote")
    with pytest.raises(Refusal) as caught:
        permit(Story().opens().facts(Actor.officer(town.LI_NA)), verb)
    assert caught.value.code is Code.UNKNOWN_VERB


@pytest.mark.parametrize("who", Who)
def test_every_role_of_the_table_can_be_claimed_or_denied(who: Who) -> None:
    story = Story().opens("water_supply")
    verb = replace(READY["note"], who=frozenset({who}), states=frozenset(State))
    officers = (town.LI_NA, town.SUN_TAO, town.ZHAO_MIN, town.CHEN_HUI, town.CAO_LEI)
    actors = [Actor.officer(code) for code in officers]
    actors += [MRS_LIU, Actor.requester(2), Actor.system(), Actor.importer("old")]
    allowed = []
    for actor in actors:
        try:
            permit(story.facts(actor), verb)
        except Refusal:
            continue
        allowed.append(str(actor))
    expected = {
        Who.REQUESTER: ["requester:1"],
        Who.JOINING: ["requester:2"],
        Who.SENDER: ["requester:1"],
        Who.HOLDER: ["officer:W-017"],
        Who.ASSISTANT: [],
        Who.DISPATCHER: ["officer:D-003"],
        Who.INTAKE: ["officer:D-003"],
        Who.DECIDING: ["officer:D-003", "officer:S-001"],
        Who.UNIT_HEAD: ["officer:W-004"],
        Who.CALL_BACK: ["officer:D-003"],
        Who.OFFICER: ["officer:W-017", "officer:W-004", "officer:D-003", "officer:S-001"],
        Who.TAKER: ["officer:D-003"],
        Who.COLLECTOR: ["officer:D-003"],
        Who.CHECKER: ["officer:D-003"],
        Who.SETTER: [],
        Who.ADDRESSEE: [],
        Who.CALLED: [],
        Who.CONTACT: ["officer:W-017", "officer:W-004", "officer:D-003", "officer:S-001"],
        Who.ALLOWED: [],
        Who.ONLOOKER: [],
        Who.SUPERVISION: ["officer:S-001"],
        Who.SYSTEM: ["system"],
        Who.IMPORT: ["import:old"],
    }
    assert allowed == expected[who]


def test_a_case_is_open_to_its_unit_and_to_offices_whose_work_is_every_case() -> None:
    story = Story().opens("water_supply")
    readers = {code for code in town.directory().officers if reads(story, code)}
    officers = {town.LI_NA, town.SUN_TAO, town.ZHAO_MIN, town.CHEN_HUI, town.MA_LIN}
    assert readers == officers | {town.XU_FANG}


def test_a_unit_that_gave_a_case_away_or_is_wanted_for_it_may_still_look() -> None:
    story = Story().opens("noise_building_night")
    story.does("hand-over", town.WANG_QIANG, to_post="cityman-duty", **NOT_OURS)
    assert reads(story, town.WANG_QIANG)
    assert not reads(story, town.LUO_JING)
    story.does("dispute", town.CAO_LEI, to_post="labour-duty", **NOT_OURS)
    assert reads(story, town.LUO_JING)
    assert not reads(story, town.ZHOU_HAI)


def test_a_contact_is_for_the_holder_s_unit_and_for_those_who_meet_requesters() -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    story.does("hand-over", town.CAO_LEI, to_post="water-duty", **NOT_OURS)
    seeing = [
        code
        for code in (town.LI_NA, town.SUN_TAO, town.CAO_LEI, town.ZHAO_MIN, town.CHEN_HUI, "nobody")
        if may_see_contact(story.facts(Actor.officer(code)))
    ]
    assert seeing == [town.LI_NA, town.SUN_TAO, town.ZHAO_MIN, town.CHEN_HUI]


def test_what_was_said_in_private_is_for_supervision_and_call_back_outside_the_unit() -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    officers = (town.CAO_LEI, town.LI_NA, town.ZHAO_MIN, town.CHEN_HUI)

    def hearing() -> list[str]:
        return [one for one in officers if may_see_private_answers(story.facts(Actor.officer(one)))]

    assert hearing() == [town.ZHAO_MIN, town.CHEN_HUI]
    story.does("hand-over", town.CAO_LEI, to_post="hotline-coordination", **NOT_OURS)
    assert hearing() == [town.CHEN_HUI]


def test_who_holds_a_parent_or_a_part_may_read_the_other_and_see_no_contact() -> None:
    story = Story().opens().does("accept", town.LI_NA)
    for post in ("cityman-duty", "qingshan-duty"):
        story.does("split", town.ZHAO_MIN, to_post=post, title="A part", text="This part")
    lamps, rubbish = story.children()
    assert reads(story, town.CAO_LEI)
    assert reads(lamps, town.LI_NA)
    assert not reads(rubbish, town.CAO_LEI)
    assert not may_see_contact(story.facts(Actor.officer(town.CAO_LEI)))
    assert "declare-conflict" in names(story, town.CAO_LEI)


def test_a_post_that_set_a_case_does_not_judge_it_where_it_holds_it_too() -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    story.case = replace(story.case, kind="finding", set_by="cityman-duty")
    story.does("propose", town.CAO_LEI, outcome="resolved", text="Clean")
    assert "judge" not in names(story, town.CAO_LEI)
    story.case = replace(story.case, set_by="supervision-desk")
    assert "judge" in names(story, town.CHEN_HUI)


def test_what_waits_at_intake_concerns_no_unit_yet() -> None:
    story = Story().opens("")
    assert reads(story, town.ZHAO_MIN)
    assert not reads(story, town.LI_NA)
