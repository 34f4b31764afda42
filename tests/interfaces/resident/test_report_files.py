"""A photo that comes with a report: kept with the draft, then with the request, on its page."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dandang.lifecycle.casework.models import KeptFile
from dandang.lifecycle.intake.models import DraftFileRow
from tests.interfaces.stories import browser, city, token_of, words_of, writes
from tests.lifecycle import uploads

pytestmark = pytest.mark.django_db

WHAT = {"text": "No water since this morning.", "category": "water_supply"}


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def photo(name="kitchen.jpg"):
    return SimpleUploadedFile(name, uploads.photo(), content_type="image/jpeg")


def test_a_photo_goes_with_the_report_and_nothing_of_it_stays_behind():
    client = browser()
    writes(client)
    answer = client.post("/new/what/", {**WHAT, "files": [photo(), photo()]})
    assert answer.status_code == 302, words_of(answer)
    assert DraftFileRow.objects.count() == 1  # the same photo twice
    check = client.get("/new/check/")
    assert "Photos or documents kitchen.jpg" in words_of(check)
    sent = client.post("/new/check/", {"token": token_of(check)})
    assert sent.status_code == 302
    page = client.get(sent.url)
    assert "kitchen.jpg 1 kB" in words_of(page).split("Your request")[1]
    (link,) = set(re.findall(r'<a href="(/c/[^"]*/files/[^"]*)"', page.content.decode()))
    assert b"anary" not in client.get(link).content
    assert (DraftFileRow.objects.count(), KeptFile.objects.get().request) == (0, 1)


def test_sending_again_keeps_the_photo_once():
    client = browser()
    writes(client)
    client.post("/new/what/", {**WHAT, "files": [photo()]})
    token = token_of(client.get("/new/check/"))
    first = client.post("/new/check/", {"token": token})
    assert client.post("/new/check/", {"token": token}).url == first.url
    assert KeptFile.objects.count() == 1


def test_no_text_is_lost_by_adding_or_taking_away_a_photo_however_long_it_is():
    text = "No water. " * 5000
    for more in ({"step": "add", "files": [photo()]}, {"remove": "1"}):
        answer = browser().post("/new/what/", {"text": text, **more})
        assert text in answer.content.decode()
