"""The form of a verb: what is asked, what can be chosen, what is said before the act."""

from dataclasses import replace

import pytest
from django import forms

from dandang.interfaces.desk.forms import WITH_FILES, VerbForm
from dandang.interfaces.desk.samples import refused_whatever
from dandang.lifecycle.casework.queries import facts_for, find, history
from dandang.lifecycle.verbs import READY
from dandang.policy import EndName
from dandang.terms import Actor, Code
from tests import town
from tests.interfaces.desk.examples import EXAMPLES
from tests.interfaces.desk.office import (
    NOT_OURS,
    assigned,
    at_desk,
    disputed,
    does,
    in_progress,
    noise,
    proposed,
    proposed_to_decline,
    received,
)
from tests.interfaces.stories import city, officer, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def page_of(verb: str, reference: str, code: str, language: str = "en"):
    answer = at_desk(code, language).get(f"/desk/{reference}/{verb}/")
    assert answer.status_code == 200
    return answer


def form_of(verb: str, reference: str, code: str):
    return page_of(verb, reference, code).context["form"]


def options(field) -> dict[str, str]:
    """Return what can be chosen in a field: code and words, without the empty choice."""
    found = {}
    for value, words in field.field.choices:
        found |= dict(words) if isinstance(words, list) else {value: words}
    return {str(value): str(words) for value, words in found.items() if value}


def notices(verb: str, reference: str, code: str) -> list[str]:
    return [one.words for one in page_of(verb, reference, code).context["notices"]]


NOT_ASKED = {"note": {"request", "channel"}}
"""What whoever works on the case is not asked for: it is about the words of others."""

# all of them


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("verb", EXAMPLES)
def test_a_form_asks_for_the_fields_of_its_verb_in_words(verb, language):
    example = EXAMPLES[verb]
    form = page_of(verb, example.case(), example.by, language).context["form"]
    wanted = {one.name for one in READY[verb].fields} - NOT_ASKED.get(verb, set())
    wanted |= {"files", "keep_place"} if verb in WITH_FILES else set()
    assert set(form.fields) - {"seen_seq", "token"} == wanted
    for field in form.visible_fields():
        assert field.label
        assert field.label != field.name
        for code, words in options(field).items() if hasattr(field.field, "choices") else ():
            assert words != code
    if language == "zh-hans":
        assert all(
            any("\u4e00" <= char <= "\u9fff" for char in f.label) for f in form.visible_fields()
        )


def test_nothing_is_chosen_beforehand():
    for verb, example in EXAMPLES.items():
        form = form_of(verb, example.case(), example.by)
        for field in form.visible_fields():
            if verb == "publish-text":  # begins with what the requester wrote, numbers taken out
                continue
            if not isinstance(field.field, forms.DateTimeField):
                assert field.value() in (None, "", False), (verb, field.name)


def test_what_may_stay_empty_is_marked_and_nothing_else():
    words = words_of(page_of("hand-over", in_progress(), town.LI_NA))
    assert words.count("(optional)") == 1
    assert "Basis (rule or duty list) (optional)" in words


# posts


def test_posts_stand_under_their_units_and_the_register_s_own_comes_first():
    reference = in_progress()
    officer("hand-over", reference, town.LI_NA, to_post="housing-duty", **NOT_OURS)
    form = form_of("hand-over", reference, town.WANG_QIANG)
    groups = form["to_post"].field.choices[1:]
    assert groups[0] == ("By the register of duties", [("water-duty", "Water bureau · Duty desk")])
    by_unit = {unit: [code for code, _ in posts] for unit, posts in groups[1:]}
    assert by_unit["Water bureau"] == ["water-duty", "water-night"]
    assert by_unit["Hotline centre"] == ["hotline-coordination", "hotline-dispatch"]
    assert "Housing bureau" not in by_unit  # its only post for this holds the case


def test_neither_intake_nor_leaders_nor_supervision_are_handed_cases():
    codes = options(form_of("hand-over", in_progress(), town.LI_NA)["to_post"])
    assert not {"hotline-intake", "mayor", "supervision-desk", "water-duty"} & set(codes)


def test_a_unit_without_a_duty_post_receives_at_its_plain_post():
    assert "services-desk" in options(form_of("hand-over", in_progress(), town.LI_NA)["to_post"])


def test_a_unit_that_may_not_lead_stands_there_closed_with_the_reason():
    page = page_of("hand-over", noise(area="qingshan"), town.WANG_QIANG).content.decode()
    assert (
        '<option value="sites-duty" disabled>Building site inspection · Duty desk '
        "(By the duty list this unit only assists"
    ) in page
    assert '<option value="qingshan-duty" disabled>' in page
    assert '<option value="cityman-duty">' in page


