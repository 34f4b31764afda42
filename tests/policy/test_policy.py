"""The questions that rules ask a policy."""

import pytest

from dandang.policy import CallAnswer, ClockName, EndName, Span, SpanUnit, parse_policy
from dandang.terms import Code, Refusal
from tests.policy.small import small, write


@pytest.fixture(scope="module")
def policy():
    return parse_policy(write(small()), "p.toml")


def refused(question, *args):
    with pytest.raises(Refusal) as caught:
        question(*args)
    return caught.value.code


def test_a_category_is_found_by_its_code(policy):
    assert policy.category("wages").name_zh == "欠薪"
    assert policy.category("wages").hint_en == "Say how many people"
    assert policy.category("noise").hint_zh is None


def test_an_unknown_category_is_refused(policy):
    assert refused(policy.category, "nothing") is Code.UNKNOWN_CATEGORY
    assert refused(policy.category_path, "nothing") is Code.UNKNOWN_CATEGORY
    assert refused(policy.ends_for, "nothing") is Code.UNKNOWN_CATEGORY
    assert refused(policy.case_class, "nothing") is Code.UNKNOWN_CATEGORY


def test_the_path_of_a_category_begins_at_the_root(policy):
    assert policy.category_path("night_noise") == ("noise", "night_noise")
    assert policy.category_path("wages") == ("wages",)


def test_a_category_has_what_its_parent_says_unless_it_says_otherwise():
    content = small()
    noise = content["categories"]["noise"]
    noise |= {"legal_route": "inspection", "confirm_after": "9 days"}
    noise |= {"ends_forbidden": ["concluded_by_law"]}
    content["categories"]["silence"] = {
        "name_zh": "安静",
        "name_en": "Silence",
        "parent": "noise",
        "class": "urgent",
    }
    found = parse_policy(write(content), "p.toml").categories
    night, silence = found["night_noise"], found["silence"]
    assert (night.case_class, silence.case_class) == ("ordinary", "urgent")
    assert night.legal_route == "inspection"
    assert night.confirm_after == Span(3, SpanUnit.DAYS)
    assert silence.confirm_after == Span(9, SpanUnit.DAYS)
    assert frozenset(EndName) - night.ends_allowed == {EndName.DECLINED, EndName.CONCLUDED_BY_LAW}
    assert frozenset(EndName) - silence.ends_allowed == {EndName.CONCLUDED_BY_LAW}


def test_the_class_comes_from_the_category_or_is_the_default(policy):
    assert policy.case_class("night_noise").code == "ordinary"
    assert policy.case_class(None).code == "ordinary"
    assert policy.case_class("").code == "ordinary"


def test_somebody_may_choose_another_urgency(policy):
    assert policy.case_class("noise", "urgent").code == "urgent"
    assert policy.case_class(None, "urgent").code == "urgent"
    assert refused(policy.case_class, "noise", "sometime") is Code.VALUE_INVALID


def test_what_is_happening_now_gets_the_class_that_its_own_class_names(policy):
    assert policy.case_class("noise", happening_now=True).code == "urgent"
    assert policy.case_class("noise", "urgent", happening_now=True).code == "urgent"


def test_a_class_has_the_common_clocks_and_its_own_instead(policy):
    ordinary, urgent = policy.classes["ordinary"], policy.classes["urgent"]
    assert policy.clock(ordinary, ClockName.ACCEPT) == Span(4, SpanUnit.WORKING_HOURS)
    assert policy.clock(urgent, ClockName.ACCEPT) == Span(15, SpanUnit.MINUTES)
    assert policy.clock(urgent, ClockName.DISPATCH) == Span(24, SpanUnit.HOURS)
    assert policy.clock(urgent, ClockName.TOTAL) == Span(2, SpanUnit.HOURS)


def test_a_clock_without_a_figure_does_not_run(policy):
    assert policy.clock(policy.classes["ordinary"], ClockName.LOOK_BACK) is None


def test_reasons_are_offered_for_their_verbs_only(policy):
    assert [reason.code for reason in policy.reasons_for("decline")] == ["cannot_lawfully"]
    assert policy.reasons_for("sing") == ()
    assert policy.reason("return", "not_our_duty").needs_basis
    assert not policy.reason("withdraw", "anything").needs_text
    assert refused(policy.reason, "decline", "not_our_duty") is Code.UNKNOWN_REASON
    assert refused(policy.reason, "decline", "because") is Code.UNKNOWN_REASON


def test_what_is_left_out_has_the_documented_default(policy):
    ordinary, weather = policy.classes["ordinary"], policy.reasons["weather"]
    red = policy.ladders["overdue"].steps[1]
    assert (ordinary.urgent, ordinary.act_first) == (False, False)
    assert (weather.needs_basis, weather.needs_text, weather.dispatcher_only) == (
        False,
        True,
        False,
    )
    assert (red.publishes, red.colour, red.reminds) == (False, None, ())
    assert (red.sponsor, red.within, red.answered_by) == (False, None, tuple(CallAnswer))
    assert policy.watch.surge_calls_duty
    assert policy.category("noise").confirm_after is None


def test_ends_are_all_allowed_unless_the_category_forbids_them(policy):
    assert policy.ends_for(None) == frozenset(EndName)
    assert EndName.DECLINED in policy.ends_for("noise")
    assert EndName.DECLINED not in policy.ends_for("night_noise")


def test_a_policy_cannot_be_changed_and_can_be_kept_in_a_set(policy):
    with pytest.raises(AttributeError):
        policy.version = 4
    with pytest.raises(TypeError):
        policy.categories["new"] = policy.category("noise")
    with pytest.raises(TypeError):
        policy.classes["ordinary"].clocks[ClockName.TOTAL] = Span(1, SpanUnit.DAYS)
    assert len({policy, parse_policy(policy.text, "again.toml")}) == 1
    assert len(set(policy.classes.values())) == 2
