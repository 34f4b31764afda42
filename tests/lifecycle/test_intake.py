"""Stories of requests that come in, and of those that cannot."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dandang.lifecycle.casework.events.custody import CaseOpened
from dandang.lifecycle.intake.rules import Open, Origin, open_case
from dandang.lifecycle.routing.rules import Why
from dandang.terms import Actor, Code, Refusal
from tests import town
from tests.lifecycle.story import MRS_LIU, Story

WISH = Open(title="No water", text="No water since six", channel="web", category="water_supply")
ORIGIN = Origin("old", "1", town.MONDAY - timedelta(days=3))


DECISION = replace(WISH, kind="decision", category="", case_class="decision_complex")
CHEN_HUI = Actor.officer(town.CHEN_HUI)


def opening(wish: Open, by: Actor = CHEN_HUI) -> CaseOpened:
    return open_case(wish, directory=town.directory(), policy=town.policy(), now=town.MONDAY, by=by)


def code_of(wish: Open) -> Code:
    with pytest.raises(Refusal) as caught:
        opening(wish)
    return caught.value.code


def test_what_came_in_is_held_by_the_intake_post_under_the_policy_of_the_moment() -> None:
    event = opening(WISH)
    assert (event.to_post, event.to_unit) == ("hotline-intake", "hotline")
    assert event.policy == town.policy().hash
    assert event.sent_at == event.counts_from == town.MONDAY


def test_a_decision_belongs_to_the_post_that_set_it_and_has_the_class_and_date_it_names() -> None:
    due_by = town.MONDAY + timedelta(days=20)
    event = opening(replace(DECISION, due_by=due_by, can_follow=True))
    assert (event.set_by, event.case_class, event.promised_by) == (
        "supervision-desk",
        "decision_complex",
        due_by,
    )
    assert not event.reachable
    assert opening(WISH).set_by is None
    assert opening(replace(DECISION, case_class="")).case_class == "ordinary"


@pytest.mark.parametrize(
    "by", [Actor.officer(town.LI_NA), Actor.requester(1), Actor.importer("old")], ids=str
)
@pytest.mark.parametrize("kind", ["decision", "finding"])
def test_nobody_who_answers_for_a_unit_sets_a_decision(by: Actor, kind: str) -> None:
    with pytest.raises(Refusal) as caught:
        opening(replace(DECISION, kind=kind), by)
    assert caught.value.code is Code.NOT_PERMITTED


def test_a_dispatcher_sets_a_finding_with_the_post_that_may() -> None:
    finding = opening(replace(DECISION, kind="finding"), Actor.officer(town.ZHAO_MIN))
    assert finding.set_by == "hotline-dispatch"


def test_what_is_set_goes_to_the_post_it_names_unless_that_answers_to_who_judges() -> None:
    story = Story().begins(replace(DECISION, to_post="water-duty"), CHEN_HUI)
    assert story.case.holder == "water-duty"
    assert story.records[-1].event.why == Why.SET.value
    with pytest.raises(Refusal) as caught:
        Story().begins(replace(DECISION, to_post="supervision-desk"), CHEN_HUI)
    assert caught.value.code is Code.DECIDER_INVOLVED


def test_who_asks_cannot_choose_who_answers() -> None:
    with pytest.raises(Refusal) as caught:
        Story().begins(replace(WISH, to_post="water-duty"), MRS_LIU)
    assert caught.value.code is Code.NOT_PERMITTED


def test_who_can_follow_on_the_web_can_be_asked_without_leaving_a_number() -> None:
    assert not opening(WISH).reachable
    assert opening(replace(WISH, can_follow=True)).reachable


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"channel": "pigeon"}, Code.VALUE_INVALID),
        ({"kind": "wish"}, Code.VALUE_INVALID),
        ({"case_class": "complex"}, Code.VALUE_INVALID),
        ({"due_by": town.MONDAY + timedelta(days=1)}, Code.VALUE_INVALID),
        ({"kind": "decision", "case_class": "easy"}, Code.VALUE_INVALID),
        ({"kind": "decision", "due_by": town.MONDAY}, Code.IN_THE_PAST),
        ({"category": "moon"}, Code.UNKNOWN_CATEGORY),
        ({"area": "moon"}, Code.UNKNOWN_AREA),
        ({"origin": replace(ORIGIN, sent_at=town.MONDAY + timedelta(days=1))}, Code.IN_THE_FUTURE),
        ({"origin": replace(ORIGIN, ended_at=town.MONDAY + timedelta(1))}, Code.IN_THE_FUTURE),
    ],
    ids=[
        "channel",
        "kind",
        "own class",
        "own date",
        "no class",
        "due now",
        "category",
        "area",
        "sent later",
        "ended later",
    ],
)
def test_what_cannot_be_is_refused(change: dict[str, object], code: Code) -> None:
    assert code_of(replace(WISH, **change)) is code