def test_a_dispute_may_name_any_unit_and_a_decision_may_confirm_the_holder():
    closed = page_of("dispute", noise(area="qingshan"), town.WANG_QIANG).content.decode()
    assert "disabled" not in closed
    assert "housing-duty" in options(
        form_of("decide-dispute", disputed(), town.CHEN_HUI)["to_post"]
    )


# reasons


def test_only_the_reasons_of_the_verb_are_offered_and_those_that_need_a_basis_say_so():
    reasons = options(form_of("hand-over", in_progress(), town.LI_NA)["reason"])
    assert reasons["not_our_duty"] == "Not our duty (basis needed)"
    assert reasons["wrong_category"] == "Wrong category"
    assert not {"out_of_scope", "no_clear_duty", "work_not_done"} & set(reasons)


@pytest.mark.parametrize(
    ("case", "code", "reasons"),
    [
        (received, town.ZHAO_MIN, {"out_of_scope"}),
        (proposed_to_decline, town.CHEN_HUI, {"unlawful_demand", "cannot_lawfully"}),
        (
            proposed_to_decline,
            town.ZHAO_MIN,
            {"out_of_scope", "unlawful_demand", "cannot_lawfully"},
        ),
    ],
)
def test_only_the_dispatcher_may_say_that_it_is_out_of_scope(case, code, reasons):
    assert set(options(form_of("decline", case(), code)["reason"])) == reasons


@pytest.mark.parametrize("verb", ["hand-over", "return", "dispute", "propose", "reject-proposal"])
def test_every_reason_that_is_offered_is_taken(verb):
    """What the list offers, the rule must not refuse for being this reason."""
    example = EXAMPLES[verb]
    reference = example.case()
    for reason in options(form_of(verb, reference, example.by)["reason"]):
        values = {**example.values, "reason": reason, "preview": "1"}
        answer = does(at_desk(example.by), verb, reference, **values)
        assert answer.status_code == 200, reason


def test_the_reasons_of_a_proposal_stand_under_what_they_are_for():
    choices = form_of("propose", in_progress(), town.LI_NA)["reason"].field.choices
    assert [group for group, _ in choices] == ["", "explain: lawful and in order", "decline"]


def test_what_the_category_does_not_allow_cannot_be_proposed():
    reference = in_progress()
    facts = facts_for(find(reference).state, by=Actor.officer(town.LI_NA), now=town.MONDAY)
    water = facts.policy.category("water_supply")
    allowed = water.ends_allowed - {EndName.DECLINED}
    narrow = replace(
        facts.policy,
        categories={
            **facts.policy.categories,
            "water_supply": replace(water, ends_allowed=allowed),
        },
    )
    form = VerbForm(READY["propose"], replace(facts, policy=narrow))
    assert set(options(form["outcome"])) == {"resolved", "explained"}
    assert not {"unlawful_demand", "cannot_lawfully"} & set(options(form["reason"]))


def test_a_policy_without_reasons_for_a_verb_closes_it():
    facts = facts_for(find(proposed()).state, by=Actor.officer(town.CHEN_HUI), now=town.MONDAY)
    bare = replace(facts, policy=replace(facts.policy, reasons={}))
    assert refused_whatever(READY["reject-proposal"], bare).code is Code.UNKNOWN_REASON
    assert refused_whatever(READY["reject-proposal"], facts) is None


def test_naming_another_unit_is_no_outcome():
    assert set(options(form_of("propose", in_progress(), town.LI_NA)["outcome"])) == {
        "resolved",
        "explained",
        "declined",
    }


# people


def test_only_those_who_qualify_are_offered_as_second_reader():
    form = form_of("decline", proposed_to_decline(), town.CHEN_HUI)
    assert set(options(form["second_reader"])) == {
        town.WANG_QIANG,
        town.CAO_LEI,
        town.LUO_JING,
        town.ZHOU_HAI,
        town.ZHAO_MIN,
        town.MA_LIN,
    }
    assert options(form["second_reader"])[town.ZHAO_MIN] == "Zhao Min (D-003)"


def test_what_declining_needs_is_asked_for_by_the_reasons_that_are_left():
    form = form_of("decline", proposed_to_decline(), town.CHEN_HUI)
    assert all(form[name].field.required for name in ("basis", "alternative", "second_reader"))
    form = form_of("decline", received(), town.ZHAO_MIN)
    assert not any(form[name].field.required for name in ("alternative", "second_reader"))


# categories and requests


def test_each_category_says_who_leads_it_in_the_area_of_the_case():
    form = form_of("assign", received(), town.ZHAO_MIN)
    assert next(iter(form.visible_fields())).name == "category"
    words = options(form["category"])
    assert words["city_appearance"] == "City appearance and order → Urban management bureau"
    assert words["noise_commercial"].endswith("→ Hotline centre")
    assert "→" not in words["street_trading"]  # two lead: the dispatcher decides
    assert form["category"].field.choices[0] == ("", "As it is: no category yet")


