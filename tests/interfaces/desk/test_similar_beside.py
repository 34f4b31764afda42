"""Stories of what stands beside the form of a new request: cases that may be the same matter."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dandang.ledger.sequencer import sequence_once
from dandang.lifecycle.casework.models import Request
from dandang.lifecycle.casework.queries import find, history
from dandang.lifecycle.perform import perform
from dandang.lifecycle.states import Behalf
from dandang.publication.cases.following import follow_once
from dandang.terms import Actor
from tests import town
from tests.interfaces.desk.office import assigned, at_desk, noise
from tests.interfaces.desk.taking_in import HER_DAUGHTER, MRS_LIU, paper, takes_in, token_on
from tests.interfaces.stories import browser, city, officer, opens, words_of

NOW = town.MONDAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def follow_all() -> None:
    """Let the log be put in order, and what is published be read from it."""
    while sequence_once():
        pass
    while follow_once():
        pass


@pytest.fixture
def zhao_min():
    return at_desk(town.ZHAO_MIN)


def test_open_cases_of_the_kind_stand_beside_the_likeliest_first(zhao_min):
    assigned(text="Brown water on the first floor", location="80 Beilu")
    like = assigned(text="No water since six in the whole building")
    noise()
    beside = takes_in(zhao_min, "similar", **MRS_LIU).context["beside"]
    assert [line.is_likely for line in beside.lines] == [True, True]
    assert beside.lines[0].reference == like
    assert beside.more == 0
    assert beside.lines[0].requests == 1


def test_without_a_category_nothing_can_be_similar(zhao_min):
    assigned()
    assert not zhao_min.get("/desk/new/").context["beside"].is_asked
    answer = takes_in(zhao_min, "similar", **{**MRS_LIU, "area": "qingshan"})
    assert answer.context["beside"].lines == ()
    assert "No open case of this kind in this area." in words_of(answer)


def test_what_is_closed_to_the_officer_and_what_has_ended_stays_out(zhao_min):
    secret = assigned()
    officer("name-subject", secret, town.CHEN_HUI, unit="hotline", text="They hung up")
    assert takes_in(zhao_min, "similar", **MRS_LIU).context["beside"].lines == ()


def test_many_similar_cases_cost_no_more_queries_than_one(zhao_min):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            takes_in(zhao_min, "similar", **MRS_LIU, token="t" * 32)
        return len(caught)

    assigned()
    queries()
    few = queries()
    for _ in range(11):
        assigned()
    assert queries() == few
    beside = takes_in(zhao_min, "similar", **MRS_LIU).context["beside"]
    assert (len(beside.lines), beside.more) == (8, 4)


def test_a_request_joins_one_of_them_with_a_receipt_of_its_own(zhao_min):
    case = assigned()
    token = token_on(zhao_min.get("/desk/new/"))
    typed = {**HER_DAUGHTER, "token": token}
    page = zhao_min.post("/desk/new/", {**typed, "join": case})
    assert "It joins a matter that is worked on already" in words_of(page)
    assert page.context["form"]["into"].value() == case
    answer = zhao_min.post("/desk/new/", {**typed, "into": case, "step": "confirmed"})
    found = paper(answer)
    assert found.reference != case
    assert find(found.reference).case_reference == case
    event, personal = history(find(case).stream)[-1]
    assert event.type == "request_attached"
    assert (event.fields["on_behalf"], event.fields["channel"]) == (Behalf.PROXY, "counter")
    assert personal["proxy_relation"] == "daughter"
    again = zhao_min.post("/desk/new/", {**typed, "into": case, "step": "confirmed"})
    assert paper(again).access_code == found.access_code
    assert Request.objects.count() == 2
    mrs_liu = browser()
    code = {"reference": found.reference, "access_code": found.access_code}
    assert mrs_liu.post("/c/", code).url == f"/c/{found.reference}/"


def test_a_case_that_ended_meanwhile_cannot_be_joined_and_the_form_comes_back(zhao_min):
    client = browser()
    case = opens(client)
    client.post(f"/c/{case}/withdraw/")
    answer = takes_in(zhao_min, "confirmed", **MRS_LIU, into=case)
    assert answer.status_code == 422
    assert "The whole building." in words_of(answer)
    assert takes_in(zhao_min, "similar", **MRS_LIU, into=case).context["form"].joins == ""


def test_a_case_that_does_not_exist_cannot_be_joined(zhao_min):
    assert takes_in(zhao_min, "confirmed", **MRS_LIU, into="nothing").status_code in (404, 422)


def test_published_ones_with_the_same_words_stand_there_whatever_their_kind(zhao_min):
    mrs_liu = browser()
    reference = opens(mrs_liu, category="noise_building_night", area="qingshan")
    perform("allow-publishing", reference, {"allowed": "yes"}, by=Actor.requester(1), now=NOW)
    said = {"title": "No water since six", "text": "The whole building has no water since six."}
    officer("publish-text", reference, town.ZHAO_MIN, **said)
    follow_all()
    typed = {**MRS_LIU, "category": ""}
    beside = takes_in(zhao_min, "similar", **typed).context["beside"]
    assert (beside.lines, beside.is_asked) == ((), False)
    assert [line.reference for line in beside.published] == [reference]
    officer("name-subject", reference, town.CHEN_HUI, unit="hotline", text="They hung up")
    assert takes_in(zhao_min, "similar", **typed).context["beside"].published == ()
