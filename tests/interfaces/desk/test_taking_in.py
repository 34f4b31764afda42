"""Stories of officers who take requests in: on the phone, at the counter, from letters."""

import re

import pytest

from dandang.ledger.queries import size
from dandang.lifecycle.casework.models import Case, Request
from dandang.lifecycle.casework.queries import find, history
from dandang.lifecycle.perform import perform
from dandang.lifecycle.replay import replay
from dandang.terms import Actor
from tests import town
from tests.interfaces.desk.office import PASSWORD, account, at_desk
from tests.interfaces.desk.taking_in import (
    HER_DAUGHTER,
    MRS_LIU,
    NAMELESS,
    paper,
    takes_in,
    token_on,
)
from tests.interfaces.stories import browser, city, code_on, officer, opens, words_of
from tests.signing import code_of, with_app

pytestmark = pytest.mark.django_db

CODE = re.compile(r"(?:[2-9A-Z]{4} ){6}[2-9A-Z]{2}")


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


@pytest.fixture
def zhao_min():
    return at_desk(town.ZHAO_MIN)


def opening(reference: str):
    event, personal = history(find(reference).stream)[0]
    return event, personal


# who may


@pytest.mark.parametrize("code", [town.LI_NA, town.WANG_QIANG, town.CHEN_HUI, town.MA_LIN])
def test_only_posts_for_it_take_requests_in(code):
    client = at_desk(code)
    assert "New request" not in words_of(client.get("/desk/"))
    assert client.get("/desk/new/").status_code == 403
    before = size()
    assert client.post("/desk/new/", {**MRS_LIU, "step": "confirmed"}).status_code == 403
    assert size() == before


def test_whoever_may_finds_the_page_from_everywhere(zhao_min):
    page = zhao_min.get("/desk/").content.decode()
    assert '<a href="/desk/new/">New request</a>' in page


# from the form to the receipt


def test_nothing_is_chosen_beforehand_unless_the_address_says_how_it_comes(zhao_min):
    form = zhao_min.get("/desk/new/").context["form"]
    assert [field.value() for field in form.visible_fields() if field.value()] == []
    assert zhao_min.get("/desk/new/?channel=phone").context["form"]["channel"].value() == "phone"
    assert zhao_min.get("/desk/new/?channel=web").context["form"]["channel"].value() == ""


def test_what_was_said_is_read_back_in_sentences_before_anything_is_kept(zhao_min):
    before = size()
    page = takes_in(zhao_min, "check", **HER_DAUGHTER, happening_now="on", subject_unit="cityman")
    words = words_of(page)
    assert "Read this back" in words
    for sentence in (
        "You speak for Mrs Liu, as: daughter.",
        "It is here:",
        "3 Hubin Road",
        "It is happening now, so minutes count.",
        "That unit will neither hold it nor see who you are.",
        "You are called at: 13900000000.",
        "Nothing of it is shown publicly.",
        "It goes to: Water bureau",
        "There is a first answer by",
        "It is to be finished by",
        "Is all of this right?",
    ):
        assert sentence in words
    assert size() == before


def test_a_request_at_the_counter_gets_a_receipt_with_which_its_sender_follows_it(zhao_min):
    answer = takes_in(zhao_min, **MRS_LIU)
    assert answer.status_code == 200
    found = paper(answer)
    event, personal = opening(found.reference)
    assert (event.fields["on_behalf"], event.fields["read_back"]) == ("in_person", True)
    assert event.fields["channel"] == "counter"
    assert (event.actor.code, event.post) == (town.ZHAO_MIN, "hotline-intake")
    assert (personal["name"], personal["title"]) == ("Mrs Liu", "No water since six.")
    assert Case.objects.get().holder == "water-duty"
    mrs_liu = browser()
    code = {"reference": found.reference, "access_code": found.access_code}
    assert mrs_liu.post("/c/", code).url == f"/c/{found.reference}/"
    assert "No water since six." in words_of(mrs_liu.get(f"/c/{found.reference}/"))


def test_the_receipt_says_who_answers_by_when_and_where_it_is_followed(zhao_min):
    words = words_of(takes_in(zhao_min, **{**MRS_LIU, "channel": "phone"}))
    assert "Responsible Water bureau · Duty desk" in words
    assert "First answer by" in words
    assert "http://testserver/c/" in words
    assert "/desk/" not in words
    assert "Read it out now" in words
    assert len(set(CODE.findall(words))) == 1


def test_the_same_form_sent_twice_gives_the_same_receipt(zhao_min):
    token = token_on(zhao_min.get("/desk/new/"))
    first = takes_in(zhao_min, **MRS_LIU, token=token)
    again = takes_in(zhao_min, **MRS_LIU, token=token)
    assert paper(first).reference == paper(again).reference
    assert paper(first).access_code == paper(again).access_code
    assert "had been received before" in words_of(again)
    assert Case.objects.count() == 1


