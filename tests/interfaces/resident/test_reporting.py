"""Mrs Liu reports that there is no water, with nothing but a browser."""

import pytest
from django.utils.translation import override

from dandang.interfaces.shared.titles import title_of
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
    writes,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def what_page(language="en"):
    liu = browser(language)
    return liu.get(liu.post("/new/where/", {}).url)


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
    words = words_of(writes(browser()))
    assert "Water bureau · Duty desk by the duty list" in words
    assert "First response by 11:00 Mon 12 Oct" in words
    assert "Finished by 09:00 Tue 13 Oct (24 hours)" in words
    assert counted(Wanted()) == 0


def test_without_a_category_she_sees_that_a_dispatcher_decides():
    words = words_of(writes(browser(), category=""))
    assert "Hotline centre · Intake a dispatcher decides which unit answers" in words
    assert "Finished by 18:00 Mon 19 Oct (5 working days)" in words


def test_what_nobody_answers_for_goes_visibly_to_the_fallback_post():
    words = words_of(writes(browser(), category="fireworks"))
    assert "Hotline centre · Coordination nobody else answers for it" in words


def test_what_is_happening_now_is_promised_in_minutes():
    words = words_of(
        writes(browser(), category="noise_building_night", happening_now="on", area="hudong")
    )
    assert "First response by 10:00 Mon 12 Oct" in words


def test_the_promise_is_what_opening_then_records():
    liu = browser()
    for category, area in (("", ""), ("water_supply", "hudong"), ("noise_building_night", "city")):
        words = words_of(writes(liu, category=category, area=area))
        state = find(opens(liu, category=category, area=area)).state
        unit = town.directory().unit_of(state.holder).name_en
        assert f"It goes to {unit}" in words
        with override("en"):
            from dandang.interfaces.shared.words.times import moment  # noqa: PLC0415 only here

            assert f"Finished by {moment(state.clocks['total'].at, town.MONDAY)}" in words


def test_the_check_shows_every_answer_and_names_what_was_left_out():
    words = words_of(writes(browser(), email=""))
    assert "What has happened? No water since this morning. The whole building" in words
    assert "What kind of matter is it? Water supply" in words
    assert "In which area is it? Hudong" in words
    assert "E-mail not given" in words


def test_every_answer_has_a_link_that_leads_back_to_its_step_and_then_to_the_check():
    liu = browser()
    page = writes(liu, title="Water", happening_now="on").content.decode()
    assert 'href="/new/what/#id_text">Change<span class="hidden-words">: What has happ' in page
    assert 'href="/new/where/#id_location">Change' in page
    assert 'href="/new/contact/#id_phone">Change' in page
    what = liu.get("/new/what/").content.decode()
    assert "The whole building, 3 Hubin Road.</textarea>" in what
    assert 'value="water_supply" selected' in what
    assert 'name="happening_now"' in what.split("checked")[0].rsplit("<input", 1)[1]
    assert 'value="Mrs Liu"' in liu.get("/new/contact/").content.decode()
    changed = liu.post("/new/where/", {"area": "city", "location": "Elsewhere"})
    assert changed.url == "/new/check/"
    assert "Where exactly? Elsewhere" in words_of(liu.get(changed.url))


def test_a_step_that_is_empty_and_may_not_be_is_answered_with_the_problem_and_a_link_to_it():
    liu = browser()
    answer = writes(liu, text="  ", title="Water")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#id_text">What has happened? Please fill this in.</a>' in page
    assert 'aria-invalid="true"' in page
    assert 'id="id_text_error"' in page
    assert 'aria-describedby="id_text_helptext id_text_error"' in page
    assert 'value="Water"' in page
    assert page.count('class="error-summary"') == 1
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
def test_what_cannot_be_used_is_said_at_its_field_and_nothing_is_sent(field, typed, words):
    liu = browser()
    token = token_of(writes(liu))
    answer = writes(liu, **{field: typed})
    assert answer.status_code == 422
    assert words in words_of(answer)
    step = answer.request["PATH_INFO"]
    assert words in words_of(liu.get(step))
    assert liu.post("/new/check/", {"token": token}).url == step
    assert counted(Wanted()) == 0


def test_the_same_form_sent_twice_is_one_case_with_one_receipt():
    liu = browser()
    form = {"token": token_of(writes(liu))}
    first, again = liu.post("/new/check/", form), liu.post("/new/check/", form)
    assert first.url == again.url
    assert counted(Wanted()) == 1
    assert "same receipt" in words_of(liu.get(again.url))


def test_a_retry_after_a_lost_answer_gives_the_same_access_code_even_in_another_browser():
    liu, phone = browser(), browser()
    form = {"token": token_of(writes(liu))}
    reference = liu.post("/new/check/", form).url.split("/")[2]
    code = code_on(liu, reference)
    assert phone.post("/new/check/", form).url == f"/c/{reference}/"
    assert code_on(phone, reference) == code


def test_two_tabs_of_one_draft_send_one_case():
    liu = browser()
    one, other = token_of(writes(liu)), token_of(liu.get("/new/check/"))
    assert liu.post("/new/check/", {"token": one}).url == (
        liu.post("/new/check/", {"token": other}).url
    )
    assert counted(Wanted()) == 1


def test_whose_answer_was_lost_is_told_so_and_gets_the_receipt():
    liu = browser()
    token = token_of(writes(liu))
    reference = liu.post("/new/check/", {"token": token}).url.split("/")[2]
    code = code_on(liu, reference)
    again = browser()
    again.cookies["draft"] = token  # the answer that takes it away never came
    page = again.get("/new/")
    assert "Your request was sent already" in words_of(page)
    assert again.post("/new/check/", {"token": token_of(page)}).url == f"/c/{reference}/"
    assert code_on(again, reference) == code
    assert counted(Wanted()) == 1


def test_what_is_written_after_a_lost_answer_is_another_request():
    liu = browser()
    token = token_of(writes(liu))
    first = liu.post("/new/check/", {"token": token}).url
    again = browser()
    again.cookies["draft"] = token
    second = sends(again, text="Something else").url
    assert first != second
    assert counted(Wanted()) == 2


def test_two_reports_are_two_requests_with_two_codes():
    liu = browser()
    one = opens(liu)
    first = code_on(liu, one)
    other = opens(liu)
    assert one != other
    assert code_on(liu, other) != first


@pytest.mark.parametrize("token", ["", "short", "x" * 33, "x" * 31 + "!"])
def test_a_form_that_lost_its_token_is_known_by_the_browser_it_was_written_in(token):
    liu = browser()
    writes(liu)
    assert liu.post("/new/check/", {"token": token}).url.startswith("/c/")
    assert counted(Wanted()) == 1


def test_a_token_that_nobody_was_given_sends_nothing():
    stranger = browser()
    answer = stranger.post("/new/check/", {"token": "x" * 32})
    assert answer.url == "/new/"
    assert "This draft is not there any more" in words_of(stranger.get("/new/"))
    assert counted(Wanted()) == 0


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
    page = what_page().content.decode()
    assert '<optgroup label="Water, power, gas and heat">' in page
    assert '<option value="utilities">Water, power, gas and heat: something else</option>' in page
    assert '<option value="suggestions">' in page
    assert '<option value="" selected>Suggest one from my words</option>' in page


def test_a_chinese_reader_chooses_in_chinese():
    page = what_page("zh-CN").content.decode()
    assert '<option value="water_supply">供水</option>' in page
    assert "我不确定" in page


def test_nothing_is_chosen_before_she_chooses():
    assert "checked" not in what_page().content.decode()
