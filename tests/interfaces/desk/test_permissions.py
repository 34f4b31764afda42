"""Every verb of the desk for everybody who could come: who gets the form, who is told no."""

import re

import pytest

from dandang.ledger.queries import size
from dandang.lifecycle.verbs import READY, VERBS
from tests import town
from tests.interfaces.desk.examples import ALL, EXAMPLES, NOT_AT_THE_DESK
from tests.interfaces.desk.office import (
    GUEST,
    at_desk,
    noise,
    seen,
)
from tests.interfaces.stories import browser, city

pytestmark = pytest.mark.django_db

OFFICERS = {
    "water": town.LI_NA,
    "head of water": town.SUN_TAO,
    "housing": town.WANG_QIANG,
    "urban management": town.CAO_LEI,
    "dispatcher": town.ZHAO_MIN,
    "supervision": town.CHEN_HUI,
    "leader": town.MA_LIN,
    "auditor": town.XU_FANG,
    "administrator": town.TANG_YU,
}
DECIDING = {"dispatcher", "supervision", "leader"}
READS_ALL = {"dispatcher", "supervision", "leader", "auditor"}
MEETS = {"dispatcher", "supervision"}
MAY = {
    "attach": {"dispatcher"},
    "assign": {"dispatcher"},
    "accept": {"water"},
    "hand-over": {"water"},
    "return": {"housing"},
    "dispute": {"housing"},
    "decide-dispute": DECIDING,
    "change-category": {"dispatcher"},
    "name-subject": DECIDING,
    "link-external": {"dispatcher"},
    "ask-split": {"water"},
    "refuse-split": {"dispatcher"},
    "split": {"dispatcher"},
    "merge": {"dispatcher"},
    "unmerge": {"dispatcher"},
    "declare-conflict": {"water", "head of water", *DECIDING},
    "request-assist": {"water"},
    "give-assist": {"housing"},
    "pause": {"head of water", *DECIDING},
    "check-condition": {"head of water", *DECIDING},
    "ask-other": {"water"},
    "ask-legal-route": {"water"},
    "enter-legal-route": DECIDING,
    "refuse-legal-route": DECIDING,
    "update-legal-route": {"water"},
    "leave-legal-route": {"water"},
    "ask-extension": {"water"},
    "decide-extension": DECIDING,
    "promise": {"water"},
    "explain-stall": {"housing"},
    "decide-support": DECIDING,
    "act-on-call": {"head of water"},
    "name-sponsor": DECIDING,
    "correct": {"water", *DECIDING},
    "object": {"water", "head of water", *DECIDING},
    "answer-objection": DECIDING,
    "conclude": DECIDING,
    "close-not-solved": {"dispatcher", "leader"},
    "decide-appeal": {"supervision", "leader"},
    "allow-publishing": {"supervision"},
    "publish-text": DECIDING,
    "withhold-text": DECIDING,
    "see-earlier": {"water", "head of water", *MEETS},
    "unmask": {"water", "head of water", *MEETS},
    "ask-unmask": {"leader"},
    "allow-unmask": {"supervision"},
    "refuse-unmask": {"supervision"},
    "ask-erase": DECIDING,
    "erase": {"supervision", "leader"},
    "ask": {"water"},
    "contacted": {"water"},
    "answer": {"dispatcher"},
    "appeal": {"dispatcher"},
    "note": {"water", "dispatcher"},
    "reply": {"water"},
    "resume": {"water", "head of water", *DECIDING},
    "propose": {"water"},
    "reject-proposal": DECIDING,
    "judge": {"dispatcher"},
    "look-back": {"dispatcher"},
    "rate": {"dispatcher"},
    "change-contact": {"dispatcher"},
    "replace-code": {"dispatcher"},
    "explain": DECIDING,
    "decline": DECIDING,
    "reopen": DECIDING,
}
SEES_WATER = {"water", "head of water", *READS_ALL}
SEES_HOUSING = {"housing", *READS_ALL}
SEES_INTAKE = READS_ALL
SEES = {
    **dict.fromkeys(ALL, SEES_WATER),
    **dict.fromkeys(("return", "dispute", "decide-dispute"), SEES_HOUSING),
    **dict.fromkeys(("explain-stall", "decide-support"), SEES_HOUSING),
    "assign": SEES_INTAKE,
    "close-not-solved": READS_ALL,
    "conclude": SEES_HOUSING,
    "give-assist": {"housing", *SEES_WATER},
}


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def test_every_ready_verb_is_here_or_is_not_for_officers():
    assert set(ALL) == set(MAY) == set(VERBS) - NOT_AT_THE_DESK
    assert set(EXAMPLES) == set(READY) - NOT_AT_THE_DESK


