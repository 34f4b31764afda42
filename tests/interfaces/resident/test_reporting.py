"""Mrs Liu reports that there is no water, with nothing but a browser."""

import pytest
from django.utils.translation import override

from dandang.interfaces.resident.reporting import title_of
from dandang.lifecycle.casework.queries import counted, find, history, listed
from dandang.lifecycle.casework.wanted import Wanted
from tests import town
from tests.interfaces.stories import (
    NO_WATER,
    browser,
    city,
    code_on,
    opens,
    sends,
    token_of,
    words_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def checks(client, **changes):
    typed = {**NO_WATER, **changes, "token": token_of(client.get("/new/")), "step": "check"}
    return client.post("/new/", typed)


def test_mrs_liu_sends_a_request_and_the_water_bureau_holds_it():
    liu = browser()
    reference = opens(liu)
    case = find(reference).state
    assert (case.holder, case.channel, case.category) == ("water-duty", "web", "water_supply")
    opened, personal = history(find(reference).stream)[0]
    assert opened.occurred_at == town.MONDAY
    assert personal == {
        "title": "No water since this morning.",
        "text": NO_WATER["text"],
        "location": "3 Hubin Road",
        "name": "Mrs Liu",
        "phone": "13900000000",
    }


def test_the_receipt_shows_reference_and_access_code_and_neither_stands_in_an_address():
    liu = browser()
    answer = sends(liu)
    assert answer.url == f"/c/{answer.url.split('/')[2]}/"
    reference = answer.url.split("/")[2]
    page = liu.get(answer.url)
    code = code_on(liu, reference)
    assert reference in words_of(page)
    assert len(code.replace(" ", "")) == 26
    assert code.replace(" ", "") not in answer.url
    assert page.headers["Cache-Control"] == "no-store"


def test_the_access_code_is_kept_by_the_browser_alone():
    liu = browser()
    reference = opens(liu)
    code = code_on(liu, reference).replace(" ", "")
    assert code not in str(dict(liu.session.items()))
    cookie = liu.cookies["receipt"]
    assert (cookie["path"], cookie["httponly"], cookie["max-age"]) == ("/c/", True, 1800)
    del liu.cookies["receipt"]
    assert "Your receipt" not in words_of(liu.get(f"/c/{reference}/"))


def test_a_receipt_stands_only_on_the_page_of_its_own_request():
    liu = browser()
    first, second = opens(liu), opens(liu)
    assert "Your receipt" not in words_of(liu.get(f"/c/{first}/"))
    assert "Your receipt" in words_of(liu.get(f"/c/{second}/"))


def test_a_receipt_cookie_that_somebody_wrote_is_not_believed():
    liu = browser()
    reference = opens(liu)
    liu.cookies["receipt"] = f"{reference} AAAAAAAAAAAAAAAAAAAAAAAAAA 0:1tforged:signature"
    assert "Your receipt" not in words_of(liu.get(f"/c/{reference}/"))


def test_before_sending_she_sees_who_it_goes_to_and_by_when():
    words = words_of(checks(browser()))
    assert "Water bureau · Duty desk by the duty list" in words
    assert "First response by 11:00 Mon 12 Oct" in words
    assert "Finished by 09:00 Tue 13 Oct (24 hours)" in words
    assert counted(Wanted()) == 0


def test_without_a_category_she_sees_that_a_dispatcher_decides():
    words = words_of(checks(browser(), category=""))
    assert "Hotline centre · Intake a dispatcher decides which unit answers" in words
    assert "Finished by 18:00 Mon 19 Oct (5 working days)" in words


def test_what_nobody_answers_for_goes_visibly_to_the_fallback_post():
    words = words_of(checks(browser(), category="fireworks"))
    assert "Hotline centre · Coordination nobody else answers for it" in words


def test_what_is_happening_now_is_promised_in_minutes():
    words = words_of(
        checks(browser(), category="noise_building_night", happening_now="on", area="hudong")
    )
    assert "First response by 10:00 Mon 12 Oct" in words


def test_the_promise_is_what_opening_then_records():
    liu = browser()
    for category, area in (("", ""), ("water_supply", "hudong"), ("noise_building_night", "city")):
        words = words_of(checks(liu, category=category, area=area))
        state = find(opens(liu, category=category, area=area)).state
        unit = town.directory().unit_of(state.holder).name_en
        assert f"It goes to {unit}" in words
        with override("en"):
            from dandang.interfaces.shared.words.times import moment  # noqa: PLC0415 only here

            assert f"Finished by {moment(state.clocks['total'].at, town.MONDAY)}" in words


def test_the_check_shows_every_answer_and_names_what_was_left_out():
    words = words_of(checks(browser(), email=""))
    assert "What has happened? No water since this morning. The whole building" in words
    assert "What kind of matter is it? Water supply" in words
    assert "In which area is it? Hudong" in words
    assert "E-mail not given" in words


def test_going_back_from_the_check_keeps_everything_typed():
    liu = browser()
    typed = {**NO_WATER, "title": "Water", "happening_now": "on", "step": "edit"}
    typed["token"] = token_of(liu.get("/new/"))
    page = liu.post("/new/", typed).content.decode()
    assert "The whole building, 3 Hubin Road.</textarea>" in page
    assert 'value="Mrs Liu"' in page
    assert 'value="water_supply" selected' in page
    assert 'name="happening_now"' in page.split("checked")[0].rsplit("<input", 1)[1]
    assert typed["token"] in page


def test_an_empty_form_is_answered_with_the_problem_and_a_link_to_it():
    answer = checks(browser(), text="  ")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#id_text">What has happened? Please fill this in.</a>' in page
    assert 'aria-invalid="true"' in page
    assert 'id="id_text_error"' in page
    assert 'aria-describedby="id_text_helptext id_text_error"' in page
    assert 'value="Mrs Liu"' in page
    assert counted(Wanted()) == 0


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("text", "x" * 10_001, "At most 10000 characters, please shorten it."),
        ("title", "x" * 101, "At most 100 characters, please shorten it."),
        ("phone", "call me", "Please give a phone number in digits."),
        ("email", "liu at home", "Please check the e-mail address."),
        ("category", "witchcraft", "Select a valid choice."),
        ("area", "atlantis", "Select a valid choice."),
    ],
)
@pytest.mark.parametrize("step", ["check", "send"])
def test_what_cannot_be_used_is_said_at_its_field_and_nothing_is_written(field, typed, words, step):
    liu = browser()
    token = token_of(liu.get("/new/"))
    answer = liu.post("/new/", {**NO_WATER, field: typed, "token": token, "step": step})
    assert answer.status_code == 422
    assert words in words_of(answer)
    assert counted(Wanted()) == 0


