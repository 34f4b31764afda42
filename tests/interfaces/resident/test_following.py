"""Following a request: see who holds it, answer, add details, withdraw, have it taken up."""

import pytest

from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.states import State, Verdict
from tests import town
from tests.interfaces.stories import (
    browser,
    city,
    later,
    officer,
    opens,
    proposed,
    words_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def judges(client, reference: str, verdict: str, **more: str):
    page = client.get(f"/c/{reference}/judge/", {"verdict": verdict})
    assert page.status_code == 200
    return client.post(f"/c/{reference}/judge/", {"verdict": verdict, **more}, follow=True)


# seeing


@pytest.mark.parametrize("path", ["/c/{}/judge/", "/c/{}/note/", "/c/{}/withdraw/"])
def test_who_has_no_code_is_led_to_the_look_up_whether_the_request_exists_or_not(path):
    reference = opens(browser())
    for one in (reference, "2222-2222", "nonsense", "%F0%9F%9A%B0"):
        answer = browser().get(path.format(one))
        assert (answer.status_code, answer.url) == (302, "/c/")


def test_the_address_of_a_request_opens_nothing_but_the_form_for_the_code():
    reference = opens(browser())
    known = browser().get(f"/c/{reference}/")
    unknown = browser().get("/c/2222-2222/")
    assert known.status_code == unknown.status_code == 200
    assert f'value="{reference}"' in known.content.decode()
    assert words_of(known) == words_of(unknown)
    assert "no-store" in known.headers["Cache-Control"]


def test_the_code_of_one_request_does_not_open_another():
    liu, zhou = browser(), browser()
    opens(liu)
    of_zhou = opens(zhou)
    assert "No water" not in words_of(liu.get(f"/c/{of_zhou}/"))
    answer = liu.post(f"/c/{of_zhou}/withdraw/", {})
    assert answer.url == "/c/"
    assert find(of_zhou).state.is_open


def test_she_sees_who_holds_it_what_is_due_and_whose_turn_it_is():
    liu = browser()
    reference = opens(liu)
    words = words_of(liu.get(f"/c/{reference}/"))
    assert "Who is responsible now Unit and post Water bureau · Duty desk" in words
    assert "Phone 0711-5550101" in words
    assert "Whose turn it is the unit that holds it" in words
    assert "Next deadline by 09:30 Mon 12 Oct 30 minutes left the unit is to accept" in words
    assert "In the end by 09:00 Tue 13 Oct 1 day left the whole matter is to be" in words
    assert "Waiting since it was sent less than a minute" in words
    assert "Hands it went through 2 posts" in words
    assert "overdue" not in words


def test_a_deadline_that_passed_is_called_overdue():
    liu = browser()
    reference = opens(liu)
    later(hours=25)
    words = words_of(liu.get(f"/c/{reference}/"))
    assert "by 09:00 Tue 13 Oct overdue" in words


def test_the_timeline_tells_every_move_newest_first_without_names_of_officers():
    liu = browser()
    reference = opens(liu)
    officer("accept", reference, town.LI_NA)
    officer(
        "hand-over",
        reference,
        town.LI_NA,
        to_post="housing-duty",
        reason="not_our_duty",
        text="The pipe belongs to the building.",
        basis="Duty list 2026 no. 3",
    )
    words = words_of(liu.get(f"/c/{reference}/"))
    newest = words.index("Handed over from Water bureau to Housing bureau, Duty desk")
    accepted = words.index("Accepted by the unit")
    sent = words.index("Request received (web); Hotline centre holds it")
    assert newest < accepted < sent
    assert "Reason: Not our duty" in words
    assert "The pipe belongs to the building." in words
    assert "Hands it went through 3 posts handed over 1 time" in words
    assert "Li Na" not in words
    assert town.LI_NA not in words


def test_internal_notes_stay_inside():
    liu = browser()
    reference = opens(liu)
    officer("accept", reference, town.LI_NA)
    officer("note", reference, town.LI_NA, text="She complains often.", internal=True)
    officer("note", reference, town.LI_NA, text="A team is on its way.", internal=False)
    words = words_of(liu.get(f"/c/{reference}/"))
    assert "She complains often." not in words
    assert "A team is on its way." in words


# answering


def test_three_equal_buttons_ask_whether_it_is_solved_and_none_is_chosen():
    liu = browser()
    reference = proposed(liu)
    page = liu.get(f"/c/{reference}/").content.decode()
    buttons = [line for line in page.split("<button") if 'name="verdict"' in line]
    assert [words.split('value="')[1].split('"')[0] for words in buttons] == list(Verdict)
    assert {words.split('class="')[1].split('"')[0] for words in buttons} == {"button second"}
    assert "If you do not answer by 18:00 Mon 19 Oct" in words_of(liu.get(f"/c/{reference}/"))
    assert "The pipe has been replaced." in page


@pytest.mark.parametrize(
    ("verdict", "more", "state"),
    [
        ("solved", {}, State.SOLVED),
        ("partly", {"agreed": "yes"}, State.PARTLY_SOLVED),
        ("partly", {"agreed": "no"}, State.IN_PROGRESS),
        ("no", {}, State.IN_PROGRESS),
    ],
)
def test_her_answer_decides(verdict, more, state):
    liu = browser()
    reference = proposed(liu)
    page = judges(liu, reference, verdict, **more)
    assert "Your answer was recorded." in words_of(page)
    assert find(reference).state.state is state


def test_partly_solved_asks_whether_it_shall_end_here_and_presumes_nothing():
    liu = browser()
    reference = proposed(liu)
    page = liu.get(f"/c/{reference}/judge/", {"verdict": "partly"})
    assert "Shall it end here?" in words_of(page)
    assert "checked" not in page.content.decode()
    answer = liu.post(f"/c/{reference}/judge/", {"verdict": "partly", "text": "Still a leak"})
    assert answer.status_code == 422
    assert "Please choose one of the two." in words_of(answer)
    assert "Still a leak</textarea>" in answer.content.decode()
    assert find(reference).state.state is State.PROPOSED


@pytest.mark.parametrize("verdict", ["solved", "no"])
def test_the_other_answers_do_not_ask_about_ending(verdict):
    liu = browser()
    reference = proposed(liu)
    assert "Shall it end" not in words_of(liu.get(f"/c/{reference}/judge/", {"verdict": verdict}))


def test_what_she_says_in_private_reaches_the_ledger_and_not_the_page():
    liu = browser()
    reference = proposed(liu)
    judges(liu, reference, "no", text="Still dry", was_contacted="no", was_pressed="yes")
    from dandang.lifecycle.casework.queries import history  # noqa: PLC0415 only here

    (judged,) = [one for one in history(find(reference).stream) if one[0].type == "judged"]
    assert judged[0].fields["was_contacted"] is False
    assert judged[1]["was_pressed"] is True
    words = words_of(liu.get(f"/c/{reference}/"))
    assert "The requester says: Not solved Still dry" in words
    assert "pressed" not in words


def test_she_can_change_her_answer_for_some_time_and_then_no_more():
    liu = browser()
    reference = proposed(liu)
    judges(liu, reference, "solved")
    assert "Your answer: Solved. You can still change it:" in words_of(liu.get(f"/c/{reference}/"))
    later(days=15)
    assert judges(liu, reference, "no")
    assert find(reference).state.state is State.IN_PROGRESS


def test_after_the_time_to_change_it_the_answer_is_no_longer_asked_for():
    liu = browser()
    reference = proposed(liu)
    judges(liu, reference, "solved")
    later(days=16)
    assert "You can still change it" not in words_of(liu.get(f"/c/{reference}/"))
    assert liu.get(f"/c/{reference}/judge/", {"verdict": "no"}).url == f"/c/{reference}/"
    answer = liu.post(f"/c/{reference}/judge/", {"verdict": "no", "text": "Dry again"})
    assert answer.status_code == 409
    assert "The time to give or change this answer is over." in words_of(answer)
    assert "Dry again</textarea>" in answer.content.decode()


@pytest.mark.parametrize("verdict", ["", "great", "solved'"])
def test_an_answer_that_does_not_exist_changes_nothing(verdict):
    liu = browser()
    reference = proposed(liu)
    for answer in (
        liu.get(f"/c/{reference}/judge/", {"verdict": verdict}),
        liu.post(f"/c/{reference}/judge/", {"verdict": verdict}),
    ):
        assert answer.url == f"/c/{reference}/"
    assert find(reference).state.state is State.PROPOSED


# the unit's question


def asked(client) -> str:
    reference = opens(client)
    officer("accept", reference, town.LI_NA)
    officer("ask", reference, town.LI_NA, missing="Which house?", text="Number 3 or number 3a?")
    return reference


def test_she_reads_the_question_and_answers_it():
    liu = browser()
    reference = asked(liu)
    words = words_of(liu.get(f"/c/{reference}/"))
    assert "The unit asks you Which house? Number 3 or number 3a? Your answer" in words
    assert "Whose turn it is you" in words
    answer = liu.post(f"/c/{reference}/answer/", {"text": "3a"}, follow=True)
    assert "Your answer was sent to the unit." in words_of(answer)
    assert find(reference).state.state is State.IN_PROGRESS
    assert "You The requester answered the question 3a" in words_of(answer)


def test_an_empty_answer_is_not_sent_and_the_question_stays_in_sight():
    liu = browser()
    reference = asked(liu)
    answer = liu.post(f"/c/{reference}/answer/", {"text": " "})
    assert answer.status_code == 422
    assert "Number 3 or number 3a?" in words_of(answer)


# adding, withdrawing, taking up again


def test_she_adds_details_which_move_nothing():
    liu = browser()
    reference = opens(liu)
    later(hours=1)
    answer = liu.post(f"/c/{reference}/note/", {"text": "Now also number 5."}, follow=True)
    assert "It was added; the unit sees it." in words_of(answer)
    assert "You Note added Now also number 5." in words_of(answer)
    assert find(reference).state.state is State.ASSIGNED


def test_she_withdraws_knowing_that_nobody_works_on_it_afterwards():
    liu = browser()
    reference = opens(liu)
    words = words_of(liu.get(f"/c/{reference}/withdraw/"))
    assert "If the matter is still there, send a new request later." in words
    page = liu.post(f"/c/{reference}/withdraw/", {"text": "It works again"}, follow=True)
    assert find(reference).state.state is State.WITHDRAWN
    assert "Your request was withdrawn." in words_of(page)
    assert "You Withdrawn by the requester It works again" in words_of(page)
    assert "taken up again" not in words_of(page)


def test_an_ended_case_is_taken_up_again_in_time_and_not_later():
    liu = browser()
    reference = proposed(liu)
    judges(liu, reference, "solved")
    later(days=29)
    assert "Ask for it to be taken up again" in words_of(liu.get(f"/c/{reference}/"))
    answer = liu.post(f"/c/{reference}/reopen/", {"text": "No water again"}, follow=True)
    assert "The matter is being worked on again." in words_of(answer)
    assert find(reference).state.state is State.IN_PROGRESS


def test_too_late_to_take_it_up_again_is_said_in_words_and_keeps_what_she_wrote():
    liu = browser()
    reference = proposed(liu)
    judges(liu, reference, "solved")
    later(days=31)
    assert "taken up again" not in words_of(liu.get(f"/c/{reference}/"))
    answer = liu.post(f"/c/{reference}/reopen/", {"text": "No water again"})
    assert answer.status_code == 409
    assert "The time to reopen this case is over." in words_of(answer)
    assert "No water again</textarea>" in answer.content.decode()


def test_when_the_case_moved_meanwhile_nothing_is_lost_and_nothing_is_done():
    liu = browser()
    reference = proposed(liu)
    seen = find(reference).state.seq
    officer("reject-proposal", reference, town.CHEN_HUI, reason="work_not_done", text="Finish it.")
    officer("propose", reference, town.LI_NA, outcome="resolved", text="Now it is done.")
    typed = {"verdict": "no", "text": "Not at all", "seen_seq": str(seen)}
    answer = liu.post(f"/c/{reference}/judge/", typed)
    assert answer.status_code == 409
    assert "The case has moved on since you opened it." in words_of(answer)
    assert "Not at all</textarea>" in answer.content.decode()
    assert f'name="seen_seq" value="{find(reference).state.seq}"' in answer.content.decode()
    assert find(reference).state.state is State.PROPOSED
    assert find(reference).state.requests[0].verdict is None


def test_verbs_of_officers_are_not_there_for_requesters():
    liu = browser()
    reference = opens(liu)
    for verb in ("accept", "hand-over", "reply", "lapse", "erase", "nonsense"):
        assert liu.get(f"/c/{reference}/{verb}/").status_code == 404
        assert liu.post(f"/c/{reference}/{verb}/", {"text": "x"}).status_code == 404
    assert find(reference).state.state is State.ASSIGNED


def test_what_is_not_her_turn_is_not_offered_and_refused_in_words():
    liu = browser()
    reference = opens(liu)
    assert liu.get(f"/c/{reference}/answer/").url == f"/c/{reference}/"
    answer = liu.post(f"/c/{reference}/answer/", {"text": "3a"})
    assert answer.status_code == 409
    assert "This cannot be done now" in words_of(answer)
