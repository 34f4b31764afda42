"""Somebody else has the same trouble: found, followed, joined; or none of it."""

import pytest
from django.utils.translation import override

from dandang.interfaces.resident.reporting.nearby import in_words
from dandang.lifecycle.casework.queries import counted, find, history
from dandang.lifecycle.casework.wanted import Wanted
from dandang.lifecycle.intake.models import DraftRow
from dandang.publication.cases.models import ShownCase
from dandang.terms import Actor, Code, Refusal
from tests import town
from tests.interfaces.stories import (
    browser,
    city,
    code_on,
    opens,
    token_of,
    words_of,
)
from tests.publication.cases.world import does, follows, published

pytestmark = pytest.mark.django_db
TITLE = "No water at 3 Hubin Road"


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


@pytest.fixture
def number() -> str:
    """Mrs Liu's matter, published; its public number."""
    published(title=TITLE, shown="The whole building has had no water since this morning")
    follows()
    return ShownCase.objects.get().number


def zhou_begins(**where):
    zhou = browser()
    answer = zhou.post("/new/where/", {"area": "hudong", "location": "Hubin Road", **where})
    return zhou, answer.url


def joins(client, number, **typed):
    page = client.get(f"/new/join/{number}/")
    return client.post(f"/new/join/{number}/", {"token": token_of(page), **typed})


def reference_of(answer):
    assert answer.status_code == 302
    return answer.url.split("/")[2]


def test_what_others_reported_nearby_is_shown_before_anything_is_written(number):
    zhou, following = zhou_begins()
    assert following == "/new/similar/"
    words = words_of(zhou.get(following))
    assert "Step 2 of 5 · Similar matters" in words
    assert TITLE in words
    assert "1 person reported it" in words
    assert "13900000000" not in words
    assert "刘" not in words


def test_none_of_these_leads_on_and_they_are_not_shown_again(number):
    zhou, _ = zhou_begins()
    assert zhou.post("/new/similar/").url == "/new/what/"
    assert zhou.post("/new/what/", {"text": TITLE}).url == "/new/contact/"
    assert zhou.get("/new/similar/").url == "/new/contact/"


def test_the_words_find_what_the_place_did_not(number):
    zhou, following = zhou_begins(area="", location="")
    assert following == "/new/what/"
    text = "No water since this morning in the whole building at 3 Hubin Road"
    assert zhou.post("/new/what/", {"text": text}).url == "/new/similar/"
    assert TITLE in words_of(zhou.get("/new/similar/"))
    assert zhou.post("/new/similar/").url == "/new/contact/"


def test_without_any_public_matter_the_step_is_passed_over_without_a_word():
    opens(browser())
    zhou, following = zhou_begins()
    assert following == "/new/what/"
    assert zhou.get("/new/similar/").url == "/new/what/"


def test_while_writing_what_may_be_the_same_is_suggested_and_nothing_is_kept(number):
    zhou, _ = zhou_begins(area="", location="")
    text = "No water since this morning in the whole building at 3 Hubin Road"
    answer = zhou.post("/new/suggest/", {"text": text})
    words = words_of(answer)
    assert "We would put it under “Water supply”" in words
    assert TITLE in words
    assert "<html" not in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert "what" not in DraftRow.objects.get().typed


def test_words_that_say_nothing_yet_get_no_suggestion(number):
    assert words_of(browser().post("/new/suggest/", {"text": "  "})) == ""
    chosen = {"text": "Still the same", "category": "suggestions"}
    assert words_of(browser().post("/new/suggest/", chosen)) == ""


def test_a_suggested_matter_is_followed_without_losing_what_was_written(number):
    zhou, _ = zhou_begins(area="", location="")
    answer = zhou.post("/new/what/", {"text": "Dry since six", "follow": number})
    assert answer.url == f"/new/join/{number}/?instead=1"
    assert "Dry since six</textarea>" in zhou.get(answer.url).content.decode()


@pytest.mark.parametrize("number", ["x/../..", "//evil.example", "7", "%00"])
def test_a_matter_that_cannot_be_is_not_followed(number):
    zhou, _ = zhou_begins()
    assert zhou.post("/new/what/", {"text": "Dry", "follow": number}).url == "/new/contact/"