@pytest.mark.parametrize("verb", EXAMPLES)
def test_who_gets_the_form_of_a_verb(verb):
    reference = EXAMPLES[verb].case()
    page = f"/desk/{reference}/{verb}/"
    values = {**EXAMPLES[verb].values, "seen_seq": seen(reference, verb)}
    before = size()
    for role, code in OFFICERS.items():
        expected = 404 if role not in SEES[verb] else 200 if role in MAY[verb] else 403
        client = at_desk(code)
        assert (role, client.get(page).status_code) == (role, expected)
        if expected != 200:
            sent = client.post(page, values)
            assert (role, sent.status_code) == (role, expected)
    assert at_desk(GUEST).get(page).status_code == 403
    assert browser().get(page).url == f"/login/?next={page}"
    assert browser().post(page).url == f"/login/?next={page}"
    assert size() == before


@pytest.mark.parametrize("verb", sorted(NOT_AT_THE_DESK))
def test_what_requesters_and_the_system_do_no_officer_can_do(verb):
    reference = EXAMPLES["judge"].case()
    before = size()
    for code in OFFICERS.values():
        client = at_desk(code)
        answer = client.post(f"/desk/{reference}/{verb}/", {"text": "x", "seen_seq": 99})
        assert answer.status_code in {403, 404}
    assert size() == before


@pytest.mark.parametrize("verb", ["nothing", "hand_over"])
def test_what_is_not_there_is_not_found(verb):
    assert at_desk(town.ZHAO_MIN).get(f"/desk/{noise()}/{verb}/").status_code == 404


# existence


def page_of(answer) -> str:
    """Return the page but for the token against forged forms, which is new every time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


@pytest.mark.parametrize("address", ["/desk/{}/", "/desk/{}/note/", "/desk/{}/nothing/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_case_one_may_not_read_looks_like_one_that_does_not_exist(address, method):
    li_na = at_desk(town.LI_NA)
    hidden, missing = noise(), "2222-2222"
    answers = [
        getattr(li_na, method)(address.format(reference), {"text": "My words", "seen_seq": 3})
        for reference in (hidden, missing)
    ]
    statuses = {answer.status_code for answer in answers}
    assert statuses == ({405} if address == "/desk/{}/" and method == "post" else {404})
    assert len({page_of(answer).replace(hidden, missing) for answer in answers}) == 1
    assert answers[0].headers == answers[1].headers


@pytest.mark.parametrize(
    "reference",
    ["x", "2222-222", "2222-22222", "%00%00%00%00-2222", "O000-1111", "../login", "%F0%9F%98%80"],
)
def test_what_is_no_reference_is_not_found(reference):
    assert at_desk(town.CHEN_HUI).get(f"/desk/{reference}/").status_code == 404


def test_a_reference_may_be_typed_in_any_way():
    reference = noise()
    typed = reference.replace("-", "").lower()
    assert at_desk(town.WANG_QIANG).get(f"/desk/{typed}/").status_code == 200


# what nobody may keep


@pytest.mark.parametrize(
    "page", ["/desk/", "/desk/{}/", "/desk/{}/note/", "/desk/2222-2222/", "/login/"]
)
def test_no_page_of_the_desk_is_kept_by_a_browser(page):
    answer = at_desk(town.WANG_QIANG).get(page.format(noise()))
    assert "no-store" in answer.headers["Cache-Control"] or answer.status_code == 302
