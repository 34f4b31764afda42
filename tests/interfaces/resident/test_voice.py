"""What requesters can say: ratings, the office above, and whether it is still solved."""

import re
from datetime import timedelta

import pytest

from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Open
from dandang.lifecycle.states import State
from dandang.lifecycle.work import fire_due
from dandang.notifications.call_back.models import CallBack
from dandang.notifications.models import Message
from dandang.terms import Actor
from tests import town
from tests.interfaces.desk.office import at_desk, does
from tests.interfaces.desk.test_call_backs import passes
from tests.interfaces.resident.test_following import judges
from tests.interfaces.stories import (
    browser,
    city,
    later,
    officer,
    opens,
    proposed,
    wait_until,
    words_of,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def solved(client, **request: str) -> str:
    reference = proposed(client, **request)
    judges(client, reference, "solved")
    return reference


def looked_back(client, **request: str) -> str:
    """Return a request that was solved, thirty days on: its requester is asked again."""
    reference = solved(client, **request)
    at = find(reference).state.clocks["look_back"].at
    wait_until(at)
    fire_due(at)
    return reference


def told(reference: str) -> list[str]:
    return list(
        Message.objects.filter(recipient=f"requester:{reference}")
        .order_by("id")
        .values_list("template", flat=True)
    )


# rating


def test_after_her_answer_she_can_rate_and_nothing_is_preselected():
    liu = browser()
    reference = proposed(liu)
    assert "How was your matter handled?" not in words_of(liu.get(f"/c/{reference}/"))
    page = judges(liu, reference, "solved")
    words = words_of(page)
    assert "How was your matter handled?" in words
    assert "You can leave it out." in words
    assert "The unit does not see it before." in words
    assert page.content.count(b'name="stars"') == 5
    assert b"checked" not in page.content
    page = liu.post(f"/c/{reference}/rate/", {"stars": "2", "text": "Slow"}, follow=True)
    assert "Your rating so far: Discontent." in words_of(page)
    assert "Rated the service: 2 of 5 Slow" in words_of(page)


def test_sending_no_rating_says_what_to_do_and_records_nothing():
    liu = browser()
    reference = solved(liu)
    page = liu.post(f"/c/{reference}/rate/", {"stars": ""})
    assert page.status_code == 422
    assert "Please choose one, or leave it out." in words_of(page)
    assert find(reference).state.request(1).stars is None


def test_the_unit_sees_the_rating_when_it_cannot_be_changed_any_more():
    liu = browser()
    reference = solved(liu)
    liu.post(f"/c/{reference}/rate/", {"stars": "1", "text": "Nobody listened"})
    case = f"/desk/{reference}/"
    words = words_of(at_desk(town.LI_NA).get(case))
    assert "1 of 5" not in words
    assert "Nobody listened" not in words
    assert "A requester rated the service; it is shown after" in words
    assert "1 of 5" in words_of(at_desk(town.ZHAO_MIN).get(case))
    later(days=16)
    words = words_of(at_desk(town.LI_NA).get(case))
    assert "1 of 5" in words
    assert "Nobody listened" in words


def test_of_several_the_unit_does_not_see_who_judged_before_that():
    liu = browser()
    reference = opens(liu)
    officer("attach", reference, town.ZHAO_MIN, text="Here too")
    officer("accept", reference, town.LI_NA)
    officer("propose", reference, town.LI_NA, outcome="resolved", text="Repaired")
    judges(liu, reference, "solved", text="It runs")
    words = words_of(at_desk(town.LI_NA).get(f"/desk/{reference}/"))
    assert re.search(r"· A requester · #\d The requester says: Solved", words)
    assert "It runs" not in words
    assert "1 · 09:00 Mon 12 Oct 2 ·" in words
    history = words_of(at_desk(town.LI_NA).get(f"/desk/{reference}/documents/history/"))
    assert "A requester The requester says: Solved" in history
    assert "It runs" in words_of(at_desk(town.CHEN_HUI).get(f"/desk/{reference}/"))


def test_what_she_says_in_private_stays_there():
    liu = browser()
    reference = proposed(liu)
    judges(liu, reference, "no", was_pressed="yes", text="Still dry")
    private = "Somebody asked me to answer in a certain way."
    for page in ("", "documents/history/"):
        assert private not in words_of(at_desk(town.LI_NA).get(f"/desk/{reference}/{page}"))
    assert private in words_of(at_desk(town.CHEN_HUI).get(f"/desk/{reference}/"))
    later(days=30)
    assert private not in words_of(at_desk(town.LI_NA).get(f"/desk/{reference}/"))


# judging


def test_the_page_says_what_a_no_leads_to_and_how_to_appeal():
    liu = browser()
    reference = proposed(liu)
    words = words_of(liu.get(f"/c/{reference}/"))
    assert "said a second time, an office above the unit takes it over" in words
    assert "you can appeal within" in words
    page = liu.get(f"/c/{reference}/judge/", {"verdict": "no"})
    assert "What is not solved?" in words_of(page)
    assert "works on it again, under the same deadline" in words_of(page)
    judges(liu, reference, "no", text="Still dry")
    assert reference in words_of(at_desk(town.LI_NA).get("/desk/"))
    assert "Still dry" in words_of(at_desk(town.LI_NA).get(f"/desk/{reference}/"))


def test_the_answer_can_be_changed_until_a_time_that_the_page_names():
    liu = browser()
    reference = solved(liu)
    words = words_of(liu.get(f"/c/{reference}/"))
    assert "You can still change it: (until 09:00 Tue 27 Oct)" in words


def test_silence_is_reminded_of_once_and_ends_as_no_answer():
    liu = browser()
    reference = proposed(liu)
    words = words_of(liu.get(f"/c/{reference}/"))
    assert "it ends as “archived, no answer received”" in words
    for hours in range(12, 480, 12):
        now = later(hours=hours)
        while fire_due(now).fired:
            pass
        passes(now)
    assert find(reference).state.state is State.UNANSWERED
    assert told(reference).count("judge_reminder") == 1
    assert "archived, no answer received" in words_of(liu.get(f"/c/{reference}/"))


def test_silence_of_whoever_left_no_contact_is_unreachable():
    wish = Open(title="No water", text="Dry", channel="phone", category="water_supply")
    reference = open_request(wish, by=Actor.officer(town.ZHAO_MIN), now=town.MONDAY).reference
    officer("accept", reference, town.LI_NA)
    officer("propose", reference, town.LI_NA, outcome="resolved", text="Repaired")
    at = find(reference).state.clocks["judgement_window"].at
    wait_until(at)
    while fire_due(at).fired:
        pass
    assert find(reference).state.state is State.UNREACHABLE
    words = words_of(at_desk(town.ZHAO_MIN).get(f"/desk/{reference}/"))
    assert "archived, no contact left" in words


# asking the office above


def test_before_a_deadline_is_missed_the_page_says_when_it_will_be_possible():
    liu = browser()
    reference = opens(liu)
    words = words_of(liu.get(f"/c/{reference}/"))
    assert "possible as soon as a deadline was missed" in words
    assert liu.get(f"/c/{reference}/ask-escalation/").url == f"/c/{reference}/"
    answer = liu.post(f"/c/{reference}/ask-escalation/", {})
    assert answer.status_code in (403, 409, 422)
    assert "No deadline has been missed" in words_of(answer)


def test_after_a_missed_deadline_she_asks_sees_who_is_called_and_is_told_the_answer():
    liu = browser()
    reference = opens(liu, category="city_appearance")
    now = later(hours=5)
    page = liu.get(f"/c/{reference}/")
    assert "Because a deadline was missed, you can ask the office above to act." in words_of(page)
    words = words_of(liu.get(f"/c/{reference}/ask-escalation/"))
    assert "is called now and has to act by" in words
    page = liu.post(f"/c/{reference}/ask-escalation/", {"text": "Nobody came"}, follow=True)
    words = words_of(page)
    assert "You asked the office above to act" in words
    assert "Supervision office" in words
    assert "was called and has to act by" in words
    calls = words_of(at_desk(town.CHEN_HUI).get("/desk/calls/"))
    assert "the requester asked for it" in calls
    passes(now)
    called = Message.objects.filter(recipient=f"officer:{town.CHEN_HUI}", template="called_upon")
    assert called.exists()
    order = {"act": "instructed", "text": "Go today", "who": "cityman-duty"}
    answer = does(
        at_desk(town.CHEN_HUI), "act-on-call", reference, **order, due_at="2026-10-13T17:00"
    )
    assert answer.status_code == 302
    passes(now)
    assert told(reference)[-1] == "answered_above"
    words = words_of(liu.get(f"/c/{reference}/"))
    assert "What came of it stands below" in words


def test_the_private_word_to_the_office_above_is_hers():
    liu = browser()
    reference = opens(liu, category="city_appearance")
    later(hours=5)
    liu.post(f"/c/{reference}/ask-escalation/", {"text": "Nobody came"})
    words = words_of(liu.get(f"/c/{reference}/"))
    assert "Asked the office above to act Nobody came" in words


# looking back


def test_a_month_later_she_is_asked_whether_it_still_is_and_yes_changes_nothing():
    liu = browser()
    reference = looked_back(liu)
    page = liu.get(f"/c/{reference}/")
    words = words_of(page)
    assert "Is it still solved?" in words
    assert "Without an answer nothing changes, and you are not asked again." in words
    buttons = re.findall(rb'<button[^>]*name="holds"[^>]*>', page.content)
    assert len({re.sub(rb'value="\w+"', b"", one) for one in buttons}) == 1
    assert len(buttons) == 2
    form = liu.get(f"/c/{reference}/look-back/", {"holds": "yes"})
    assert "Your answer: yes, it is still solved" in words_of(form)
    assert find(reference).state.request(1).holds is None
    page = liu.post(f"/c/{reference}/look-back/", {"holds": "yes"}, follow=True)
    assert "Your answer so far: Yes, it is still solved." in words_of(page)
    assert find(reference).state.state is State.SOLVED


def test_no_takes_it_up_again_and_the_unit_is_told():
    liu = browser()
    reference = looked_back(liu)
    form = liu.get(f"/c/{reference}/look-back/", {"holds": "no"})
    assert "takes it up again, with its whole history" in words_of(form)
    answer = {"holds": "no", "text": "Dry again"}
    words = words_of(liu.post(f"/c/{reference}/look-back/", answer, follow=True))
    assert "Taken up again by Water bureau: the requester says it is not solved any more" in words
    assert "Is it still solved?" not in words
    desk = at_desk(town.LI_NA)
    assert reference in words_of(desk.get("/desk/"))
    assert "Dry again" in words_of(desk.get(f"/desk/{reference}/"))
    case = find(reference).state
    assert (case.state, case.relapses, case.holder) == (State.IN_PROGRESS, 1, "water-duty")


def test_a_button_that_says_nothing_leads_back():
    liu = browser()
    reference = looked_back(liu)
    for holds in ("", "maybe"):
        answer = liu.get(f"/c/{reference}/look-back/", {"holds": holds})
        assert answer.url == f"/c/{reference}/"


def test_who_left_only_a_telephone_is_called_and_an_officer_enters_the_answer():
    liu = browser()
    reference = looked_back(liu)
    now = find(reference).state.look_back_until - 14 * DAY
    wait_until(now)
    passes(now)
    assert told(reference)[-1] == "look_back"
    assert CallBack.objects.filter(about="look_back", result="").count() == 1
    zhao = at_desk(town.ZHAO_MIN)
    page = zhao.get("/desk/call-backs/")
    assert "Ask: is it still solved?" in words_of(page)
    assert f"/desk/{reference}/look-back/?request=1".encode() in page.content
    assert zhao.get(f"/desk/{reference}/look-back/?request=1").status_code == 200
    answer = does(zhao, "look-back", reference, holds="yes", request="1")
    assert answer.status_code == 302
    assert find(reference).state.request(1).holds is True


def test_silence_after_looking_back_changes_nothing():
    liu = browser()
    reference = looked_back(liu)
    now = later(days=60)
    fire_due(now)
    assert find(reference).state.state is State.SOLVED
    words = words_of(liu.get(f"/c/{reference}/"))
    assert "You were asked whether it is still solved" in words
    assert "How is it now?" not in words