def test_the_access_code_stands_on_that_answer_alone(zhao_min):
    found = paper(takes_in(zhao_min, **MRS_LIU))
    for path in ("/desk/", f"/desk/{found.reference}/", "/desk/new/"):
        page = zhao_min.get(path)
        assert found.access_code not in page.content.decode()
        assert page.headers["Cache-Control"] == "no-store"


def test_a_proxy_is_named_in_the_case_to_those_who_see_contacts(zhao_min):
    reference = paper(takes_in(zhao_min, **HER_DAUGHTER)).reference
    _event, personal = opening(reference)
    assert (personal["proxy_name"], personal["proxy_relation"]) == ("Miss Liu", "daughter")
    assert "Miss Liu" not in words_of(at_desk(town.LI_NA).get(f"/desk/{reference}/"))
    looking = {"purpose": "to_call"}
    perform("unmask", reference, looking, by=Actor.officer(town.LI_NA), now=town.MONDAY)
    assert "Miss Liu" in words_of(at_desk(town.LI_NA).get(f"/desk/{reference}/"))
    assert "Miss Liu" not in words_of(at_desk(town.MA_LIN).get(f"/desk/{reference}/"))
    assert "somebody for the requester" in words_of(zhao_min.get(f"/desk/{reference}/"))


def test_who_erases_the_contact_erases_who_spoke_for_them_too(zhao_min):
    reference = paper(takes_in(zhao_min, **HER_DAUGHTER)).reference
    perform("erase-contact", reference, {}, by=Actor.requester(1), now=town.MONDAY)
    _event, personal = opening(reference)
    assert set(personal) == {"title", "text", "location"}
    assert "Miss Liu" not in words_of(at_desk(town.LI_NA).get(f"/desk/{reference}/"))
    assert replay().differences == ()


def test_whoever_gives_no_name_gets_the_code_read_out_in_groups(zhao_min):
    answer = takes_in(zhao_min, **{**NAMELESS, "channel": "phone"})
    found = paper(answer)
    assert list(found.groups) == found.access_code.split()
    assert len(found.groups) == 7
    assert opening(found.reference)[0].fields["on_behalf"] == "anonymous"


def test_nobody_gets_a_code_for_a_letter_without_a_sender(zhao_min):
    typed = {**NAMELESS, "channel": "letter"}
    assert "The letter names nobody who sent it." in words_of(takes_in(zhao_min, "check", **typed))
    answer = takes_in(zhao_min, "unconfirmed", **typed)
    found = paper(answer)
    assert found.access_code == ""
    assert "there is nobody to give it to" in words_of(answer)
    assert CODE.search(words_of(answer)) is None
    assert Request.objects.get().access_hash is None
    assert not Request.objects.get().reachable


def test_a_letter_cannot_be_read_back_whatever_is_sent(zhao_min):
    typed = {**MRS_LIU, "channel": "letter"}
    assert "Check the letter" in words_of(takes_in(zhao_min, "check", **typed))
    reference = paper(takes_in(zhao_min, "confirmed", **typed)).reference
    assert opening(reference)[0].fields["read_back"] is False


def test_who_hangs_up_is_taken_in_without_a_yes(zhao_min):
    reference = paper(takes_in(zhao_min, "unconfirmed", **MRS_LIU)).reference
    assert opening(reference)[0].fields["read_back"] is False


def test_agreeing_to_be_shown_is_asked_and_recorded(zhao_min):
    words = words_of(takes_in(zhao_min, "check", **MRS_LIU, may_publish="on"))
    assert "You agree that the matter is shown publicly, without your name." in words
    reference = paper(takes_in(zhao_min, **MRS_LIU, may_publish="on")).reference
    assert opening(reference)[0].fields["may_publish"] is True


def test_a_complaint_about_the_officers_own_unit_gives_a_receipt_and_no_way_in(zhao_min):
    answer = takes_in(zhao_min, **MRS_LIU, subject_unit="hotline")
    assert answer.context["case"] == ""
    assert "To the case" not in words_of(answer)
    assert zhao_min.get(f"/desk/{paper(answer).reference}/").status_code == 404


def test_everything_taken_in_is_rebuilt_from_the_ledger(zhao_min):
    takes_in(zhao_min, **HER_DAUGHTER)
    takes_in(zhao_min, "unconfirmed", **{**NAMELESS, "channel": "letter"})
    assert replay().differences == ()


