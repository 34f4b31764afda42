"""What another policy would have meant for the cases of a month."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.deadlines.rules import end_of
from dandang.lifecycle.deadlines.trying import Came, totals, try_out
from dandang.policy import CaseClass, ClockName, Policy, Span, SpanUnit
from tests import town

NOW = town.MONDAY + timedelta(days=40)
CATEGORIES = ["city_appearance", "water_supply", "unpaid_wages", None]


def with_total(policy: Policy, code: str, days: int) -> Policy:
    """Return the policy with another total clock for a class."""
    span = Span(days, SpanUnit.WORKING_DAYS)
    found: CaseClass = policy.classes[code]
    changed = replace(found, clocks={**found.clocks, ClockName.TOTAL: span})
    return replace(policy, classes={**policy.classes, code: changed})


def came(category: str | None = "city_appearance", ended_after: int | None = None) -> Came:
    at = town.MONDAY
    ended = None if ended_after is None else at + timedelta(days=ended_after)
    return Came(category, happening_now=False, counts_from=at, ended_at=ended)


def tried(cases: list[Came], new: Policy) -> list[tuple[object, ...]]:
    groups = try_out(cases, town.policy(), new, town.calendar(), NOW)
    return [
        (one.case_class, one.then, one.cases, one.earlier, one.later, one.late, one.late_then)
        for one in groups
    ]


def test_the_same_policy_moves_nothing() -> None:
    (group,) = tried([came(ended_after=1), came()], town.policy())
    assert group == ("ordinary", "ordinary", 2, 0, 0, 1, 1)


def test_a_shorter_deadline_makes_cases_due_earlier_and_more_of_them_late() -> None:
    old = town.policy().classes["ordinary"].clocks[ClockName.TOTAL]
    due = end_of(old, town.MONDAY, town.calendar()).at
    in_time = (due - town.MONDAY).days
    shorter = with_total(town.policy(), "ordinary", 1)
    assert tried([came(ended_after=in_time)], shorter) == [("ordinary", "ordinary", 1, 1, 0, 0, 1)]
    longer = with_total(town.policy(), "ordinary", 60)
    assert tried([came()], longer) == [("ordinary", "ordinary", 1, 0, 1, 1, 0)]


def test_a_category_can_go_to_another_class_and_can_be_unknown() -> None:
    policy = town.policy()
    found = policy.categories["city_appearance"]
    moved = {**policy.categories, "city_appearance": replace(found, case_class="complaint")}
    ((before, after, *_),) = tried([came()], replace(policy, categories=moved))
    assert (before, after) == ("ordinary", "complaint")
    gone = {code: one for code, one in policy.categories.items() if code != "city_appearance"}
    ((before, after, cases, *counts),) = tried([came()], replace(policy, categories=gone))
    assert (before, after, cases, counts) == ("ordinary", "", 1, [0, 0, 1, 0])
    groups = try_out([came()], policy, replace(policy, categories=gone), town.calendar(), NOW)
    assert totals(groups)["unknown"] == 1


def test_a_case_of_a_category_that_was_never_known_is_left_out() -> None:
    assert tried([came("moon_dust")], town.policy()) == []


def test_a_class_without_a_total_clock_is_never_late() -> None:
    policy = town.policy()
    found = policy.classes["ordinary"]
    clocks = {name: span for name, span in found.clocks.items() if name != ClockName.TOTAL}
    without = replace(found, clocks=clocks)
    bare = replace(policy, classes={**policy.classes, "ordinary": without})
    assert tried([came()], bare) == [("ordinary", "ordinary", 1, 0, 0, 1, 0)]


@given(
    st.lists(
        st.builds(
            came,
            st.sampled_from(CATEGORIES),
            st.one_of(st.none(), st.integers(0, 60)),
        ),
        max_size=12,
    ),
    st.integers(1, 40),
)
def test_every_case_is_counted_once_and_goes_one_way_at_most(cases: list[Came], days: int) -> None:
    groups = try_out(
        cases, town.policy(), with_total(town.policy(), "ordinary", days), town.calendar(), NOW
    )
    found = totals(groups)
    assert found["cases"] == len(cases)
    for one in groups:
        assert one.earlier + one.later <= one.cases
        assert max(one.late, one.late_then) <= one.cases
