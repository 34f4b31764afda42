"""What the public may read: agreed to by whose words it is, published by somebody else."""

from dataclasses import replace

import pytest

from dandang.lifecycle.casework.rules.agreement import Publishing, agreed, taken_back
from dandang.lifecycle.casework.rules.offering import possible_verbs
from dandang.lifecycle.casework.rules.publishing import PublishText, publish_text
from dandang.lifecycle.intake.rules import Open
from dandang.terms import Actor, Code, Refusal
from tests import town
from tests.lifecycle.story import MRS_LIU, Story, refused

PUBLIC = {"title": "No water", "text": "In one building there is none since this morning"}


def opened(**more: object) -> Story:
    return Story().opens(**more)


def test_who_agrees_while_reporting_waits_for_an_officer():
    assert opened(may_publish=True).case.publishing == Publishing.TO_DECIDE
    assert opened().case.publishing == Publishing.NOT_ALLOWED


def test_agreeing_and_taking_back_can_be_done_at_any_time():
    story = opened()
    story.does("allow-publishing", MRS_LIU, allowed=True)
    assert (story.case.publishing, story.case.agreed) == (Publishing.TO_DECIDE, (1,))
    story.does("publish-text", town.ZHAO_MIN, **PUBLIC)
    assert story.case.publishing == Publishing.PUBLISHED
    story.does("withdraw", MRS_LIU)
    story.does("allow-publishing", MRS_LIU, allowed=False)
    assert (story.case.publishing, story.case.agreed) == (Publishing.NOT_ALLOWED, ())


def test_saying_the_same_again_changes_nothing():
    story = opened(may_publish=True)
    story.does("publish-text", town.ZHAO_MIN, **PUBLIC)
    story.does("allow-publishing", MRS_LIU, allowed=True)
    assert story.case.publishing == Publishing.PUBLISHED
    story.does("allow-publishing", MRS_LIU, allowed=False)
    story.does("allow-publishing", MRS_LIU, allowed=False)
    assert story.case.publishing == Publishing.NOT_ALLOWED


def test_what_was_withheld_can_be_published_later():
    story = opened(may_publish=True)
    story.does("withhold-text", town.CHEN_HUI, cause="proceedings")
    assert story.case.publishing == Publishing.WITHHELD
    refused(Code.ALREADY_WITHHELD, story, "withhold-text", town.CHEN_HUI, cause="not_public")
    story.does("publish-text", town.CHEN_HUI, **PUBLIC)
    assert story.case.publishing == Publishing.PUBLISHED


def test_without_agreement_nothing_is_decided():
    story = opened()
    refused(Code.PUBLISHING_NOT_ALLOWED, story, "publish-text", town.ZHAO_MIN, **PUBLIC)
    refused(Code.PUBLISHING_NOT_ALLOWED, story, "withhold-text", town.ZHAO_MIN, cause="not_public")


@pytest.mark.parametrize("who", [town.LI_NA, town.SUN_TAO, town.WANG_QIANG, MRS_LIU])
def test_neither_the_holder_nor_the_sender_publishes(who):
    story = opened(may_publish=True)
    before = len(story.records)
    with pytest.raises(Refusal):
        story.does("publish-text", who, **PUBLIC)
    assert len(story.records) == before


def test_the_unit_complained_about_publishes_nothing():
    story = opened(may_publish=True)
    story.does("name-subject", town.CHEN_HUI, unit="hotline", text="They hung up")
    refused(Code.NOT_PERMITTED, story, "publish-text", town.ZHAO_MIN, **PUBLIC)
    story.does("publish-text", town.CHEN_HUI, **PUBLIC)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"title": "Call 13911111111"}, Code.PERSONAL_NUMBER_LEFT, "title"),
        ({"text": "mail a@b.cn"}, Code.PERSONAL_NUMBER_LEFT, "text"),
        ({"place": "湘A12345"}, Code.PERSONAL_NUMBER_LEFT, "place"),
        ({"text": "Mrs Liu has none"}, Code.REQUESTER_NAMED, "text"),
    ],
)
def test_a_text_that_names_somebody_is_refused_with_its_field(changes, code, field):
    story = opened(may_publish=True)
    facts = replace(story.facts(Actor.officer(town.ZHAO_MIN)), contacts=("Mrs Liu",))
    with pytest.raises(Refusal) as why:
        publish_text(facts, PublishText(**{**PUBLIC, **changes}))
    assert (why.value.code, why.value.details["field"]) == (code, field)
    assert not set(map(str, why.value.details.values())) & set(changes.values())


def test_what_an_office_found_is_shown_when_the_office_says_so():
    finding = Open(
        title="A hydrant leaks",
        text="Since Monday",
        channel="counter",
        category="water_supply",
        kind="finding",
    )
    story = Story().begins(finding, Actor.officer(town.CHEN_HUI))
    story.does("allow-publishing", town.CHEN_HUI, allowed=True)
    assert story.case.publishing == Publishing.TO_DECIDE


def test_a_request_that_goes_on_in_a_part_takes_its_answer_back_to_where_its_words_are():
    story = opened(may_publish=True)
    story.does("attach", town.ZHAO_MIN, text="Here, too", phone="13911111111")
    story.does("publish-text", town.ZHAO_MIN, **PUBLIC)
    story.does("accept", town.LI_NA)
    story.does("propose", town.LI_NA, outcome="resolved", text="Repaired")
    story.does("judge", MRS_LIU, verdict="no", text="Still dry")
    (part,) = story.children()
    assert (part.case.agreed, part.case.publishing) == ((1,), "")
    assert story.case.publishing == Publishing.PUBLISHED
    part.does("allow-publishing", MRS_LIU, allowed=False)
    assert (part.case.agreed, story.case.publishing) == ((), Publishing.NOT_ALLOWED)


def test_only_those_whose_words_are_shown_are_asked():
    story = opened()
    story.does("attach", town.ZHAO_MIN, text="Here, too", phone="13911111111")

    def asked(number: int) -> bool:
        verbs = possible_verbs(story.facts(Actor.requester(number)))
        return "allow-publishing" in {verb.name for verb in verbs}

    assert (asked(1), asked(2)) == (True, False)


def test_the_agreement_of_those_who_joined_shows_nothing():
    case = agreed(opened().case, 2)
    assert (case.agreed, case.publishing) == ((2,), "")
    assert taken_back(agreed(case, 1), 2).publishing == Publishing.TO_DECIDE


def test_undoing_a_merge_brings_back_what_the_senders_say_by_then():
    first = opened()
    second = first.another().opens(may_publish=True)
    second.does("attach", town.ZHAO_MIN, text="Here, too", phone="13911111111")
    second.does("merge", town.ZHAO_MIN, into=first.tag, text="The same")
    assert (second.case.agreed, second.case.publishing) == ((), "")
    assert (first.case.agreed, first.case.publishing) == ((2,), "")
    second.does("unmerge", town.ZHAO_MIN, text="Two matters")
    assert (second.case.agreed, second.case.publishing) == ((1,), Publishing.TO_DECIDE)
