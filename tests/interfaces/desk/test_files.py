"""Officers see the files of the cases they may read, each where its words stand."""

import re

import pytest

from dandang.interfaces.cli import views
from dandang.lifecycle.casework.files.preparing import prepare
from dandang.lifecycle.casework.models import KeptFile
from dandang.lifecycle.casework.queries import find, history
from dandang.lifecycle.perform import perform
from dandang.terms import Actor
from tests import town
from tests.interfaces.desk.documents import case_history
from tests.interfaces.desk.office import GUEST, at_desk
from tests.interfaces.desk.paper import rows
from tests.interfaces.stories import browser, city, later, officer, opens, words_of
from tests.lifecycle import uploads

pytestmark = pytest.mark.django_db

MRS_LIU = Actor.requester(1)


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def with_files() -> str:
    """Mrs Liu's matter, with a photo and a letter that she has added."""
    reference = opens(browser())
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
    elsewhere = opens(browser(), category="noise_building_night")
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
    of_liu, of_zhou = opens(browser()), with_files()
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
