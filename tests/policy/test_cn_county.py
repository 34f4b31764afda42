"""The Chinese default has the figures that its sources give, and says where each comes from."""

import tomllib

import pytest

from dandang.lifecycle.states import ENDS
from dandang.policy import (
    SPAN_CLOCKS,
    CallAnswer,
    CallTarget,
    ClockName,
    EndName,
    LadderStart,
    ReasonVerb,
    SourceStatus,
    parse_policy,
    ready_policy,
)
from tests.policy.small import write

FIRST_LEVEL_OF_REAL_MESSAGES = {
    "城乡建设",
    "环境保护",
    "交通运输",
    "教育文体",
    "劳动和社会保障",
    "商贸旅游",
    "卫生计生",
}


@pytest.fixture(scope="module")
def policy():
    return ready_policy("cn-county")


@pytest.mark.parametrize(
    ("case_class", "clock", "figure"),
    [
        ("emergency", "dispatch", "1 h"),
        ("utilities", "dispatch", "2 h"),
        ("ordinary", "dispatch", "24 h"),
        ("emergency", "total", "2 h"),
        ("utilities", "total", "24 h"),
        ("complex", "total", "15 days"),
        ("ordinary", "total", "5 working days"),
        ("consultation", "total", "2 working days"),
        ("complaint", "total", "10 working days"),
        ("report", "total", "15 working days"),
        ("ordinary", "accept", "4 working hours"),
        ("ordinary", "return_window", "2 working days"),
        ("ordinary", "first_response", "1 working day"),
        ("ordinary", "resolution", "1 working day"),
        ("ordinary", "dispute_decision", "1 working day"),
        ("ordinary", "extension_decision", "1 working day"),
        ("ordinary", "assistance", "3 working days"),
        ("ordinary", "judgement_window", "5 working days"),
        ("ordinary", "call", "4 working hours"),
        ("emergency", "call", "15 min"),
        ("happening_now", "call", "15 min"),
        ("ordinary", "legal_route_update", "5 working days"),
        ("ordinary", "look_back", "30 days"),
        ("ordinary", "objection_answer", "5 working days"),
        ("ordinary", "appeal_decision", "10 working days"),
        ("decision", "total", "7 days"),
        ("decision_complex", "total", "30 days"),
        ("decision", "first_response", "3 days"),
    ],
)
def test_clocks(policy, case_class, clock, figure):
    assert str(policy.classes[case_class].clocks[ClockName(clock)]) == figure


@pytest.mark.parametrize(
    ("limit", "figure"),
    [
        ("dispute_at_return", 2),
        ("dispute_at_hand_over", 3),
        ("max_questions", 2),
        ("question_time", "3 working days"),
        ("max_extensions", 1),
        ("longest_extension", "10 working days"),
        ("longest_unit_pause", "3 working days"),
        ("judgement_reminder", "3 working days"),
        ("judgement_change", "15 days"),
        ("deciding_at_no", 2),
        ("recurrence_window", "30 days"),
        ("decline_sample_percent", 10),
        ("max_objections", 1),
        ("incident_requests", 5),
        ("incident_window", "30 min"),
        ("longest_instruction", "5 working days"),
        ("call_back", "1 day"),
    ],
)
def test_limits(policy, limit, figure):
    found = getattr(policy.limits, limit)
    assert found == figure or str(found) == figure


def test_every_class_has_every_clock(policy):
    for case_class in policy.classes.values():
        assert set(case_class.clocks) == set(SPAN_CLOCKS)


def test_urgent_classes_count_in_minutes_and_act_first(policy):
    urgent = {code for code, found in policy.classes.items() if found.urgent}
    assert urgent == {"emergency", "utilities", "happening_now"}
    for code in urgent:
        assert policy.classes[code].act_first
        for clock in (ClockName.ACCEPT, ClockName.RETURN_WINDOW, ClockName.CALL):
            assert policy.classes[code].clocks[clock].unit.value == "min"


def test_labour_inspection_has_60_and_30_working_days(policy):
    route = policy.legal_routes["labour_inspection"]
    assert (str(route.limit), str(route.extension)) == ("60 working days", "30 working days")
    assert policy.category("unpaid_wages").legal_route == "labour_inspection"


def test_units_are_evaluated_by_quarters_over_at_least_four(policy):
    assert policy.evaluation.period_months == 3
    assert policy.evaluation.periods_at_least == 4


def test_decisions_follow_13710(policy):
    for code, last in (("decision", "7 days"), ("decision_complex", "30 days")):
        ladder = policy.ladders[policy.classes[code].ladder]
        assert ladder.starts is LadderStart.OPENED
        assert [str(step.after) for step in ladder.steps if step.after] == [
            "1 day",
            "3 days",
            last,
        ]