def test_where_there_is_one_request_nobody_is_asked_whose_answer_it_is():
    form = form_of("judge", proposed(), town.ZHAO_MIN)
    assert isinstance(form["request"].field.widget, forms.HiddenInput)
    assert form["request"].value() == "1"


def test_where_there_are_several_the_call_back_officer_says_whose_answer_it_is():
    reference = in_progress()
    zhao_min = at_desk(town.ZHAO_MIN)
    does(zhao_min, "attach", reference, text="Not here either")
    officer("propose", reference, town.LI_NA, outcome="resolved", text="Repaired")
    form = form_of("judge", reference, town.ZHAO_MIN)
    assert options(form["request"]) == {
        "1": "Request 1, sent 09:00 Mon 12 Oct",
        "2": "Request 2, sent 09:00 Mon 12 Oct",
    }
    does(zhao_min, "judge", reference, verdict="solved", request="2")
    assert find(reference).state.request(2).verdict == "solved"
    form = form_of("judge", reference, town.ZHAO_MIN)
    assert options(form["request"])["2"] == "Request 2, sent 09:00 Mon 12 Oct · Solved"
    preview = does(
        zhao_min, "judge", reference, verdict="no", request="2", text="It drips", preview="1"
    ).context["preview"]
    assert "It drips" in str([entry.texts for entry in preview.entries])


def test_the_answers_given_in_private_reach_the_ledger():
    reference = proposed()
    values = {"verdict": "partly", "agreed": "on", "was_contacted": "no", "was_pressed": "yes"}
    does(at_desk(town.ZHAO_MIN), "judge", reference, request="1", **values)
    event, personal = history(find(reference).stream)[-1]
    assert event.type == "judged"
    assert event.fields["agreed"] is True
    assert event.fields["was_contacted"] is False
    assert personal["was_pressed"] is True


# what is announced


def test_the_receiver_s_time_is_announced():
    assert "The receiving post has 4 working hours to accept and 2 working days to return it." in (
        notices("assign", received(), town.ZHAO_MIN)
    )


def test_the_last_hand_over_before_the_limit_is_announced_and_then_the_limit():
    reference = in_progress()
    assert notices("hand-over", reference, town.LI_NA) == [
        "The receiving post has 30 minutes to accept and 60 minutes to return it."
    ]
    officer("hand-over", reference, town.LI_NA, to_post="housing-duty", **NOT_OURS)
    said = notices("hand-over", reference, town.WANG_QIANG)
    assert said[-1] == (
        "This is hand-over no. 2 of the case: the next one goes to the deciding office."
    )
    officer("hand-over", reference, town.WANG_QIANG, to_post="cityman-duty", **NOT_OURS)
    said = notices("hand-over", reference, town.CAO_LEI)
    assert said == [
        (
            "The limit of 3 hand-overs is reached: this one goes to the deciding office. "
            "You keep the case until it is decided."
        )
    ]
    values = {"to_post": "water-duty", **NOT_OURS}
    does(at_desk(town.CAO_LEI), "hand-over", reference, **values)
    assert find(reference).state.state == "disputed"
    assert find(reference).state.holder == "cityman-duty"


def test_where_a_return_leads_is_announced_and_when_the_deciding_office_comes_in():
    reference = noise()
    assert notices("return", reference, town.WANG_QIANG) == [
        "It goes back to: Hotline centre · Intake",
        "The next return between these two units goes to the deciding office.",
    ]
    officer("return", reference, town.WANG_QIANG, **NOT_OURS)
    officer("assign", reference, town.ZHAO_MIN, to_post="housing-duty")
    assert notices("return", reference, town.WANG_QIANG) == [
        (
            "The case went back and forth between these two units before: this return goes to the "
            "deciding office. You keep the case until it is decided."
        )
    ]
    does(at_desk(town.WANG_QIANG), "return", reference, **NOT_OURS)
    assert find(reference).state.state == "disputed"


def test_how_many_questions_are_left_is_announced():
    assert notices("ask", in_progress(), town.LI_NA) == [
        "Question 1 of at most 2; together they may wait 3 working days."
    ]


def test_what_is_decided_about_stands_above_the_form():
    page = words_of(page_of("decide-dispute", disputed(), town.CHEN_HUI))
    assert "What this is about 09:00 Mon 12 Oct · Housing bureau · Duty desk · Wang Qiang" in page
    page = words_of(page_of("decline", proposed_to_decline(), town.CHEN_HUI))
    assert "The unit proposes to close: decline Reason: Cannot lawfully be done" in page


def test_the_register_s_line_stands_beside_the_form_of_a_hand_over():
    page = words_of(page_of("hand-over", assigned(), town.LI_NA))
    assert "Water bureau · Duty desk leads: Water supply, everywhere" in page
