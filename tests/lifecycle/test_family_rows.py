"""Stories of several cases and one act: rows, ledger and references stay in step."""

from datetime import timedelta

import pytest

from dandang.ledger.queries import personal_of, size
from dandang.lifecycle.casework.actions.act import Done
from dandang.lifecycle.casework.models import Case, Request
from dandang.lifecycle.casework.queries import find, history, listed
from dandang.lifecycle.casework.wanted import Wanted
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.queries import opened_by
from dandang.lifecycle.intake.rules import Contact, Open
from dandang.lifecycle.perform import perform
from dandang.lifecycle.replay import replay
from dandang.lifecycle.states import State
from dandang.terms import Actor, Code, Refusal
from tests import town
from tests.lifecycle.at_once import at_once

LAMPS = {"to_post": "cityman-duty", "title": "The lamps", "text": "Mend the lamps of the lane"}
DONE = {"outcome": "resolved", "text": "It is done"}
SAME = "The same hole in the same road"


@pytest.fixture
def city(db: None) -> None:
    town.build()


def opened(category: str = "city_appearance", text: str = "A hole in the road") -> str:
    wish = Open(
        title="A hole",
        text=text,
        channel="web",
        category=category,
        area="hudong",
        contact=Contact(phone="13900000000"),
    )
    return open_request(wish, by=Actor.requester(1), now=town.MONDAY).reference


def does(verb: str, reference: str, officer: str, hours: int = 1, **values: object) -> Done:
    now = town.MONDAY + timedelta(hours=hours)
    return perform(verb, reference, values, by=Actor.officer(officer), now=now).done


def judges(reference: str, verdict: str, hours: int = 2) -> Done:
    by = Actor.requester(find(reference).request_number)
    now = town.MONDAY + timedelta(hours=hours)
    return perform("judge", reference, {"verdict": verdict}, by=by, now=now).done


def outage(callers: int) -> list[str]:
    """Return the references of so many callers in one case that Cao Lei says is done."""
    first = opened()
    others = [
        perform(
            "attach",
            first,
            {"text": f"Caller {number}", "phone": "13900000000"},
            by=Actor.officer(town.ZHAO_MIN),
            now=town.MONDAY,
        ).receipt
        for number in range(2, callers + 1)
    ]
    does("accept", first, town.CAO_LEI)
    does("propose", first, town.CAO_LEI, **DONE)
    return [first, *(receipt.reference for receipt in others if receipt)]


def no_difference() -> None:
    result = replay()
    assert result.differences == ()
    assert result.cases == Case.objects.count()


def test_a_part_is_a_case_of_its_own_that_the_ledger_names_both_ways(city: None) -> None:
    reference = opened()
    done = does("split", reference, town.ZHAO_MIN, **LAMPS)
    (part,) = done.children
    child, parent = find(part), find(reference)
    assert (child.state.state, child.state.holder) == (State.ASSIGNED, "cityman-duty")
    split = history(parent.stream)[-1][0]
    assert split.fields["children"] == [Case.objects.get(reference=part).tag]
    assert child.state.parent == Case.objects.get(reference=reference).tag
    assert {line.title for line in listed(Wanted(posts=("cityman-duty",)))} >= {"The lamps"}
    no_difference()


def test_the_end_of_a_part_is_told_to_its_parent_in_the_same_transaction(city: None) -> None:
    reference = opened()
    (part,) = does("split", reference, town.ZHAO_MIN, **LAMPS).children
    does("accept", part, town.CAO_LEI)
    does("propose", part, town.CAO_LEI, **DONE)
    done = does("judge", part, town.ZHAO_MIN, hours=2, verdict="solved")
    assert done.state is State.SOLVED
    told = history(find(reference).stream)[-1][0]
    assert (told.type, str(told.actor)) == ("child_ended", "system")
    assert find(reference).state.open_children == 0
    no_difference()


def test_one_no_among_many_keeps_every_reference_and_opens_a_case_for_one(city: None) -> None:
    references = outage(3)
    judges(references[0], "solved")
    (part,) = judges(references[1], "no").children
    judges(references[2], "solved")
    moved = find(references[1])
    assert moved.case_reference == part
    assert (moved.state.state, moved.request_number) == (State.IN_PROGRESS, 1)
    assert moved.reference == references[1]
    (before,) = moved.earlier
    assert (before.stream, before.request_number) == (find(references[0]).stream, 2)
    assert find(references[0]).state.state is State.PROPOSED
    no_difference()
    does("propose", part, town.CAO_LEI, hours=3, **DONE)
    judges(references[1], "solved", hours=4)
    assert find(references[0]).state.state is State.SOLVED
    no_difference()


def test_the_case_for_one_goes_by_the_title_of_its_parent_and_copies_no_word(city: None) -> None:
    references = outage(2)
    (part,) = judges(references[1], "no").children
    assert {line.title for line in listed(Wanted(reference=part))} == {"A hole"}
    opening = history(find(part).stream)[0][0]
    assert "title" not in personal_of([opening.event_id]).get(opening.event_id, {}) or (
        personal_of([opening.event_id])[opening.event_id]["title"] == ""
    )