def test_overdue_goes_from_blue_over_orange_to_red_and_is_published_last(policy):
    ladder = policy.ladders["overdue"]
    assert ladder.starts is LadderStart.TOTAL_DUE
    timed = {step.code: step for step in ladder.steps if step.after}
    assert [(code, str(step.after), step.colour.value) for code, step in timed.items()] == [
        ("blue", "0 min", "blue"),
        ("reminder", "1 working day", "blue"),
        ("orange", "3 working days", "orange"),
        ("red", "6 working days", "red"),
    ]
    assert [step.calls for step in timed.values()] == [
        CallTarget.UNIT_HEAD, None, CallTarget.SUPERVISION, CallTarget.LEADER,
    ]  # fmt: skip
    assert CallTarget.UNIT_HEAD in timed["reminder"].reminds
    assert [step.code for step in ladder.steps if step.publishes] == ["red"]


@pytest.mark.parametrize(
    ("code", "trigger", "figure", "calls"),
    [
        ("near", "used", "75", None),
        ("bounced", "hand_overs", "3", "supervision"),
        ("refused_twice", "refusals", "2", "supervision"),
        ("quiet", "quiet", "5 working days", "unit_head"),
        ("sponsor", "age", "60 days", "supervision"),
    ],
)
def test_not_only_time_after_the_due_time_calls_somebody(policy, code, trigger, figure, calls):
    (step,) = [step for step in policy.ladders["overdue"].steps if step.code == code]
    assert step.trigger == trigger
    assert str(getattr(step, trigger)) == figure
    assert step.calls == calls


def test_what_is_old_needs_a_named_sponsor_or_somebody_who_takes_over(policy):
    (step,) = [step for step in policy.ladders["overdue"].steps if step.sponsor]
    assert set(step.answered_by) == {CallAnswer.NAMED_SPONSOR, CallAnswer.TOOK_OVER}


def test_urgent_matters_climb_within_an_hour(policy):
    timed = [step for step in policy.ladders["urgent_overdue"].steps if step.after]
    assert [(str(step.after), step.calls.value) for step in timed] == [
        ("0 min", "unit_head"),
        ("30 min", "supervision"),
        ("60 min", "leader"),
    ]


def test_figures_of_others_are_to_be_checked_and_own_ones_are_marked(policy):
    origins = {source.text_en for source in policy.sources}
    for origin in ("Beijing regulation 2021", "Guangdong 2022", "Shandong", "Shanxi", "Linyi"):
        assert origin in origins
    for source in policy.sources:
        own = source.text_en == "Dandang's own default"
        expected = SourceStatus.OWN_DEFAULT if own else SourceStatus.CHECK_BEFORE_USE
        assert source.status is expected


def test_the_tree_has_the_first_level_of_real_messages_and_two_levels(policy):
    roots = {found.code: found.name_zh for found in policy.categories.values() if not found.parent}
    assert set(roots.values()) >= FIRST_LEVEL_OF_REAL_MESSAGES
    for found in policy.categories.values():
        assert found.parent is None or found.parent in roots


def test_names_are_in_two_languages_and_never_alike_in_one_place(policy):
    for found in (*policy.categories.values(), *policy.reasons.values(), *policy.classes.values()):
        assert any("一" <= char <= "鿿" for char in found.name_zh)
        assert found.name_en.isascii()
    for field in ("name_zh", "name_en"):
        for group in (policy.categories, policy.reasons, policy.classes):
            names = [getattr(found, field) for found in group.values()]
            assert len(names) == len(set(names))


def test_every_verb_offers_reasons(policy):
    for verb in ReasonVerb:
        assert policy.reasons_for(verb)
    declines = {reason.code for reason in policy.reasons_for("decline")}
    assert declines == {"out_of_scope", "unlawful_demand", "cannot_lawfully"}
    assert policy.reason("decline", "out_of_scope").dispatcher_only
    assert policy.reason("return", "not_our_duty").needs_basis


def test_the_ends_of_a_policy_are_the_ends_of_a_case(policy):
    assert {end.value for end in EndName} == {state.value for state in ENDS}
    assert set(policy.ends) == set(EndName)


def test_night_noise_that_goes_on_now_gets_minutes_and_is_judged_after_three_nights(policy):
    now = policy.case_class("noise_building_night", happening_now=True)
    assert str(now.clocks[ClockName.ACCEPT]) == "15 min"
    assert str(policy.category("noise_building_night").confirm_after) == "3 days"


def test_an_emergency_stays_one_while_it_happens(policy):
    assert policy.case_class("gas_leak", happening_now=True).code == "emergency"


def test_written_anew_it_is_the_same_policy(policy):
    again = parse_policy(write(tomllib.loads(policy.text)), "again.toml")
    assert again == policy
    assert again.hash == policy.hash
    assert again.text != policy.text
