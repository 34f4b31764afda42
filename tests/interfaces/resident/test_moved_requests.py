"""A requester follows the request wherever it goes: joined with another, in a part of its own."""

from datetime import timedelta

import pytest

from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.perform import perform
from dandang.lifecycle.states import State
from dandang.terms import Actor
from tests import town
from tests.interfaces.stories import (
    browser,
    city,
    later,
    officer,
    opens,
    sends,
    wait_until,
    words_of,
    writes,
)

pytestmark = pytest.mark.django_db

ZHOU = {"text": "Number 5 is dry.\nSince six.", "location": "5 Hubin Road", "name": "Mr Zhou"}
OF_LIU = ("No water since", "Mrs Liu", "3 Hubin Road", "My child is ill")
DONE = {"outcome": "resolved", "text": "The pump runs again."}


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def page_of(client, reference: str, language: str = "en") -> str:
    answer = client.get(f"/c/{reference}/", headers={"accept-language": language})
    assert answer.status_code == 200
    return words_of(answer)


def two_joined():
    """Mr Zhou's case was merged into Mrs Liu's, an hour later."""
    liu, zhou = browser(), browser()
    of_liu = opens(liu)
    liu.post(f"/c/{of_liu}/note/", {"text": "My child is ill"})
    officer("accept", of_liu, town.LI_NA)
    later(minutes=30)
    of_zhou = opens(zhou, **ZHOU)
    now = later(hours=1)
    officer("merge", of_zhou, town.ZHAO_MIN, now, into=of_liu, text="The same outage")
    return liu, of_liu, zhou, of_zhou


def one_of_two_says_no():
    liu, of_liu, zhou, of_zhou = two_joined()
    officer("propose", of_liu, town.LI_NA, later(hours=2), **DONE)
    liu.post(f"/c/{of_liu}/judge/", {"verdict": "solved"})
    later(hours=3)
    zhou.post(f"/c/{of_zhou}/judge/", {"verdict": "no", "text": "Still dry"})
    return liu, of_liu, zhou, of_zhou


# joined


def test_after_a_merge_the_page_goes_on_with_the_own_words_and_nothing_of_others():
    _, of_liu, zhou, of_zhou = two_joined()
    page = page_of(zhou, of_zhou)
    assert "What you wrote Number 5 is dry. Since six." in page
    assert "Number 5 is dry." in page.split("What has happened")[0]
    assert "Your contact Mr Zhou" in page
    assert "Joined with the same matter, which is worked on already" in page
    for private in (*OF_LIU, of_liu):
        assert private not in page


def test_the_history_of_both_cases_stands_in_order():
    _, _, zhou, of_zhou = two_joined()
    timeline = zhou.get(f"/c/{of_zhou}/").context["page"].timeline
    times = [entry.at for entry in timeline]
    assert times == sorted(times, reverse=True)
    what = [entry.what for entry in timeline]
    assert what.index("Your request joined this matter") < what.index("Accepted by the unit")
    assert sum("Request received" in one for one in what) == 2


def test_who_was_there_before_sees_that_another_request_joined():
    liu, of_liu, _, of_zhou = two_joined()
    page = page_of(liu, of_liu)
    assert "Another request about the same matter joined" in page
    assert of_zhou not in page
    assert "Mr Zhou" not in page


def test_a_merged_requester_judges_as_before_and_waits_for_the_others():
    liu, of_liu, zhou, of_zhou = two_joined()
    officer("propose", of_liu, town.LI_NA, later(hours=2), **DONE)
    assert "The pump runs again." in page_of(zhou, of_zhou)
    zhou.post(f"/c/{of_zhou}/judge/", {"verdict": "solved"})
    page = page_of(zhou, of_zhou)
    assert "you have answered; other requesters are still asked" in page
    assert find(of_liu).state.state is State.PROPOSED
    liu.post(f"/c/{of_liu}/judge/", {"verdict": "solved"})
    assert find(of_zhou).state.state is State.SOLVED


def test_after_a_merge_was_undone_the_page_says_so():
    _, _, zhou, of_zhou = two_joined()
    officer("unmerge", of_zhou, town.ZHAO_MIN, later(hours=2), text="Another pipe")
    page = page_of(zhou, of_zhou)
    assert "Worked on separately again, by Water bureau, Duty desk" in page
    assert "Another pipe" not in page


# a part of its own


def test_who_says_no_among_many_follows_the_case_of_their_own():
    _, of_liu, zhou, of_zhou = one_of_two_says_no()
    page = page_of(zhou, of_zhou)
    assert find(of_zhou).case_reference not in (of_liu, of_zhou)
    assert f"{of_zhou} · in progress" in page
    assert "Your request goes on in a case of its own: the requester says it is not solved" in page
    assert "You Closing had been proposed too early" in page
    assert "What you wrote Number 5 is dry. Since six." in page
    assert "Still dry" in page
    assert page.count("Request received") == 2  # not a third time for the part
    for private in OF_LIU:
        assert private not in page


def test_the_others_see_no_reason_and_wait_for_the_part():
    liu, of_liu, _, of_zhou = one_of_two_says_no()
    page = page_of(liu, of_liu)
    assert "A part goes on as a case of its own" in page
    assert "you have answered; parts of the matter are still open" in page
    assert "Still dry" not in page
    assert of_zhou not in page


def test_the_part_is_judged_on_its_own():
    _, of_liu, zhou, of_zhou = one_of_two_says_no()
    officer("propose", of_zhou, town.LI_NA, later(hours=4), **DONE)
    zhou.post(f"/c/{of_zhou}/judge/", {"verdict": "solved"})
    assert find(of_liu).state.state is State.SOLVED
    assert "solved, as the requester confirmed" in page_of(zhou, of_zhou)


