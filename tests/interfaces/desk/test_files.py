"""Officers see the files of the cases they may read, each where its words stand."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dandang.interfaces.cli import views
from dandang.interfaces.desk.forms import WITH_FILES
from dandang.lifecycle.casework.files.preparing import prepare
from dandang.lifecycle.casework.models import KeptFile
from dandang.lifecycle.casework.queries import find, history
from dandang.lifecycle.perform import perform
from dandang.terms import Actor
from tests import town
from tests.interfaces.desk.documents import case_history
from tests.interfaces.desk.office import GUEST, at_desk, does, seen
from tests.interfaces.desk.paper import rows
from tests.interfaces.stories import browser, city, later, officer, opens, sent, words_of
from tests.lifecycle import uploads

pytestmark = pytest.mark.django_db

MRS_LIU = Actor.requester(1)


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def with_files() -> str:
    """Mrs Liu's matter, with a photo and a letter that she has added."""
    reference = sent()
    files = [
        prepare("<b>kitchen</b>.jpg", uploads.photo()),
        prepare("letter.pdf", uploads.document()),
    ]
    perform("note", reference, {"text": "See"}, by=MRS_LIU, now=town.MONDAY, files=files)
    return reference


def links(page) -> list[str]:
    found = re.findall(r'<li><a href="([^"]*/files/[^"]*)"', page.content.decode())
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("code", [town.LI_NA, town.SUN_TAO, town.ZHAO_MIN, town.CHEN_HUI])
def test_whoever_may_read_the_case_may_see_its_files(code):
    reference = with_files()
    desk = at_desk(code)
    page = desk.get(f"/desk/{reference}/")
    assert "b_.jpg" in words_of(page)
    assert "letter.pdf" in words_of(page)
    picture, letter = links(page)
    assert picture.startswith(f"/desk/{reference}/files/")
    assert desk.get(picture)["Content-Type"] == "image/jpeg"
    answer = desk.get(letter)
    assert answer["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert answer["Cache-Control"] == "private, no-store"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_nobody_else_gets_them_by_any_address():
    reference = with_files()
    page = at_desk(town.LI_NA).get(f"/desk/{reference}/")
    elsewhere = sent(category="noise_building_night")
    stranger = at_desk(town.WANG_QIANG)
    assert stranger.get(f"/desk/{elsewhere}/").status_code == 200
    for link in links(page):
        assert stranger.get(link).status_code == 404
        assert stranger.get(link.replace(reference, elsewhere)).status_code == 404
        assert at_desk(town.LI_NA).get(link.replace(reference, elsewhere)).status_code == 404
        assert at_desk(GUEST).get(link).status_code == 403
        assert browser().get(link).url.startswith("/login/")
        assert browser().get(link.replace("/desk/", "/c/")).url == "/c/"


def test_who_declared_a_conflict_sees_no_file_any_more():
    reference = with_files()
    desk = at_desk(town.SUN_TAO)
    picture, _ = links(desk.get(f"/desk/{reference}/"))
    officer("declare-conflict", reference, town.SUN_TAO, text="She is my aunt")
    assert desk.get(picture).status_code == 404


def test_the_files_of_a_request_stand_with_its_words():
    from dandang.lifecycle.intake.actions import open_request  # noqa: PLC0415 this story alone
    from dandang.lifecycle.intake.rules import Open  # noqa: PLC0415 this story alone

    wish = Open(
        title="No water",
        text="No water",
        channel="web",
        category="water_supply",
        area="hudong",
        files=(prepare("kitchen.jpg", uploads.photo()),),
    )
    reference = open_request(wish, by=MRS_LIU, now=town.MONDAY).reference
    page = at_desk(town.LI_NA).get(f"/desk/{reference}/")
    assert len(links(page)) == 1
    assert "kitchen.jpg" in words_of(page).split("What happened")[0]
    assert at_desk(town.LI_NA).get(links(page)[0]).status_code == 200


def test_the_files_of_a_merged_case_can_be_seen_where_they_came_in():
    of_liu, of_zhou = sent(), with_files()
    now = later(hours=1)
    officer("merge", of_zhou, town.ZHAO_MIN, now, into=of_liu, text="The same outage")
    desk = at_desk(town.ZHAO_MIN)
    own = desk.get(f"/desk/{of_zhou}/?own")
    assert len(links(own)) == 2
    assert desk.get(links(own)[0]).status_code == 200


def test_an_erased_file_is_gone_from_page_and_address():
    reference = with_files()
    desk = at_desk(town.ZHAO_MIN)
    picture, _ = links(desk.get(f"/desk/{reference}/"))
    perform("withdraw", reference, {}, by=MRS_LIU, now=town.MONDAY)
    now = later(days=40)
    basis = "Personal information law, article 47"
    officer("ask-erase", reference, town.ZHAO_MIN, now, basis=basis)
    officer("erase", reference, town.CHEN_HUI, now)
    assert links(desk.get(f"/desk/{reference}/")) == []
    assert desk.get(picture).status_code == 404
    assert KeptFile.objects.count() == 0


def test_the_history_on_paper_names_them_and_the_command_line_only_on_demand():
    reference = with_files()
    row = rows(case_history(reference), "No.")[-1]
    assert row[3] == "Note added\nSee\nFiles: b_.jpg\nFiles: letter.pdf"
    view = find(reference)
    events = history(view.stream)
    hidden = views.case_record(view, events, reveal=False)["events"][-1]
    assert "personal" not in hidden
    told = views.case_record(view, events, reveal=True)["events"][-1]["personal"]
    assert told == {"text": "See", "files": ["b_.jpg", "letter.pdf"]}
    assert "letter.pdf" in "\n".join(views.case_words(view, events, reveal=True))
    assert "letter.pdf" not in "\n".join(views.case_words(view, events, reveal=False))


# what officers add themselves


def upload(name="pump.jpg", content=None):
    whole = uploads.photo() if content is None else content
    return SimpleUploadedFile(name, whole, content_type="image/jpeg")


def test_an_officer_adds_photos_from_the_site_and_the_requester_sees_them():
    liu = browser()
    reference = opens(liu)
    desk = at_desk(town.LI_NA)
    officer("accept", reference, town.LI_NA)
    form = desk.get(f"/desk/{reference}/note/").content.decode()
    assert 'enctype="multipart/form-data"' in form
    answer = does(desk, "note", reference, text="New pump", files=[upload(), upload("b.jpg")])
    assert answer.status_code == 302, words_of(answer)
    assert [row.request for row in KeptFile.objects.all()] == [None, None]
    assert b"anary" not in bytes(KeptFile.objects.first().content)
    assert len(links(desk.get(f"/desk/{reference}/"))) == 2
    assert "pump.jpg" in words_of(liu.get(f"/c/{reference}/"))
    again = does(desk, "note", reference, seen_seq="2", text="New pump", files=[upload()])
    assert again.status_code == 302
    assert KeptFile.objects.count() == 2


def test_who_joins_a_request_for_somebody_adds_their_letter():
    reference = sent()
    desk = at_desk(town.ZHAO_MIN)
    letter = upload("letter.jpg", uploads.document())
    typed = {"text": "Number 5 is dry", "phone": "13911111111", "channel": "counter"}
    answer = does(desk, "attach", reference, files=[letter], **typed)
    assert answer.status_code == 200, words_of(answer)  # the receipt
    assert KeptFile.objects.get().request == 2


def test_a_preview_says_that_the_files_have_to_be_chosen_again():
    reference = sent()
    officer("accept", reference, town.LI_NA)
    desk = at_desk(town.LI_NA)
    answer = does(desk, "note", reference, text="New pump", files=[upload()], preview="preview")
    assert "Please choose your files again" in words_of(answer)
    assert KeptFile.objects.count() == 0


def test_a_file_that_is_none_is_said_at_its_field_and_nothing_is_done():
    reference = sent()
    officer("accept", reference, town.LI_NA)
    desk = at_desk(town.LI_NA)
    bad = upload(content=uploads.SVG)
    answer = does(desk, "note", reference, text="New pump", files=[bad])
    assert answer.status_code == 422
    assert "SVG drawings cannot be sent" in words_of(answer)
    assert seen(reference) == 2


def test_a_refused_note_can_be_looked_at_with_its_files(monkeypatch):
    monkeypatch.setattr("dandang.lifecycle.casework.actions.files.MAX_OF_CASE", 10)
    reference = sent()
    officer("accept", reference, town.LI_NA)
    answer = does(at_desk(town.LI_NA), "note", reference, text="New pump", files=[upload()])
    assert answer.status_code == 422
    assert "the most that is kept" in words_of(answer)
    assert "There is nothing in this file" not in words_of(answer)


def test_verbs_without_files_have_no_field_for_them_and_no_large_body():
    reference = sent()
    officer("accept", reference, town.LI_NA)
    desk = at_desk(town.LI_NA)
    assert "files" not in desk.get(f"/desk/{reference}/reply/").context["form"].fields
    large = upload(content=b"x" * 2 * 1024 * 1024)
    assert does(desk, "reply", reference, text="Soon", files=[large]).status_code == 413
    assert {"attach", "answer", "note"} == WITH_FILES
