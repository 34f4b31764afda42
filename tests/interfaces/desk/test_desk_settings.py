"""The settings of the desk, and the worklists that an officer has named."""

import pytest

from dandang.organization.actions.preferences import MOST_VIEWS, save_view
from tests import town
from tests.interfaces.desk.office import account, assigned, at_desk
from tests.interfaces.stories import city, words_of

pytestmark = pytest.mark.django_db

SETTINGS, VIEWS = "/desk/settings/", "/desk/views/"


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def views(client) -> dict[str, int]:
    return {one.name: one.pk for one in client.get(SETTINGS).context["views"]}


def test_keys_are_off_until_somebody_switches_them_on_for_themselves_alone():
    li_na = at_desk(town.LI_NA)
    assert "desk/keys.js" not in li_na.get("/desk/").content.decode()
    answer = li_na.post(SETTINGS, {"density": "compact", "keys": "on"}, follow=True)
    page = answer.content.decode()
    assert "The settings are kept." in words_of(answer)
    assert "desk/keys.js" in page
    assert 'class="desk compact"' in page
    assert "desk/keys.js" not in at_desk(town.SUN_TAO).get("/desk/").content.decode()


def test_what_is_no_setting_is_not_kept():
    answer = at_desk(town.LI_NA).post(SETTINGS, {"density": "huge"})
    assert answer.status_code == 422


def test_a_narrowed_worklist_is_saved_renamed_shown_first_and_deleted():
    reference = assigned()
    li_na = at_desk(town.LI_NA)
    said = {"save": "", "name": "  Hudong, to\u3000accept ", "query": "queue=accept&area=hudong"}
    assert li_na.post(VIEWS, said).url == "/desk/?queue=accept&area=hudong"
    (view,) = views(li_na).values()
    assert list(views(li_na)) == ["Hudong, to accept"]
    assert "Hudong, to accept" in words_of(li_na.get("/desk/"))
    li_na.post(VIEWS, {"rename": "", "view": view, "name": "Lake side"})
    assert views(li_na) == {"Lake side": view}
    li_na.post(VIEWS, {"first": "", "view": view})
    first = li_na.get("/desk/")
    assert first.url == "/desk/?queue=accept&area=hudong"
    assert [row.reference for row in li_na.get(first.url).context["list"].rows] == [reference]
    assert li_na.get("/desk/?queue=mine").status_code == 200
    li_na.post(VIEWS, {"first": "", "view": ""})
    assert li_na.get("/desk/").status_code == 200
    li_na.post(VIEWS, {"delete": "", "view": view})
    assert views(li_na) == {}


def test_a_name_that_is_there_means_the_new_list():
    li_na = at_desk(town.LI_NA)
    for query in ("queue=mine", "queue=accept"):
        li_na.post(VIEWS, {"save": "", "name": "Mine", "query": query})
    assert [one.query for one in li_na.get(SETTINGS).context["views"]] == ["queue=accept"]


def test_the_saved_worklists_of_others_are_out_of_reach():
    save_view(account(town.SUN_TAO).pk, "Heads", "queue=unit")
    (view,) = views(at_desk(town.SUN_TAO)).values()
    li_na = at_desk(town.LI_NA)
    assert views(li_na) == {}
    assert li_na.post(VIEWS, {"rename": "", "view": view, "name": "Mine"}).status_code == 404
    assert li_na.post(VIEWS, {"first": "", "view": view}).status_code == 404
    li_na.post(VIEWS, {"delete": "", "view": view})
    assert list(views(at_desk(town.SUN_TAO))) == ["Heads"]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"save": "", "name": " ", "query": "queue=mine"}, "Name"),
        ({"save": "", "name": "x" * 61, "query": "queue=mine"}, "Name"),
        ({"save": "", "name": "new", "query": "queue=mine"}, "Delete one first."),
        (
            {"rename": "", "view": "first", "name": "view 2"},
            "Another saved worklist has this name.",
        ),
    ],
)
def test_what_cannot_be_kept_says_why(typed, why):
    for number in range(MOST_VIEWS):
        save_view(account(town.LI_NA).pk, f"view {number}", "queue=mine")
    li_na = at_desk(town.LI_NA)
    if typed.get("view") == "first":
        typed = {**typed, "view": views(li_na)["view 1"]}
    assert why in words_of(li_na.post(VIEWS, typed, follow=True))
    assert len(views(li_na)) == MOST_VIEWS
