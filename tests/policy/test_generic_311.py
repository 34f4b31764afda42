"""The policy of a 311 service has the figures that its sources give."""

import pytest

from dandang.policy import ClockName, ready_policy


@pytest.fixture(scope="module")
def policy():
    return ready_policy("generic-311")


@pytest.mark.parametrize(
    ("category", "case_class", "total"),
    [
        ("gas_smell", "emergency", "24 h"),
        ("traffic_signals", "urgent", "1 working day"),
        ("snow_and_ice", "urgent", "1 working day"),
        ("heat_and_hot_water", "urgent", "1 working day"),
        ("water_leak", "urgent", "1 working day"),
        ("potholes", "quick", "3 working days"),
        ("missed_collection", "quick", "3 working days"),
        ("illegal_dumping", "quick", "3 working days"),
        ("graffiti", "quick", "3 working days"),
        ("street_lights", "standard", "10 working days"),
        ("noise_residential", "standard", "10 working days"),
        ("abandoned_vehicles", "standard", "10 working days"),
        ("tree_care", "complex", "30 days"),
        ("housing_conditions", "complaint", "10 working days"),
        ("benefit_payments", "complaint", "10 working days"),
        ("unpaid_wages", "investigation", "60 days"),
        ("abuse_of_office", "investigation", "60 days"),
        ("how_to_apply", "enquiry", "3 working days"),
    ],
)
def test_usual_matters_have_their_class_and_service_level(policy, category, case_class, total):
    found = policy.case_class(category)
    assert found.code == case_class
    assert str(found.clocks[ClockName.TOTAL]) == total


@pytest.mark.parametrize("category", ["noise_residential", "illegal_parking", "blocked_driveway"])
def test_what_goes_on_now_is_looked_at_within_8_hours(policy, category):
    found = policy.case_class(category, happening_now=True)
    assert str(found.clocks[ClockName.TOTAL]) == "8 h"


@pytest.mark.parametrize("category", ["gas_smell", "traffic_signals"])
def test_what_is_urgent_anyway_stays_so_while_it_happens(policy, category):
    assert policy.case_class(category, happening_now=True) == policy.case_class(category)


def test_a_complaint_and_its_review_follow_the_ombudsman(policy):
    clocks = policy.classes["complaint"].clocks
    assert str(clocks[ClockName.TOTAL]) == "10 working days"
    assert str(clocks[ClockName.APPEAL_DECISION]) == "20 working days"
    assert (policy.limits.max_extensions, str(policy.limits.longest_extension)) == (
        1,
        "10 working days",
    )


@pytest.mark.parametrize(
    ("category", "route", "limit", "extension"),
    [
        ("public_records", "information_request", "20 working days", "10 working days"),
        ("benefit_payments", "benefit_decision", "30 days", None),
        ("housing_conditions", "housing_violation", "30 days", None),
        ("unpaid_wages", "wage_claim", "30 days", "90 days"),
    ],
)
def test_the_law_has_routes_of_its_own(policy, category, route, limit, extension):
    found = policy.legal_routes[route]
    assert policy.category(category).legal_route == route
    assert (str(found.limit), found.extension and str(found.extension)) == (limit, extension)


def test_noise_is_judged_after_three_nights(policy):
    for category in ("noise_residential", "noise_construction", "air_quality"):
        assert str(policy.category(category).confirm_after) == "3 days"


def test_only_the_last_step_of_an_overdue_case_is_published(policy):
    timed = [step for step in policy.ladders["overdue"].steps if step.after]
    assert [(str(step.after), step.calls and step.calls.value) for step in timed] == [
        ("0 min", "unit_head"),
        ("1 working day", None),
        ("5 working days", "supervision"),
        ("10 working days", "leader"),
    ]
    assert [step.code for step in policy.ladders["overdue"].steps if step.publishes] == ["leader"]