# what is wrong


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"channel": ""}, "channel"),
        ({"channel": "web"}, "channel"),
        ({"on_behalf": ""}, "on_behalf"),
        ({"text": " "}, "text"),
        ({"phone": "call me"}, "phone"),
        ({"email": "liu"}, "email"),
        ({"on_behalf": "proxy", "proxy_relation": "", "proxy_name": "x"}, "proxy_relation"),
        ({"on_behalf": "proxy", "name": "", "proxy_relation": "son"}, "name"),
        ({"on_behalf": "anonymous"}, "name"),
        ({"category": "moon"}, "category"),
        ({"area": "moon"}, "area"),
        ({"subject_unit": "moon"}, "subject_unit"),
    ],
)
@pytest.mark.parametrize("step", ["check", "confirmed"])
def test_a_mistake_is_named_at_its_field_and_nothing_typed_is_lost(zhao_min, change, field, step):
    before = size()
    answer = takes_in(zhao_min, step, **{**MRS_LIU, **change})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "The whole building." in words_of(answer) or field == "text"
    assert size() == before


def test_changing_something_brings_the_form_back_as_it_was(zhao_min):
    answer = takes_in(zhao_min, "edit", **HER_DAUGHTER)
    assert answer.status_code == 200
    form = answer.context["form"]
    assert {name: form[name].value() for name in HER_DAUGHTER} == HER_DAUGHTER


def test_a_lost_token_is_replaced_and_nothing_typed_is_lost(zhao_min):
    answer = zhao_min.post("/desk/new/", {**MRS_LIU, "token": "x", "step": "check"})
    assert answer.status_code == 200
    assert len(answer.context["form"]["token"].value()) == 32


# when the session is over


def test_what_was_typed_survives_the_end_of_the_session():
    secret = with_app(account(town.ZHAO_MIN, password=PASSWORD))
    client = browser()
    typed = {**MRS_LIU, "token": "t" * 32}
    asked = client.post("/desk/new/", {**typed, "step": "confirmed"})
    assert asked.status_code == 403
    assert "Nothing of what you typed is lost" in words_of(asked)
    assert dict(asked.context["typed"]) == typed
    wrong = client.post("/desk/new/", {**typed, "username": town.ZHAO_MIN, "password": "x"})
    assert wrong.status_code == 422
    assert dict(wrong.context["typed"]) == typed
    signed_in = {"username": town.ZHAO_MIN, "password": PASSWORD}
    half = client.post("/desk/new/", {**typed, **signed_in})
    assert half.status_code == 422
    assert dict(half.context["typed"]) == typed
    before = size()
    signed_in["code"] = code_of(secret)
    back = client.post("/desk/new/", {**typed, **signed_in, "step": "confirmed"})
    assert back.status_code == 200
    assert back.context["form"]["text"].value() == MRS_LIU["text"]
    assert PASSWORD not in back.content.decode()
    assert size() == before
    assert client.get("/desk/new/").status_code == 200


def test_guessing_passwords_there_is_slowed_down_too():
    account(town.ZHAO_MIN, password=PASSWORD)
    client = browser()
    tried = {"token": "t" * 32, "username": town.ZHAO_MIN, "password": "x"}
    answers = [client.post("/desk/new/", tried).status_code for _ in range(12)]
    assert answers[0] == 422
    assert answers[-1] == 429
    right = {**tried, "password": PASSWORD}
    assert client.post("/desk/new/", right).status_code == 429


def test_a_stranger_without_anything_typed_just_signs_in():
    assert browser().get("/desk/new/").url == "/login/?next=/desk/new/"
    assert browser().post("/desk/new/").url == "/login/?next=/desk/new/"


# words of a requester, taken down later


def test_an_answer_taken_down_on_the_phone_is_the_requesters_alone(zhao_min):
    mrs_liu = browser()
    reference = opens(mrs_liu)
    officer("accept", reference, town.LI_NA)
    other = takes_in(zhao_min, **MRS_LIU, into=reference)
    officer("ask", reference, town.LI_NA, missing="Floor", text="Which floor?")
    typed = {"text": "The fifth, flat 12", "channel": "phone", "request": "1", "seen_seq": 99}
    assert zhao_min.post(f"/desk/{reference}/answer/", typed).status_code == 302
    page = words_of(mrs_liu.get(f"/c/{reference}/"))
    assert "The requester answered the question (phone)" in page
    assert "The fifth, flat 12" in page
    found = paper(other)
    neighbour = browser()
    code = {"reference": found.reference, "access_code": found.access_code}
    neighbour.post("/c/", code)
    assert "flat 12" not in words_of(neighbour.get(f"/c/{found.reference}/"))
    assert code_on(mrs_liu, reference)