def test_after_a_merge_both_references_lead_to_the_same_case(city: None) -> None:
    first, second = opened(), opened(text="The hole again")
    does("merge", second, town.ZHAO_MIN, into=first, text=SAME)
    view = find(second)
    assert (view.case_reference, view.request_number) == (first, 2)
    assert view.reference == second
    assert len(view.earlier) == 1
    does("accept", first, town.CAO_LEI)
    does("propose", first, town.CAO_LEI, hours=2, **DONE)
    judges(second, "solved", hours=3)
    assert find(first).state.state is State.PROPOSED
    judges(first, "solved", hours=3)
    assert find(second).state.state is State.SOLVED
    no_difference()


def test_a_merged_requester_still_enters_with_the_own_code(city: None) -> None:
    first = opened()
    wish = Open(title="A hole", text="The hole again", channel="web", category="city_appearance")
    receipt = open_request(wish, by=Actor.requester(1), now=town.MONDAY)
    does("merge", receipt.reference, town.ZHAO_MIN, into=first, text=SAME)
    assert opened_by(receipt.reference, receipt.access_code) == receipt.reference


def test_undoing_a_merge_brings_the_reference_home(city: None) -> None:
    first, second = opened(), opened(text="The hole again")
    does("merge", second, town.ZHAO_MIN, into=first, text=SAME)
    with pytest.raises(Refusal):
        does("unmerge", first, town.ZHAO_MIN, text="Another road")
    own = Case.objects.get(reference=second)
    does("unmerge", second, town.ZHAO_MIN, text="Another road")
    assert find(second).stream == bytes(own.stream)
    assert find(second).state.state is State.ASSIGNED
    no_difference()


def test_what_comes_back_is_worked_on_again_under_its_old_reference(city: None) -> None:
    first = opened()
    does("accept", first, town.CAO_LEI)
    does("propose", first, town.CAO_LEI, **DONE)
    judges(first, "solved")
    second = opened(text="The hole is back")
    does("merge", second, town.ZHAO_MIN, hours=5, into=first, text="It is back")
    assert find(first).state.state is State.IN_PROGRESS
    assert [one.type for one, _ in history(find(first).stream)][-2:] == [
        "reopened",
        "request_attached",
    ]
    no_difference()


def test_a_refused_merge_or_split_leaves_everything_as_it_was(city: None) -> None:
    first, second = opened(), opened("water_supply")
    (part,) = does("split", first, town.ZHAO_MIN, **LAMPS).children
    before = (size(), list(Case.objects.order_by("id").values()), Request.objects.count())
    for verb, reference, values in (
        ("merge", second, {"into": second, "text": SAME}),
        ("merge", second, {"into": "2222-2222", "text": SAME}),
        ("merge", second, {"into": part, "text": SAME}),
        ("merge", second, {"into": "", "text": SAME}),
        ("split", second, {**LAMPS, "to_post": "nowhere"}),
        ("split", second, {**LAMPS, "title": ""}),
        ("unmerge", second, {"text": "Never merged"}),
    ):
        with pytest.raises(Refusal):
            does(verb, reference, town.ZHAO_MIN, **values)
    after = (size(), list(Case.objects.order_by("id").values()), Request.objects.count())
    assert before == after


def test_an_act_for_a_request_that_has_moved_on_since_is_refused(city: None) -> None:
    first, second = opened(), opened(text="The hole again")
    number = find(second).request_number
    does("merge", second, town.ZHAO_MIN, into=first, text=SAME)
    with pytest.raises(Refusal) as caught:
        perform(
            "withdraw",
            second,
            {},
            by=Actor.requester(number),
            now=town.MONDAY + timedelta(hours=3),
        )
    assert caught.value.code is Code.CHANGED_MEANWHILE
    assert not find(first).state.request(1).withdrawn


def test_six_callers_who_answer_at_the_same_moment_are_all_heard(fresh_database: str) -> None:
    town.build()
    references = outage(6)
    verdicts = ["solved", "no", "solved", "no", "solved", "solved"]
    results = at_once(
        [
            lambda reference=reference, verdict=verdict: judges(reference, verdict)
            for reference, verdict in zip(references, verdicts, strict=True)
        ]
    )
    assert all(isinstance(one, Done) for one in results)
    assert find(references[0]).state.open_children == 2
    no_difference()


def test_two_cases_joined_into_each_other_at_the_same_moment_leave_one_open(
    fresh_database: str,
) -> None:
    town.build()
    first, second = opened(), opened(text="The hole again")
    results = at_once(
        [
            lambda: does("merge", first, town.ZHAO_MIN, into=second, text=SAME),
            lambda: does("merge", second, town.ZHAO_MIN, into=first, text=SAME),
        ]
    )
    assert sum(isinstance(one, Done) for one in results) == 1
    assert Case.objects.filter(state="merged").count() == 1
    no_difference()


def test_parts_that_end_at_the_same_moment_end_their_parent_once(fresh_database: str) -> None:
    town.build()
    references = outage(4)
    parts = [judges(reference, "no").children[0] for reference in references[1:3]]
    judges(references[0], "solved")
    judges(references[3], "solved")
    for part in parts:
        does("propose", part, town.CAO_LEI, hours=3, **DONE)
    at_once([lambda one=one: judges(one, "solved", hours=4) for one in references[1:3]])
    parent = find(references[0])
    assert parent.state.state is State.SOLVED
    assert [one.type for one, _ in history(parent.stream)].count("child_ended") == 2
    no_difference()
