"""The inbox of calls: who finds one, what closes it, and that reading does not."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dandang.ledger.queries import size
from dandang.lifecycle.casework.queries import find
from tests import town
from tests.interfaces.desk.examples import EXAMPLES, called
from tests.interfaces.desk.gone_up import page_of, passes, rows_of, told
from tests.interfaces.desk.office import at_desk, does, in_progress
from tests.interfaces.stories import browser, city, later, officer, opens, words_of

pytestmark = pytest.mark.django_db

PAGE = "/desk/calls/"
ORDER = EXAMPLES["act-on-call"].values


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def inbox(code: str) -> list[str]:
    return [row.case.reference for row in rows_of(code, PAGE)]


def waiting(code: str) -> int:
    """Return the number beside the link to the calls."""
    request = at_desk(code).get("/desk/").wsgi_request
    return request.desk.calls


def test_whoever_is_called_finds_the_case_with_why_and_until_when():
    reference = called()
    assert inbox(town.SUN_TAO) == [reference]
    assert waiting(town.SUN_TAO) == 1
    page = page_of(town.SUN_TAO, PAGE)
    assert "Calls 1" in page
    assert "11:15 Mon 12 Oct soon 10 minutes left called 11:00 Mon 12 Oct" in page
    assert "the time is up: first response Water bureau · Head of bureau" in page
    assert f"No water since this morning. {reference} · Water supply · Hudong" in page


@pytest.mark.parametrize("code", [town.LI_NA, town.WANG_QIANG, town.ZHAO_MIN, town.CHEN_HUI])
def test_nobody_else_has_the_call(code):
    called()
    assert inbox(code) == []
    assert waiting(code) == 0
    assert "No call waits for you." in page_of(code, PAGE)


def test_reading_closes_no_call():
    reference = called()
    before = size()
    sun_tao = at_desk(town.SUN_TAO)
    for path in (PAGE, f"/desk/{reference}/", f"/desk/{reference}/act-on-call/"):
        assert sun_tao.get(path).status_code == 200
    assert size() == before
    assert inbox(town.SUN_TAO) == [reference]


def test_who_stays_silent_keeps_the_call_and_the_next_above_gets_one():
    reference = called()
    passes(hours=2, minutes=20)
    assert inbox(town.SUN_TAO) == inbox(town.CHEN_HUI) == [reference]
    page = page_of(town.SUN_TAO, PAGE)
    assert "overdue by 5 minutes called 11:00 Mon 12 Oct the next above was called" in page
    assert "Who else was called Supervision office · Supervision · Chen Hui by 11:30" in page
    assert "Water bureau · Head of bureau · Sun Tao silent, was due 11:15" in page_of(
        town.CHEN_HUI, PAGE
    )


def test_an_instruction_answers_the_call_and_stands_in_the_case():
    reference = called()
    answer = does(at_desk(town.SUN_TAO), "act-on-call", reference, **ORDER)
    assert answer.status_code == 302
    assert inbox(town.SUN_TAO) == []
    page = page_of(town.LI_NA, f"/desk/{reference}/")
    assert "Acted on the call: instruct: who does what until when" in page
    assert "Call Mrs Liu and say when the pump is there" in page
    assert "Who carries it out: Water bureau · Duty desk" in page
    assert "Until when: 15:00 Mon 12 Oct" in page
    assert (
        "Instruction Water bureau · Duty desk, by 15:00 Mon 12 Oct; "
        "ordered by Water bureau · Head of bureau"
    ) in page
    assert "carry out the instruction do what the called officer ordered" in page


def test_taking_over_makes_the_called_post_the_holder():
    reference = called()
    over = {"act": "took_over", "text": "I go there myself"}
    assert does(at_desk(town.SUN_TAO), "act-on-call", reference, **over).status_code == 302
    assert find(reference).state.holder == "water-head"
    assert "Water bureau, Head of bureau took the case over" in page_of(
        town.SUN_TAO, f"/desk/{reference}/"
    )


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"act": "instructed", "due_at": ""}, "due_at", "Please fill this in"),
        ({"act": "took_over", "who": ""}, "due_at", ""),
        ({"act": "decided", "who": "water-duty"}, "who", ""),
        ({"due_at": "2026-12-24T12:00"}, "due_at", "later than the policy allows"),
        ({"due_at": "2026-10-12T10:00"}, "due_at", "passed already"),
    ],
)
def test_an_answer_that_says_too_little_or_too_much_is_refused_at_its_field(typed, field, words):
    reference = called()
    answer = does(at_desk(town.SUN_TAO), "act-on-call", reference, **{**ORDER, **typed})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {field}
    assert words in words_of(answer)
    assert inbox(town.SUN_TAO) == [reference]


def test_the_form_offers_what_answers_the_call_and_shows_the_call_upon_oneself():
    reference = called()
    passes(hours=2, minutes=20)
    page = at_desk(town.SUN_TAO).get(f"/desk/{reference}/act-on-call/")
    offered = [value for value, _ in page.context["form"]["act"].field.choices]
    assert offered == ["took_over", "instructed", "decided"]
    assert "Water bureau · Head of bureau was called" in page.context["answered"].what
    posts = {
        code for _, group in page.context["form"]["who"].field.choices[1:] for code, _ in group
    }
    assert {"water-duty", "housing-duty"} <= posts


def test_it_is_the_first_thing_to_do_in_the_case():
    reference = called()
    offers = at_desk(town.SUN_TAO).get(f"/desk/{reference}/").context["offers"]
    assert offers.usual[0].verb == "act-on-call"
    assert offers.usual[0].is_first


def test_the_case_names_who_is_called_and_who_was_silent():
    reference = called()
    passes(hours=2, minutes=20)
    page = page_of(town.LI_NA, f"/desk/{reference}/")
    assert (
        "Water bureau · Head of bureau · Sun Tao called to act: the time is up: first response "
        "since 11:00 Mon 12 Oct · by 11:15 Mon 12 Oct late"
    ) in page
    assert "Supervision office · Supervision · Chen Hui called to act: " in page
    assert "The call was not answered in time" in page
    assert "Officer: Chen Hui" in page


def test_earlier_calls_say_what_became_of_them():
    first, second = in_progress(), in_progress()
    passes(hours=2, minutes=5)
    told(hours=2, minutes=6)
    does(at_desk(town.SUN_TAO), "act-on-call", first, **ORDER)
    officer("contacted", second, town.LI_NA, later(hours=2, minutes=7), how="phone", text="At ten")
    page = page_of(town.SUN_TAO, PAGE)
    assert "No call waits for you." in page
    assert "Earlier calls Called Case What became of it" in page
    assert (
        f"{first} Acted on the call: instruct: who does what until when "
        "Water bureau · Head of bureau"
    ) in page
    assert f"{second} over: what the call was about has happened" in page
    assert "Earlier calls" not in page_of(town.CHEN_HUI, PAGE)


def test_a_call_that_waits_is_not_an_earlier_one():
    called()
    told(hours=2, minutes=6)
    assert "Earlier calls" not in page_of(town.SUN_TAO, PAGE)


def test_the_number_of_queries_does_not_grow_with_the_calls():
    client = at_desk(town.SUN_TAO)
    called()
    client.get(PAGE)
    numbers = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        numbers.append(len(captured))
        in_progress(), called()
    assert numbers[0] == numbers[1]


# the requester


def test_the_requester_reads_who_was_asked_to_act_and_no_name():
    liu = browser()
    reference = opens(liu)
    officer("accept", reference, town.LI_NA)
    passes(hours=2, minutes=20)
    page = words_of(liu.get(f"/c/{reference}/"))
    assert "The head of the unit was asked to act" in page
    assert "The office above the unit was asked to act" in page
    assert "Whoever was asked to act did not in time" in page
    assert "Next deadline by 11:00 Mon 12 Oct overdue by 20 minutes" in page
    assert not any(name in page for name in ("Sun Tao", "Chen Hui", town.SUN_TAO, town.CHEN_HUI))
    officer(
        "act-on-call",
        reference,
        town.CHEN_HUI,
        later(hours=2, minutes=21),
        act="took_over",
        text="-",
    )
    page = words_of(liu.get(f"/c/{reference}/"))
    assert "The office that was asked to act took the matter over" in page
    assert "Unit and post Supervision office · Supervision" in page


def test_it_speaks_chinese_to_officers_and_requesters():
    liu = browser("zh-hans")
    reference = opens(liu)
    passes(minutes=35)
    assert "已请该单位负责人过问" in words_of(liu.get(f"/c/{reference}/"))
    page = page_of(town.SUN_TAO, PAGE, "zh-hans")
    assert "待处理的过问事项" in page
    assert "已到期：签收 水务局 · 局长" in page
