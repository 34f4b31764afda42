"""Setting decisions and findings at the desk: who may, who gets them, until when."""

import pytest

from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.states import State
from tests import town
from tests.interfaces.desk.office import at_desk
from tests.interfaces.stories import city, words_of

pytestmark = pytest.mark.django_db

LAMPS = {
    "kind": "decision",
    "title": "Lamps on Hubin Road",
    "text": "All lamps on Hubin Road burn again, photographed at night.",
    "category": "city_appearance",
    "area": "hudong",
    "to_post": "housing-duty",
    "due_by": "2026-10-30T17:00",
}


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def test_a_leader_sets_a_decision_names_who_carries_it_out_and_judges_the_result():
    ma_lin = at_desk(town.MA_LIN)
    page = ma_lin.get("/desk/open/")
    assert "Nobody sent it: " in words_of(page)
    token = page.context["form"]["token"].value()
    answer = ma_lin.post("/desk/open/", {**LAMPS, "token": token})
    assert answer.status_code == 302, words_of(answer)
    reference = answer.url.strip("/").split("/")[-1]
    case = find(reference).state
    assert (case.kind, case.holder, case.state) == ("decision", "housing-duty", State.ASSIGNED)
    assert case.total.at.isoformat() == "2026-10-30T09:00:00+00:00"
    shown = words_of(ma_lin.get(answer.url))
    assert "named by the post that set it" in shown
    assert "Set and judged by" in shown
    again = ma_lin.post("/desk/open/", {**LAMPS, "token": token})
    assert again.url == answer.url
    assert Case.objects.count() == 1


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost():
    answer = at_desk(town.CHEN_HUI).post("/desk/open/", {**LAMPS, "due_by": "2026-10-01T17:00"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["due_by"]
    assert answer.context["form"]["text"].value() == LAMPS["text"]
    own = at_desk(town.CHEN_HUI).post("/desk/open/", {**LAMPS, "to_post": "supervision-desk"})
    assert list(own.context["form"].errors) == ["to_post"]
    assert not Case.objects.exists()


def test_whoever_sets_nothing_is_told_so():
    answer = at_desk(town.LI_NA).post("/desk/open/", LAMPS)
    assert answer.status_code == 403
    assert not Case.objects.exists()