def test_chinese_readers_read_all_of_it_in_chinese():
    _, _, zhou, of_zhou = one_of_two_says_no()
    zhou.post("/language/setlang/", {"language": "zh-hans", "next": "/"})
    page = page_of(zhou, of_zhou, "zh-hans")
    assert "与正在办理的同一事项合并办理" in page
    assert "您反映的事另立工单继续办理" in page


# not yet


def test_nobody_is_asked_before_the_result_can_be_seen_but_no_is_always_possible():
    liu = browser()
    reference = opens(liu)
    officer("accept", reference, town.LI_NA)
    visible = town.MONDAY + timedelta(days=3)
    officer("propose", reference, town.LI_NA, **DONE, confirm_not_before=visible)
    answer = liu.get(f"/c/{reference}/")
    page = words_of(answer)
    assert "It cannot be seen yet whether it is solved" in page
    assert "The result can be seen from 09:00 Thu 15 Oct" in page
    buttons = answer.content.decode().count('name="verdict"')
    assert buttons == 1
    too_early = liu.post(f"/c/{reference}/judge/", {"verdict": "solved"})
    assert too_early.status_code == 409
    assert "“solved” is too early" in words_of(too_early)
    wait_until(visible)
    assert liu.get(f"/c/{reference}/").content.decode().count('name="verdict"') == 3


def test_no_before_the_result_can_be_seen_brings_it_back_at_once():
    liu = browser()
    reference = opens(liu)
    officer("accept", reference, town.LI_NA)
    visible = town.MONDAY + timedelta(days=3)
    officer("propose", reference, town.LI_NA, **DONE, confirm_not_before=visible)
    assert liu.post(f"/c/{reference}/judge/", {"verdict": "no"}).status_code == 302
    assert find(reference).state.state is State.IN_PROGRESS


# contesting an end


def explained(client) -> str:
    reference = opens(client)
    basis = {"reason": "permit_valid", "basis": "Permit 2026-31"}
    officer("accept", reference, town.LI_NA)
    officer("propose", reference, town.LI_NA, outcome="explained", text="It is in order", **basis)
    officer("explain", reference, town.CHEN_HUI, **basis, text="The permit is in order")
    return reference


def test_a_requester_objects_to_an_explanation_once_and_reads_the_answer():
    liu = browser()
    reference = explained(liu)
    assert "Object to this explanation" in page_of(liu, reference)
    assert liu.post(f"/c/{reference}/object/", {"text": ""}).status_code == 422
    assert liu.post(f"/c/{reference}/object/", {"text": "Not at night"}).status_code == 302
    page = page_of(liu, reference)
    assert "Your objection was sent to an office outside the unit" in page
    assert "You You objected in writing Not at night" in page
    assert "Object to this explanation" not in page_of(liu, reference)
    seq = find(reference).state.objections[0].seq
    officer(
        "answer-objection",
        reference,
        town.CHEN_HUI,
        objection_seq=seq,
        text="The permit ends at ten",
    )
    page = page_of(liu, reference)
    assert "Your objection was answered The permit ends at ten" in page


def test_an_officer_s_objection_is_nothing_for_requesters():
    liu = browser()
    reference = opens(liu)
    officer("object", reference, town.LI_NA, to_post="supervision-desk", text="It is not safe")
    officer("answer-objection", reference, town.CHEN_HUI, objection_seq=2, text="We look at it")
    page = page_of(liu, reference)
    assert "objection" not in page.lower()
    assert "We look at it" not in page


def test_a_requester_appeals_and_sees_the_decision():
    liu = browser()
    reference = explained(liu)
    assert liu.post(f"/c/{reference}/appeal/", {"text": "Look again"}).status_code == 302
    page = page_of(liu, reference)
    assert "The requester appealed Look again" in page
    assert "Appeal against this end" not in page
    officer("decide-appeal", reference, town.ZHAO_MIN, decision="granted", text="It is loud")
    page = page_of(liu, reference)
    assert "The appeal was decided: granted It is loud" in page
    assert f"{reference} · in progress" in page


# about an office


def test_a_complaint_about_an_office_goes_past_it_and_says_so_before_it_is_sent():
    liu = browser()
    liu.post("/new/where/", {"area": "hudong"})
    question = "Is this about how an office acted? Which one? (optional)"
    assert question in words_of(liu.get("/new/what/"))
    check = words_of(writes(liu, subject_unit="water"))
    assert "Water bureau · Duty desk" not in check
    assert "the complaint is about the unit that answers for it otherwise" in check
    sent = sends(liu, subject_unit="water")
    reference = sent.url.strip("/").split("/")[-1]
    case = find(reference).state
    assert case.subject_units == ("water",)
    assert case.holder_unit != "water"


def test_a_correction_of_what_was_read_is_read_too_and_others_are_not():
    liu = browser()
    reference = opens(liu)
    officer("reply", reference, town.LI_NA, text="Water at three")
    officer("note", reference, town.LI_NA, text="Pump 3", internal=True)
    for seq, text in ((2, "Water at five"), (3, "Pump 4")):
        wrong = {"corrects_seq": seq, "wrong": f"Wrong {seq}", "text": text}
        officer("correct", reference, town.LI_NA, **wrong)
    page = page_of(liu, reference)
    assert "An earlier entry was corrected Wrong 2 Water at five" in page
    assert "Pump 4" not in page
    assert "Wrong 3" not in page


def test_someone_else_s_request_cannot_be_followed_after_a_merge():
    liu, of_liu, _, of_zhou = two_joined()
    assert "Who is responsible" not in words_of(liu.get(f"/c/{of_zhou}/"))
    perform("note", of_zhou, {"text": "x"}, by=Actor.requester(2), now=later(hours=2))
    assert "Another requester Note added" in page_of(liu, of_liu)
