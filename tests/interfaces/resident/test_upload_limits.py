"""How much residents may upload: from one source in a day, and in all drafts together."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dandang.interfaces.resident import uploading
from dandang.lifecycle.casework.models import KeptFile
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.intake.models import DraftFileRow, DraftRow
from dandang.notifications.access.models import Attempt
from tests.interfaces.stories import browser, city, opens, sends, words_of, writes
from tests.lifecycle import uploads

pytestmark = pytest.mark.django_db

WHAT = {"text": "No water since this morning.", "category": "water_supply"}


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


@pytest.fixture
def two_a_day(monkeypatch):
    monkeypatch.setattr(uploading, "UPLOADED", replace(uploading.UPLOADED, most=2))


def photo(name="kitchen.jpg"):
    return SimpleUploadedFile(name, uploads.photo(), content_type="image/jpeg")


def adds(client, *files):
    return client.post("/new/what/", {**WHAT, "step": "add", "files": list(files)})


@pytest.mark.usefixtures("two_a_day")
def test_one_source_cannot_fill_the_drafts_by_beginning_many_reports():
    for _ in range(2):
        assert adds(browser(), photo()).status_code == 200
    answer = adds(browser(), photo())
    assert answer.status_code == 429
    assert "So many files came from your network today" in words_of(answer)
    assert "No water since this morning." in answer.content.decode()
    assert DraftFileRow.objects.count() == 2


@pytest.mark.usefixtures("two_a_day")
def test_what_is_thrown_away_and_what_cannot_be_read_counts_too():
    liu = browser()
    adds(liu, SimpleUploadedFile("x.jpg", b"\xff\xd8\xff no photo", content_type="image/jpeg"))
    adds(liu, SimpleUploadedFile("x.jpg", b"\xff\xd8\xff no photo", content_type="image/jpeg"))
    assert adds(liu, photo()).status_code == 429


@pytest.mark.usefixtures("two_a_day")
def test_the_words_are_sent_without_files_and_a_large_file_counts_by_its_size():
    liu = browser()
    writes(liu)
    large = SimpleUploadedFile("x.jpg", b"\xff\xd8\xff" + bytes(3 * 1024 * 1024))
    assert adds(liu, large).status_code == 422
    assert adds(liu, photo()).status_code == 429
    answer = sends(liu)
    assert answer.status_code == 302
    assert find(answer.url.split("/")[2]).state.is_open
    assert not DraftRow.objects.exists()


@pytest.mark.usefixtures("two_a_day")
def test_details_added_later_count_for_the_same_source():
    liu = browser()
    reference = opens(liu)
    note = {"text": "Now the cellar, too.", "files": [photo(), photo("b.jpg")]}
    assert liu.post(f"/c/{reference}/note/", note).status_code == 302
    answer = liu.post(f"/c/{reference}/note/", {**note, "files": [photo("c.jpg")]})
    assert answer.status_code == 429
    assert "So many files came from your network today" in words_of(answer)
    assert "Now the cellar, too." in answer.content.decode()
    assert KeptFile.objects.count() == 2
    assert liu.post(f"/c/{reference}/note/", {"text": "Still"}).status_code == 302


def test_all_drafts_together_hold_so_much_and_no_more(settings):
    settings.DRAFT_FILES_MB = 0
    answer = adds(browser(), photo())
    assert answer.status_code == 429
    assert "There is no room for files before sending" in words_of(answer)
    assert not DraftFileRow.objects.exists()
    assert not Attempt.objects.exists(), "nothing was looked at"


def test_one_source_alone_cannot_take_all_the_room_there_is(settings):
    assert settings.UPLOAD_MB * 14 < settings.DRAFT_FILES_MB