def test_what_is_not_public_is_told_in_words_and_few_are_not_counted_out():
    opens(browser())
    zhou, _ = zhou_begins()
    zhou.post("/new/what/", {"text": "No water"})
    zhou.post("/new/contact/", {})
    words = words_of(zhou.get("/new/check/"))
    assert "A few other open requests of this kind there are not public." in words


@pytest.mark.parametrize(
    ("open_ones", "words"),
    [
        (0, ""),
        (1, "A few other open requests of this kind there are not public."),
        (9, "A few other open requests of this kind there are not public."),
        (10, "10 other open requests of this kind there are not public."),
        (100, "A hundred or more other open requests of this kind there are not public."),
    ],
)
def test_the_number_of_what_is_not_public_is_said_from_ten_on(open_ones, words):
    with override("en"):
        assert in_words(open_ones) == words


def test_mr_zhou_joins_and_gets_a_receipt_of_his_own(number):
    zhou = browser()
    of_zhou = reference_of(joins(zhou, number, text="Dry at no. 5, too", phone="13700000000"))
    case = find(of_zhou)
    assert case.request_number == 2
    assert case.case_reference != of_zhou
    assert counted(Wanted()) == 1
    assert len(code_on(zhou, of_zhou).replace(" ", "")) == 26
    event, personal = history(case.stream)[-1]
    assert event.actor == Actor.requester(2)
    assert personal == {"text": "Dry at no. 5, too", "phone": "13700000000"}


def test_contact_and_words_may_stay_empty(number):
    zhou = browser()
    of_zhou = reference_of(joins(zhou, number))
    assert find(of_zhou).state.request(2).reachable


def test_what_cannot_be_used_is_said_at_its_field_and_nobody_joined(number):
    answer = joins(browser(), number, phone="call me")
    assert answer.status_code == 422
    assert "Please give a phone number in digits." in words_of(answer)
    assert len(find(ShownCase.objects.get().case.reference).state.requests) == 1


def test_joining_twice_with_one_form_is_joining_once(number):
    zhou = browser()
    token = token_of(zhou.get(f"/new/join/{number}/"))
    first = zhou.post(f"/new/join/{number}/", {"token": token})
    again = zhou.post(f"/new/join/{number}/", {"token": token})
    assert first.url == again.url
    assert "same receipt" in words_of(zhou.get(again.url))
    assert len(find(reference_of(first)).state.requests) == 2


def test_a_form_without_its_token_joins_nevertheless(number):
    assert browser().post(f"/new/join/{number}/", {}).url.startswith("/c/")


def test_who_was_reporting_it_joins_instead_and_nothing_of_the_draft_is_left(number):
    zhou, _ = zhou_begins(location="Hubin Road")
    zhou.post("/new/what/", {"text": "Dry since six", "category": "unsure"})
    zhou.post("/new/contact/", {"phone": "13700000000"})
    page = zhou.get(f"/new/join/{number}/?instead=1")
    assert "Dry since six</textarea>" in page.content.decode()
    assert 'value="13700000000"' in page.content.decode()
    typed = {"token": token_of(page), "instead": "1", "text": "Dry since six"}
    answer = zhou.post(f"/new/join/{number}/", typed)
    assert find(reference_of(answer)).request_number == 2
    assert not DraftRow.objects.exists()
    assert answer.cookies["draft"]["max-age"] == 0


def test_two_tabs_of_one_draft_join_once(number):
    zhou, _ = zhou_begins()
    path = f"/new/join/{number}/?instead=1"
    assert token_of(zhou.get(path)) == token_of(zhou.get(path))
    assert token_of(zhou.get(path.replace(number, number.lower()))) == token_of(zhou.get(path))


def test_a_report_about_something_else_is_not_lost_by_joining(number):
    zhou = browser()
    zhou.post("/new/what/", {"text": "Noise at night"})
    page = zhou.get(f"/new/join/{number}/")
    assert "Noise at night" not in page.content.decode()
    zhou.post(f"/new/join/{number}/", {"token": token_of(page)})
    assert DraftRow.objects.get().typed["what"]["text"] == "Noise at night"
    assert zhou.cookies["draft"].value


def test_what_has_ended_is_not_joined_and_says_so(number):
    row = ShownCase.objects.get()
    does("withdraw", row.case.reference, Actor.requester(1))
    zhou = browser()
    path = f"/new/join/{number}/"
    late = zhou.post(path, {})  # before the rows follow
    assert late.status_code == 409
    assert "This matter has ended" in words_of(late)
    follows()
    for answer in (zhou.get(path), zhou.post(path, {})):
        assert answer.status_code == 409
        assert "This matter has ended" in words_of(answer)
    assert len(find(row.case.reference).state.requests) == 1


