"""Laws of impartiality: who is complained about, or in conflict, neither holds, acts nor reads."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.casework.rules.holding import is_free, is_subject
from dandang.lifecycle.casework.rules.offering import possible_verbs
from dandang.lifecycle.casework.rules.permit import may_read, may_see_authors, may_see_contact
from dandang.lifecycle.states import State
from dandang.lifecycle.verbs import READY
from dandang.terms import Actor, Code, Refusal
from tests import town
from tests.lifecycle.story import MRS_LIU, Story

OFFICERS = sorted(town.directory().officers)
UNITS = sorted(town.directory().units)
CATEGORIES = ["", "water_supply", "noise_building_night", "street_trading", "lifts", "unpaid_wages"]
DONE = {"outcome": "resolved", "text": "It is done"}
ABOUT = {"text": "She complains about this office"}
MINE = {"text": "The owner is my cousin"}
ENDS = {
    "conclude": {
        "reason": "final_review_given",
        "review_number": "2014-31",
        "reviewed_at": town.MONDAY - timedelta(days=9),
        "text": "No new facts",
    },
    "decline": {"reason": "out_of_scope", "text": "Not ours", "basis": "Rules 4"},
    "reject-proposal": {"reason": "work_not_done", "text": "It is not"},
    "decide-appeal": {"decision": "refused", "text": "It is so"},
    "reopen": {"text": "Go on"},
}
UNIT_SETS = st.lists(st.sampled_from(UNITS), max_size=4)


def attempt(story: Story, verb: str, by: Actor | str, **values: object) -> bool:
    """Try an act; say whether it was done."""
    try:
        story.does(verb, by, **values)
    except Refusal:
        return False
    return True


def opens_about(story: Story, category: str, subjects: list[str]) -> bool:
    """Open a case about these units; say whether there is anybody to hold it."""
    try:
        story.opens(category, "qingshan", subject_units=tuple(subjects))
    except Refusal as refused:
        return refused.code is not Code.NOBODY_OUTSIDE
    return True


def check_impartial(story: Story) -> None:
    directory, case = town.directory(), story.case
    assert not is_subject(directory, case.holder_unit, case.subject_units)
    for officer in OFFICERS:
        facts = story.facts(Actor.officer(officer))
        if not is_free(facts, officer):
            assert not may_read(facts)
            assert not may_see_contact(facts)
            assert not may_see_authors(facts)
            assert possible_verbs(facts) == []


@given(st.sampled_from(CATEGORIES), UNIT_SETS)
def test_no_case_arrives_at_or_is_routed_to_whom_it_is_about(
    category: str, subjects: list[str]
) -> None:
    story = Story()
    if opens_about(story, category, subjects):
        check_impartial(story)
    else:
        # Only where every unit that could answer is complained about.
        assert {"hotline", "supervision"} <= set(subjects)


@given(
    st.sampled_from(CATEGORIES),
    st.sampled_from([(), ("accept",), ("accept", "propose")]),
    st.lists(
        st.one_of(
            st.tuples(st.just("name-subject"), st.sampled_from(UNITS)),
            st.tuples(st.just("declare-conflict"), st.sampled_from(OFFICERS)),
        ),
        max_size=7,
    ),
)
def test_naming_and_stepping_back_leave_one_holder_who_is_not_complained_about(
    category: str, begun: tuple[str, ...], steps: list[tuple[str, str]]
) -> None:
    story = Story().opens(category, "qingshan")
    for verb in begun:
        holder = town.directory().officers_of(story.case.holder, story.now)[0].code
        attempt(story, verb, holder, **(DONE if verb == "propose" else {}))
    total, sent_at = story.case.total, story.case.sent_at
    for verb, who in steps:
        if verb == "declare-conflict":
            attempt(story, verb, who, **MINE)
        else:
            for officer in (town.ZHAO_MIN, town.CHEN_HUI):
                attempt(story, verb, officer, unit=who, **ABOUT)
        check_impartial(story)
        assert story.case.is_open
        assert (story.case.total, story.case.sent_at) == (total, sent_at)
        assert story.replayed() == story.case


@given(st.lists(st.tuples(st.sampled_from(sorted(ENDS)), st.sampled_from(OFFICERS)), max_size=12))
def test_nobody_decides_an_appeal_about_a_decision_of_their_own(
    acts: list[tuple[str, str]],
) -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    for verb, officer in acts:
        attempt(story, "propose", town.CAO_LEI, **DONE)
        before = story.case
        done = attempt(story, verb, officer, **ENDS[verb])
        assert not (done and verb == "decide-appeal" and officer in before.deciders)
        if done and verb != "reopen":
            assert officer in story.case.deciders
        attempt(story, "appeal", MRS_LIU, text="That is not so")
        assert story.case.appeal is None or story.case.state not in READY["propose"].states


@given(
    st.lists(st.sampled_from(sorted(town.policy().categories)), max_size=6),
    st.sampled_from(["water_supply", "city_appearance"]),
    st.integers(0, 300),
)
def test_a_category_change_never_gives_a_case_more_time_once_it_left_intake(
    categories: list[str], first: str, hours: int
) -> None:
    story = Story().opens(first).after(hours=hours)
    assert story.case.state is not State.RECEIVED
    for category in categories:
        total = story.case.total.at
        attempt(story, "change-category", town.ZHAO_MIN, category=category, text="It is that")
        assert story.case.total.at <= total


@given(st.lists(st.integers(1, 900), max_size=5), st.sampled_from(CATEGORIES))
def test_the_total_clock_is_never_later_than_the_deadline_above(
    hours: list[int], category: str
) -> None:
    story = Story().opens(category)
    for one in hours:
        due = story.now + timedelta(hours=one)
        story.does("link-external", town.ZHAO_MIN, external_ref="12345-1", external_due=due)
        assert story.case.total.at <= due
        assert story.case.clocks["total"] == story.case.total
