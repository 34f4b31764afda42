"""A report that is begun, left, found again, given up: with nothing but a browser."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from dandang.lifecycle.casework.queries import counted, find, history
from dandang.lifecycle.casework.wanted import Wanted
from dandang.lifecycle.intake.draft_files import list_files
from dandang.lifecycle.intake.models import DraftFileRow, DraftRow
from tests import town
from tests.interfaces.stories import (
    browser,
    city,
    opens,
    token_of,
    wait_until,
    words_of,
    writes,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def photo(name="tap.jpg", colour="red"):
    content = BytesIO()
    Image.new("RGB", (40, 30), colour).save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


def begins(text="No water on the third floor"):
    liu = browser()
    liu.post("/new/where/", {"area": "hudong", "location": "3 Hubin Road"})
    liu.post("/new/what/", {"text": text})
    return liu


def test_who_comes_back_is_asked_to_go_on_and_goes_on_where_they_were():
    liu = begins()
    words = words_of(liu.get("/new/"))
    assert "You have begun a report" in words
    assert "It is kept until 09:00 Mon 26 Oct" in words
    assert "third floor" not in words
    assert 'href="/new/contact/"' in liu.get("/new/").content.decode()
    assert "third floor" in liu.get("/new/what/").content.decode()


def test_the_browser_keeps_nothing_but_a_token_that_pages_cannot_read():
    cookie = begins().cookies["draft"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/new/", True, "Lax")
    assert cookie["max-age"] == 14 * 24 * 60 * 60
    assert len(cookie.value) == 32
    row = DraftRow.objects.get()
    assert cookie.value not in (row.key, str(row.typed))


def test_another_browser_knows_nothing_of_it():
    begins()
    stranger = browser()
    assert stranger.get("/new/what/").url == "/new/"
    assert "You have begun" not in words_of(stranger.get("/new/"))


@pytest.mark.parametrize("token", ["", "x" * 32, "short", "x" * 31 + "!"])
def test_a_cookie_that_somebody_made_up_opens_nothing(token):
    begins()
    stranger = browser()
    stranger.cookies["draft"] = token
    assert stranger.get("/new/check/").url == "/new/"


def test_looking_around_keeps_nothing():
    visitor = browser()
    for path in ("/new/", "/new/where/", "/new/what/", "/new/similar/", "/new/check/"):
        visitor.get(path)
    visitor.post("/new/what/", {"text": ""})
    assert not DraftRow.objects.exists()
    assert "draft" not in visitor.cookies


def test_what_was_typed_in_a_step_with_a_mistake_is_there_again_later():
    liu = browser()
    liu.post("/new/contact/", {"name": "Mrs Liu", "phone": "call me"})
    page = liu.get("/new/contact/")
    assert 'value="call me"' in page.content.decode()
    assert "Please give a phone number in digits." in words_of(page)


def test_whoever_begins_in_the_middle_is_led_to_what_is_missing():
    liu = browser()
    assert liu.post("/new/contact/", {"phone": "13900000000"}).url == "/new/where/"
    assert liu.post("/new/where/", {}).url == "/new/what/"
    assert liu.get("/new/check/").url == "/new/what/"
    assert liu.post("/new/check/", {}).url == "/new/what/"
    assert liu.post("/new/what/", {"text": "No water"}).url == "/new/check/"
    assert counted(Wanted()) == 0


def test_a_draft_given_up_is_gone_for_good():
    liu = begins()
    liu.post("/new/what/", {"text": "No water", "files": photo()})
    page = words_of(liu.get("/new/delete/"))
    assert "Delete this draft?" in page
    answer = liu.post("/new/delete/", {"then": "home"})
    assert answer.url == "/"
    assert "The draft was deleted" in words_of(liu.get("/"))
    assert not DraftRow.objects.exists()
    assert not DraftFileRow.objects.exists()
    assert answer.cookies["draft"]["max-age"] == 0
    assert answer.cookies["draft"]["path"] == "/new/"


def test_deleting_twice_or_nothing_says_nothing():
    liu = begins()
    assert liu.post("/new/delete/", {"then": "report"}).url == "/new/"
    liu.get("/new/")
    liu.post("/new/delete/", {"then": "report"})
    assert "The draft was deleted" not in words_of(liu.get("/new/"))


def test_after_fourteen_days_it_is_not_found_any_more():
    liu = begins()
    wait_until(town.MONDAY + timedelta(days=14))
    assert "You have begun" not in words_of(liu.get("/new/"))
    assert liu.get("/new/what/").url == "/new/"


def test_nothing_of_a_draft_is_left_when_it_was_sent():
    liu = browser()
    reference = opens(liu)
    assert not DraftRow.objects.exists()
    assert liu.cookies["draft"].value == ""
    assert find(reference).state.is_open


def test_a_choice_that_is_no_longer_there_leads_back_to_its_step():
    liu = browser()
    token = token_of(writes(liu))
    row = DraftRow.objects.get()
    row.typed["where"]["area"] = "atlantis"
    row.save()
    assert liu.get("/new/check/").url == "/new/where/"
    assert liu.post("/new/check/", {"token": token}).url == "/new/where/"
    row.done.remove("where")
    row.save()
    assert "Select a valid choice" in words_of(liu.get("/new/where/"))


def test_photos_are_kept_with_the_draft_and_sent_with_it():
    liu = browser()
    liu.post("/new/where/", {})
    liu.post("/new/what/", {"text": "No water", "files": [photo(), photo("wall.jpg", "blue")]})
    liu.post("/new/contact/", {})
    page = liu.get("/new/check/")
    assert "Photos or documents tap.jpg wall.jpg" in words_of(page)
    reference = liu.post("/new/check/", {"token": token_of(page)}).url.split("/")[2]
    _, personal = history(find(reference).stream)[0]
    assert len(personal["files"]) == 2
    assert not DraftFileRow.objects.exists()


def test_files_stay_when_the_words_have_a_mistake_and_can_be_taken_away():
    liu = browser()
    answer = liu.post("/new/what/", {"text": "", "files": photo()})
    assert answer.status_code == 422
    assert "Added so far tap.jpg" in words_of(answer)
    (file,) = list_files(DraftRow.objects.get().key)
    answer = liu.post("/new/what/", {"text": "No water", "remove": str(file.number)})
    assert answer.status_code == 200
    assert "Added so far" not in words_of(answer)
    assert "No water</textarea>" in answer.content.decode()


def test_files_can_be_added_one_after_the_other():
    liu = begins()
    liu.post("/new/what/", {"text": "No water", "step": "add", "files": photo()})
    answer = liu.post(
        "/new/what/", {"text": "No water", "step": "add", "files": photo("b.jpg", "blue")}
    )
    assert answer.status_code == 200
    assert "tap.jpg" in words_of(answer)
    assert "b.jpg" in words_of(answer)


@pytest.mark.parametrize("number", ["0", "x", "-1", "9" * 19, "9" * 400])
def test_a_file_that_is_not_there_is_taken_away_without_a_word(number):
    liu = begins()
    answer = liu.post("/new/what/", {"text": "No water", "remove": number})
    assert answer.status_code == 200


def test_nobody_takes_a_file_out_of_the_draft_of_another():
    liu = begins()
    liu.post("/new/what/", {"text": "No water", "files": photo()})
    (file,) = list_files(DraftRow.objects.get().key)
    begins().post("/new/what/", {"text": "x", "remove": str(file.number)})
    assert DraftFileRow.objects.count() == 1


def test_a_file_that_may_not_be_kept_is_named_and_the_others_are_kept():
    liu = browser()
    bad = SimpleUploadedFile("evil.svg", b"<svg onload='x()'/>", "image/jpeg")
    answer = liu.post("/new/what/", {"text": "No water", "files": [photo(), bad]})
    assert answer.status_code == 422
    assert "“evil.svg”" in words_of(answer) or "“evil" in words_of(answer)
    assert "Added so far tap.jpg" in words_of(answer)


def test_more_than_six_files_are_too_many_however_they_come():
    liu = begins()
    shades = [photo(f"{n}.jpg", (n * 20, 0, 0)) for n in range(7)]
    liu.post("/new/what/", {"text": "No water", "files": shades[:4]})
    answer = liu.post("/new/what/", {"text": "No water", "files": shades[4:]})
    assert answer.status_code == 422
    assert "At most 6 files" in words_of(answer)
    assert DraftFileRow.objects.count() == 4


def test_a_form_sent_again_does_not_lose_the_report_that_was_begun_since():
    liu = browser()
    token = token_of(writes(liu))
    first = liu.post("/new/check/", {"token": token})
    liu.post("/new/where/", {"location": "Another matter, at the market"})
    assert liu.post("/new/check/", {"token": token}).url == first.url
    assert "Another matter" in liu.get("/new/where/").content.decode()


def test_an_old_form_of_a_deleted_draft_does_not_lose_the_one_begun_since():
    liu = browser()
    token = token_of(writes(liu))
    liu.post("/new/delete/", {"then": "report"})
    liu.post("/new/where/", {"location": "Another matter, at the market"})
    assert liu.post("/new/check/", {"token": token}).url == "/new/"
    assert "Another matter" in liu.get("/new/where/").content.decode()
