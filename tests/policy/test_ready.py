"""What holds for every policy that comes with the package."""

import tomllib

import pytest

from dandang.lifecycle.states import ENDS
from dandang.policy import (
    MISSABLE_CLOCKS,
    SPAN_CLOCKS,
    CallTarget,
    ClockName,
    EndName,
    LadderStart,
    ReasonVerb,
    SourceStatus,
    Trigger,
    parse_policy,
    ready_policies,
    ready_policy,
)
from tests.policy.small import write


@pytest.fixture(scope="module", params=ready_policies())
def policy(request):
    return ready_policy(request.param)


def test_there_are_two():
    assert ready_policies() == ("cn-county", "generic-311")


def test_every_class_has_every_clock_that_runs_for_a_span(policy):
    for case_class in policy.classes.values():
        assert set(case_class.clocks) == set(SPAN_CLOCKS)


def test_urgent_classes_count_in_minutes_or_hours_and_act_first(policy):
    urgent = [found for found in policy.classes.values() if found.urgent]
    assert urgent
    for found in urgent:
        assert found.act_first
        for clock in (ClockName.DISPATCH, ClockName.ACCEPT, ClockName.RETURN_WINDOW):
            assert found.clocks[clock].unit.value in {"min", "h"}


def test_every_class_is_used_by_a_category_or_by_another_class_or_is_for_decisions(policy):
    used = {found.case_class for found in policy.categories.values()}
    used |= {found.when_happening_now for found in policy.classes.values()}
    assert set(policy.classes) - used == {"decision", "decision_complex"}


def test_every_ladder_is_used_and_time_alone_brings_it_to_the_leader(policy):
    assert {found.ladder for found in policy.classes.values()} == set(policy.ladders)
    for ladder in policy.ladders.values():
        timed = [step for step in ladder.steps if step.trigger is Trigger.AFTER]
        assert timed[-1].calls is CallTarget.LEADER
        assert [step for step in ladder.steps if step.publishes] in ([], [timed[-1]])


def test_an_overdue_case_calls_somebody_above_its_holder_at_once(policy):
    for ladder in policy.ladders.values():
        if ladder.starts is LadderStart.TOTAL_DUE:
            calls = [step.calls for step in ladder.steps if step.after and step.after.is_zero]
            assert calls == [CallTarget.UNIT_HEAD]


def test_whoever_holds_a_case_is_reminded_before_its_time_is_over(policy):
    for ladder in policy.ladders.values():
        (near,) = [step for step in ladder.steps if step.trigger is Trigger.USED]
        assert CallTarget.OFFICER in near.reminds
        assert near.calls is None


def test_every_clock_that_a_person_should_have_met_calls_somebody_above(policy):
    assert set(policy.missed) == set(MISSABLE_CLOCKS) - {ClockName.RESOLUTION}
    assert CallTarget.OFFICER not in policy.missed.values()
    for decided in (ClockName.DISPUTE_DECISION, ClockName.APPEAL_DECISION):
        assert policy.missed[decided] in {CallTarget.SUPERVISION, CallTarget.LEADER}


def test_what_is_watched_for_is_the_same_everywhere(policy):
    watch = policy.watch
    assert (watch.starving_share, watch.starving_least, str(watch.roster_ahead)) == (
        100,
        5,
        "7 days",
    )
    assert watch.surge_calls_duty


def test_the_requesters_of_every_solved_case_are_asked_again(policy):
    assert policy.look_back.share == 100


def test_every_legal_route_is_that_of_a_category(policy):
    routes = {found.legal_route for found in policy.categories.values()} - {None}
    assert routes == set(policy.legal_routes)


def test_every_verb_that_needs_a_reason_offers_some(policy):
    for verb in ReasonVerb:
        assert len(policy.reasons_for(verb)) > (verb is not ReasonVerb.CONCLUDE)


def test_a_case_can_be_declined_only_with_a_basis_and_something_to_check(policy):
    for reason in policy.reasons_for("decline"):
        assert reason.needs_basis
        assert reason.condition_zh
        assert reason.condition_en
    assert policy.reason("decline", "out_of_scope").dispatcher_only
    assert policy.reason("return", "not_our_duty").needs_basis


def test_the_ends_are_those_of_a_case(policy):
    assert {end.value for end in EndName} == {state.value for state in ENDS}
    assert set(policy.ends) == set(EndName)


def test_an_emergency_and_a_question_about_conduct_cannot_be_waved_away(policy):
    assert EndName.DECLINED not in policy.ends_for("emergencies")
    assert EndName.PARTLY_SOLVED not in policy.ends_for("staff_conduct")


def test_the_tree_has_two_levels(policy):
    roots = {found.code for found in policy.categories.values() if not found.parent}
    parents = {found.parent for found in policy.categories.values()} - {None}
    assert parents <= roots


def test_names_are_in_two_languages_and_never_alike_in_one_place(policy):
    groups = (
        policy.categories, policy.reasons, policy.classes, policy.ladders, policy.legal_routes,
        policy.ends,
    )  # fmt: skip
    for group in groups:
        for found in group.values():
            assert any("一" <= char <= "鿿" for char in found.name_zh)
            assert found.name_en.isascii()
        for field in ("name_zh", "name_en"):
            names = [getattr(found, field) for found in group.values()]
            assert len(names) == len(set(names))


def test_figures_of_others_are_to_be_checked_and_own_ones_are_marked(policy):
    for source in policy.sources:
        own = source.text_en == "Dandang's own default"
        assert own == (source.text_zh == "担当的默认值")
        expected = SourceStatus.OWN_DEFAULT if own else SourceStatus.CHECK_BEFORE_USE
        assert source.status is expected


def test_written_anew_it_is_the_same_policy(policy):
    again = parse_policy(write(tomllib.loads(policy.text)), "again.toml")
    assert again == policy
    assert again.hash == policy.hash
