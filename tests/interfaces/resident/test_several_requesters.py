"""Two requesters of one case see its progress, but nothing of each other."""

import pytest

from dandang.interfaces.resident.presenting import follow_page
from dandang.interfaces.shared.words.names import Names
from dandang.lifecycle.casework.queries import facts_for, find, history
from dandang.lifecycle.perform import perform
from dandang.lifecycle.states import State
from dandang.terms import Actor
from tests import town
from tests.interfaces.stories import NO_WATER, browser, city, officer, opens, words_of

pytestmark = pytest.mark.django_db

ZHOU = {"text": "Number 5 is dry, too.", "name": "Mr Zhou", "phone": "13911111111"}


@pytest.fixture
def liu_and_zhou():
    """Mrs Liu's case, to which Mr Zhou's request was attached by the intake post."""
    city()
    liu, zhou = browser(), browser()
    of_liu = opens(liu)
    receipt = perform(
        "attach", of_liu, ZHOU, by=Actor.officer(town.ZHAO_MIN), now=town.MONDAY
    ).receipt
    code = {"reference": receipt.reference, "access_code": receipt.access_code}
    assert zhou.post("/c/", code).status_code == 302
    return liu, of_liu, zhou, receipt.reference


def test_each_has_a_reference_of_their_own_and_sees_only_their_own_words(liu_and_zhou):
    liu, of_liu, zhou, of_zhou = liu_and_zhou
    assert of_liu != of_zhou
    seen_by_liu = words_of(liu.get(f"/c/{of_liu}/"))
    seen_by_zhou = words_of(zhou.get(f"/c/{of_zhou}/"))
    for private in ("Number 5 is dry", "Mr Zhou", "13911111111", of_zhou):
        assert private not in seen_by_liu
    for private in ("No water since", "Mrs Liu", "13900000000", "3 Hubin Road", of_liu):
        assert private not in seen_by_zhou
    assert "What you wrote Number 5 is dry, too." in seen_by_zhou
    assert "Your contact Mr Zhou · 13911111111" in seen_by_zhou
    assert "Another request about the same matter joined" in seen_by_liu
    assert "Water supply" in seen_by_zhou  # stands for the title, which is Mrs Liu's


def test_what_one_adds_or_answers_is_not_read_by_the_other(liu_and_zhou):
    liu, of_liu, zhou, of_zhou = liu_and_zhou
    liu.post(f"/c/{of_liu}/note/", {"text": "My child is ill."})
    officer("accept", of_liu, town.LI_NA)
    officer("propose", of_liu, town.LI_NA, outcome="resolved", text="The pump runs again.")
    liu.post(f"/c/{of_liu}/judge/", {"verdict": "solved", "text": "Thank you, doctor"})
    seen = words_of(zhou.get(f"/c/{of_zhou}/"))
    assert "My child is ill." not in seen
    assert "Thank you, doctor" not in seen
    assert "Another requester Note added" in seen
    assert "The pump runs again." in seen
    assert "You Note added My child is ill." in words_of(liu.get(f"/c/{of_liu}/"))


def test_each_judges_for_themselves_and_the_case_waits_for_both(liu_and_zhou):
    liu, of_liu, zhou, of_zhou = liu_and_zhou
    officer("accept", of_liu, town.LI_NA)
    officer("propose", of_liu, town.LI_NA, outcome="resolved", text="The pump runs again.")
    liu.post(f"/c/{of_liu}/judge/", {"verdict": "solved"})
    assert find(of_liu).state.state is State.PROPOSED
    assert "Your answer so far: Solved. You can change it." in words_of(liu.get(f"/c/{of_liu}/"))
    assert "Your answer so far" not in words_of(zhou.get(f"/c/{of_zhou}/"))
    zhou.post(f"/c/{of_zhou}/judge/", {"verdict": "solved"})
    assert find(of_liu).state.state is State.SOLVED


def test_an_answer_collected_on_the_phone_is_shown_to_the_one_who_gave_it(liu_and_zhou):
    liu, of_liu, zhou, of_zhou = liu_and_zhou
    officer("accept", of_liu, town.LI_NA)
    officer("propose", of_liu, town.LI_NA, outcome="resolved", text="The pump runs again.")
    officer("judge", of_liu, town.ZHAO_MIN, verdict="no", text="Only at night", request=2)
    assert "Only at night" in words_of(zhou.get(f"/c/{of_zhou}/"))
    assert "Only at night" not in words_of(liu.get(f"/c/{of_liu}/"))


def test_withdrawing_one_request_leaves_the_other(liu_and_zhou):
    _, of_liu, zhou, of_zhou = liu_and_zhou
    zhou.post(f"/c/{of_zhou}/withdraw/", {})
    assert find(of_liu).state.is_open
    refused = zhou.post(f"/c/{of_zhou}/note/", {"text": "One more thing"})
    assert refused.status_code == 403
    assert "One more thing</textarea>" in refused.content.decode()


def test_after_erasure_the_page_goes_on_without_the_erased_words(liu_and_zhou):
    _, of_liu, _, _ = liu_and_zhou
    view = find(of_liu)
    facts = facts_for(view.state, by=Actor.requester(1), now=town.MONDAY)
    erased = [(event, {}) for event, _ in history(view.stream)]
    page = follow_page(view, erased, facts, {})
    assert page.matter.text == page.matter.contact == ""
    assert page.matter.title == Names(town.directory(), town.policy()).category("water_supply")
    assert NO_WATER["text"] not in str(page)