def test_the_same_form_sent_twice_is_one_case_with_one_receipt():
    liu = browser()
    token = token_of(liu.get("/new/"))
    first, again = sends(liu, token=token), sends(liu, token=token)
    assert first.url == again.url
    assert counted(Wanted()) == 1
    assert "same receipt" in words_of(liu.get(again.url))


def test_a_retry_after_a_lost_answer_gives_the_same_access_code_even_in_another_browser():
    liu, phone = browser(), browser()
    token = token_of(liu.get("/new/"))
    reference = sends(liu, token=token).url.split("/")[2]
    code = code_on(liu, reference)
    assert sends(phone, token=token).url == f"/c/{reference}/"
    assert code_on(phone, reference) == code


def test_two_forms_are_two_requests_with_two_codes():
    liu = browser()
    one, other = opens(liu), opens(liu)
    assert one != other
    codes = set()
    for reference in (one, other):
        fresh = browser()
        token = token_of(fresh.get("/new/"))
        again = sends(fresh, token=token).url.split("/")[2]
        codes.add(code_on(fresh, again))
        assert again != reference
    assert len(codes) == 2


@pytest.mark.parametrize("token", ["", "short", "x" * 33, "x" * 31 + "!"])
def test_a_form_that_lost_its_token_gets_another_one(token):
    answer = sends(browser(), token=token or "-")
    assert answer.status_code == 302
    assert counted(Wanted()) == 1


def test_without_any_contact_she_can_still_follow_on_the_web():
    liu = browser()
    reference = opens(liu, name="", phone="", email="")
    assert find(reference).state.requests[0].reachable
    assert "Your contact none left" in words_of(liu.get(f"/c/{reference}/"))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("停水了\n整栋楼", "停水了"),
        ("停" * 40, "停" * 40),
        ("停" * 41, "停" * 39 + "…"),
        ("Building noise every night until two o'clock", "Building noise every night until two…"),
        ("a " + "b" * 50, "a " + "b" * 37 + "…"),
    ],
)
def test_a_request_without_title_is_named_by_its_beginning(text, title):
    assert title_of(text) == title
    opens(browser(), text=text)
    (line,) = listed(Wanted())
    assert line.title == title


def test_categories_are_grouped_and_the_group_itself_can_be_chosen():
    page = browser().get("/new/").content.decode()
    assert '<optgroup label="Water, power, gas and heat">' in page
    assert '<option value="utilities">Water, power, gas and heat: something else</option>' in page
    assert '<option value="suggestions">' in page
    assert '<option value="" selected>I am not sure</option>' in page


def test_a_chinese_reader_chooses_in_chinese():
    page = browser("zh-CN").get("/new/").content.decode()
    assert '<option value="water_supply">供水</option>' in page
    assert "我不确定" in page


def test_nothing_is_chosen_before_she_chooses():
    page = browser().get("/new/").content.decode()
    assert "checked" not in page
