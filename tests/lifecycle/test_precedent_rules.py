"""Laws of precedents: what is near to what, and what belongs to whose file."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.casework.events.custody import Accepted, DisputeDecided, DisputeRaised
from dandang.lifecycle.casework.rules import precedents
from dandang.lifecycle.casework.rules.precedents import Watch, below, family, rank
from dandang.terms import Actor, Recorded
from tests import town
from tests.lifecycle.disputes import decision
from tests.lifecycle.story import Story

CODES = "abcdefgh"

# Every code may hang below an earlier one, so there is never a loop.
TREES = st.tuples(*(st.sampled_from([None, *CODES[:place]]) for place in range(len(CODES)))).map(
    lambda parents: dict(zip(CODES, parents, strict=True))
)


def path(code: str, parents: dict[str, str | None]) -> list[str]:
    above = parents[code]
    return [*(path(above, parents) if above else []), code]


@given(TREES, st.sampled_from(CODES), st.sampled_from(CODES))
def test_a_family_is_whatever_is_above_or_below(parents, one, other):
    related = one in path(other, parents) or other in path(one, parents)
    assert (other in family(one, parents)) == related
    assert (other in family(one, parents)) == (one in family(other, parents))
    assert (other in below(one, parents)) == (one in path(other, parents))


@given(TREES)
def test_a_code_that_is_not_in_the_tree_stands_alone(parents):
    assert family("gone", parents) == below("gone", parents) == {"gone"}


@given(TREES, st.sampled_from(CODES), st.sampled_from([*CODES, None]), st.sampled_from("xy"))
def test_the_same_category_and_reason_is_nearest_then_the_category_then_those_above(
    parents, own, category, reason
):
    near = rank(decision(category, "x"), path(own, parents), reason)
    if category == own:
        assert near == (0 if reason == "x" else 1)
    else:
        assert near == (2 if category in path(own, parents) else None)


def test_nothing_is_near_to_a_case_without_a_category_and_no_reason_is_like_no_other():
    assert rank(decision(None), (), "not_our_duty") is None
    assert rank(decision("a"), (), "not_our_duty") is None
    assert rank(decision("a", ""), ("a",), "") == 1


def test_a_case_that_is_decided_twice_leaves_two_precedents():
    """Each with the reason it was raised for; what came between does not matter."""
    story = Story().opens("water_supply", "qingshan")
    first = DisputeRaised("by_holder", "h", "housing", "not_our_duty", "text")
    second = DisputeRaised("second_return", "c", "cityman", "other_area", "text")
    to_housing = DisputeDecided("h", "housing", "Rule 1", "text")
    watch = Watch()
    for number, event in enumerate([first, to_housing, second, Accepted(), to_housing]):
        at = town.MONDAY + timedelta(hours=number)
        watch.see(number, Recorded(event, Actor.system(), at), story.case)
    assert [(one.event_id, one.reason, one.wanted_unit) for one in watch.found] == [
        (1, "not_our_duty", "housing"),
        (4, "other_area", "cityman"),
    ]


def test_a_decision_without_a_dispute_on_record_says_so():
    """The ledger has none, but a decision is never lost for that."""
    story = Story().opens("water_supply", "qingshan")
    event = DisputeDecided("h", "housing", "Rule 1", "text")
    found = precedents.decision(1, Recorded(event, Actor.system(), town.MONDAY), story.case, None)
    assert (found.reason, found.ground, found.wanted_unit) == ("", "", "")
    assert (found.from_unit, found.to_unit) == ("water", "housing")