def test_who_joined_before_the_end_gets_the_receipt_again_after_it(number):
    zhou = browser()
    token = token_of(zhou.get(f"/new/join/{number}/"))
    first = zhou.post(f"/new/join/{number}/", {"token": token})
    reference = ShownCase.objects.get().case.reference
    does("withdraw", reference, Actor.requester(1))
    assert zhou.post(f"/new/join/{number}/", {"token": token}).url == first.url


def test_what_is_not_public_is_not_there_for_anybody(number):
    hidden = opens(browser())
    case = ShownCase.objects.get().case.reference
    for reference in (hidden, case, "7K4M-9Q2X", "x" * 300, "%00"):
        for answer in (
            browser().get(f"/new/join/{reference}/"),
            browser().post(f"/new/join/{reference}/", {}),
        ):
            assert answer.status_code in {400, 404}
            assert TITLE not in words_of(answer)


def test_what_its_requester_takes_back_cannot_be_joined_any_more(number):
    reference = ShownCase.objects.get().case.reference
    does("allow-publishing", reference, Actor.requester(1), allowed=False)
    assert browser().get(f"/new/join/{number}/").status_code == 404


def test_who_joins_reads_nothing_that_was_written_to_others_before(number):
    case = ShownCase.objects.get().case
    said = {"missing": "Which door is it", "text": "Mrs Liu, is it flat 301?"}
    to_liu = "Mrs Liu, we rang at flat 301"
    does("accept", case.reference, town.LI_NA)
    does("reply", case.reference, town.LI_NA, text=to_liu)
    does("correct", case.reference, town.LI_NA, corrects_seq=3, wrong="flat 301", text="flat 302")
    does("ask", case.reference, town.LI_NA, **said)
    zhou = browser()
    reference = reference_of(joins(zhou, number, text="Here, too"))
    read = words_of(zhou.get(f"/c/{reference}/"))
    assert "The unit replied" in read
    for written in (to_liu, *said.values(), "flat 302"):
        assert written not in read
    does("reply", case.reference, town.LI_NA, text="The pipe is mended on Monday")
    assert "The pipe is mended on Monday" in words_of(zhou.get(f"/c/{reference}/"))


def test_a_complaint_about_an_office_is_joined_by_nobody():
    published(title=TITLE, shown="The office hung up three times", subject_units=("labour",))
    follows()
    number = ShownCase.objects.get().number
    assert "I have this, too" not in words_of(browser().get(f"/open/cases/{number}/"))
    zhou, _ = zhou_begins()
    assert TITLE not in words_of(zhou.get("/new/similar/"))
    for answer in (zhou.get(f"/new/join/{number}/"), zhou.post(f"/new/join/{number}/")):
        assert answer.status_code == 409
        assert "This matter cannot be joined" in words_of(answer)
        assert "has ended" not in words_of(answer)
    reference = ShownCase.objects.get().case.reference
    with pytest.raises(Refusal) as caught:
        does("attach", reference, Actor.requester(2), text="Me, too")
    assert caught.value.code is Code.NOT_PERMITTED


def test_the_unit_sees_both_requests(number):
    zhou = browser()
    of_zhou = reference_of(joins(zhou, number, text="Dry, too"))
    assert find(of_zhou).state.holder_unit == "water"
    page = words_of(zhou.get(f"/c/{of_zhou}/"))
    assert "Dry, too" in page
    assert town.policy() is not None


def test_however_many_are_similar_nobody_is_kept_from_sending():
    for _ in range(12):
        published(title=TITLE, shown="The whole building has had no water since this morning")
    follows()
    zhou, following = zhou_begins()
    assert following == "/new/similar/"
    assert zhou.post("/new/similar/").url == "/new/what/"
    text = {"text": "The whole building has had no water since this morning"}
    assert zhou.post("/new/what/", text).url == "/new/similar/"
    assert zhou.post("/new/similar/").url == "/new/contact/"
    assert zhou.post("/new/what/", text).url == "/new/contact/", "the same words find nothing new"
    other = {"text": "No water since this morning at 3 Hubin Road"}
    assert zhou.post("/new/what/", other).url == "/new/similar/"
