"""Disputes with both sides' reasons; pairs that may be the same: joined, told apart, taken back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dandang.lifecycle.casework.queries import find
from tests import town
from tests.interfaces.desk.office import at_desk, disputed, events, noise, received, seen
from tests.interfaces.stories import city, officer, words_of

pytestmark = pytest.mark.django_db

DISPUTES, DUPLICATES = "/dispatch/disputes/", "/dispatch/duplicates/"
CRANE = "The crane at the old bridge building site roars every night until two"


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def back_and_forth() -> str:
    """Wang Qiang gives it to urban management, Cao Lei gives it back, and both once more."""
    reference = noise()
    reasons = {"reason": "not_our_duty", "basis": "List no. 3"}
    officer(
        *("hand-over", reference, town.WANG_QIANG),
        **{"to_post": "cityman-duty", "text": "A matter of the street", **reasons},
    )
    officer("return", reference, town.CAO_LEI, text="It is a building site", **reasons)
    officer(
        *("dispute", reference, town.WANG_QIANG),
        **{"to_post": "cityman-duty", "text": "The lorries stand in the street", **reasons},
    )
    return reference


def test_both_reasons_stand_side_by_side_with_the_register_and_the_way_so_far():
    reference = back_and_forth()
    page = at_desk(town.CHEN_HUI).get(DISPUTES)
    (row,) = page.context["rows"]
    held, wanted = row.dispute.sides
    assert (held.unit, held.said.text) == ("Housing bureau", "The lorries stand in the street")
    assert (wanted.unit, wanted.said.text) == ("Urban management bureau", "It is a building site")
    assert held.duty == "leads · Duty list 2026 no. 11: Building noise at night, the whole body"
    assert wanted.duty == "The register names no duty of this unit for such matters here."
    assert row.clock.when == "18:00 Tue 13 Oct"
    one = at_desk(town.CHEN_HUI).get(f"{DISPUTES}{reference}/")
    moves = [(move.what, move.given_to) for move in one.context["dispute"].moves]
    assert moves == [
        ("assigned", "Housing bureau · Duty desk"),
        ("handed over", "Urban management bureau · Duty desk"),
        ("given back", "Housing bureau · Duty desk"),
        ("dispute raised", "Urban management bureau · Duty desk"),
    ]


def test_a_decision_is_previewed_binds_and_leads_back_to_the_list():
    reference = disputed()
    client = at_desk(town.CHEN_HUI)
    form = f"/dispatch/{reference}/decide-dispute/"
    decision = {
        "seen_seq": seen(reference),
        "to_post": "qingshan-duty",
        "basis": "List no. 3",
        "text": "The street gave the permit",
    }
    before = events(reference)
    shown = client.post(form, {**decision, "preview": "preview"})
    assert "Preview: what the requester will see" in words_of(shown)
    assert events(reference) == before
    decision["to_post"] = "housing-duty"
    assert client.post(form, decision).url == DISPUTES
    assert find(reference).state.bound
    assert "No dispute waits for a decision." in words_of(client.get(DISPUTES))
    assert client.get(f"{DISPUTES}{reference}/").url == f"/desk/{reference}/"


def test_only_deciding_offices_that_are_not_concerned_decide():
    reference = disputed()
    for code in (town.LI_NA, town.WANG_QIANG, town.ZHOU_HAI, town.SUN_TAO):
        assert at_desk(code).get(DISPUTES).status_code == 403
        assert at_desk(code).get(f"{DISPUTES}{reference}/").status_code == 403
    assert "Decide" in words_of(at_desk(town.ZHAO_MIN).get(DISPUTES))
    of_hotline = noise()
    officer("accept", of_hotline, town.WANG_QIANG)
    officer(
        *("dispute", of_hotline, town.WANG_QIANG),
        to_post="hotline-dispatch",
        reason="not_our_duty",
        text="Nobody knows",
        basis="List no. 3",
    )
    page = at_desk(town.ZHAO_MIN).get(f"{DISPUTES}{of_hotline}/")
    assert page.context["form"] is None
    assert "Whoever decides this must not have been involved before." in words_of(page)


def test_the_disputes_cost_the_same_number_of_queries_whatever_their_number():
    client, numbers = at_desk(town.CHEN_HUI), set()
    for _ in range(2):
        disputed(), back_and_forth()
        with CaptureQueriesContext(connection) as asked:
            client.get(DISPUTES)
        numbers.add(len(asked))
    assert len(numbers) == 1, numbers


def pair() -> tuple[str, str]:
    return noise(text=CRANE, location="Old bridge"), noise(
        text="Old bridge: the crane of the building site roars every night", location="old bridge 2"
    )


def test_a_pair_is_joined_and_taken_apart_again():
    earlier, later = pair()
    noise(text="Loud music from a bar", location="Lake promenade")
    client = at_desk(town.ZHAO_MIN)
    page = client.get(DUPLICATES)
    (found,) = page.context["pairs"]
    assert (found.later.reference, found.earlier.reference) == (later, earlier)
    assert "same area: Hudong" in words_of(page)
    assert "same place: Old bridge" in words_of(page)
    assert any(words.startswith("in common: ") and "crane" in words for words in found.why)
    form = f"/dispatch/{later}/merge/?from=duplicates&into={earlier}"
    assert earlier in client.get(form).content.decode()
    answer = client.post(form, {"seen_seq": seen(later), "into": earlier, "text": "The same crane"})
    assert answer.url == DUPLICATES, words_of(answer)
    assert len(find(earlier).state.active) == 2
    assert client.get(DUPLICATES).context["pairs"] == []
    (line,) = client.get("/dispatch/duplicates/joined/").context["lines"]
    assert (line["reference"], line["into"], line["requests"]) == (later, earlier, 1)
    apart = f"/dispatch/{later}/unmerge/"
    typed = {"seen_seq": seen(later, "unmerge"), "text": "Two cranes"}
    assert client.post(apart, typed).url == DUPLICATES
    assert find(later).case_reference == later


def test_what_was_told_apart_comes_back_only_when_that_is_taken_back():
    earlier, later = pair()
    client = at_desk(town.ZHAO_MIN)
    told = {"one": later, "other": earlier, "why": "other_time"}
    client.post(f"{DUPLICATES}different/", {**told, "why": ""})
    assert len(client.get(DUPLICATES).context["pairs"]) == 1
    before = events(later)
    assert client.post(f"{DUPLICATES}different/", told).url == DUPLICATES
    client.post(f"{DUPLICATES}different/", told)  # a second time changes nothing
    page = client.get(DUPLICATES)
    assert page.context["pairs"] == []
    (different,) = page.context["different"]
    assert "Another time: it happened again Zhao Min" in words_of(page)
    assert events(later) == before
    number = different["number"]
    assert client.post(f"{DUPLICATES}different/{number}/").url == DUPLICATES
    assert client.post(f"{DUPLICATES}different/{number}/").status_code == 404
    assert len(client.get(DUPLICATES).context["pairs"]) == 1
    same = client.post(f"{DUPLICATES}different/", {**told, "other": later})
    assert same.status_code == 422
    assert client.post(f"{DUPLICATES}different/", {"one": "x", "other": later}).status_code == 404


def test_only_dispatchers_compare_and_what_is_closed_to_them_never_shows():
    earlier, later = pair()
    officer("name-subject", later, town.ZHAO_MIN, unit="hotline", text="It is about the hotline")
    page = at_desk(town.ZHAO_MIN).get(DUPLICATES)
    assert page.context["pairs"] == []
    assert later not in words_of(page)
    told = {"one": later, "other": earlier, "why": "other_time"}
    assert at_desk(town.ZHAO_MIN).post(f"{DUPLICATES}different/", told).status_code == 404
    for code in (town.CHEN_HUI, town.LI_NA):
        assert at_desk(code).get(DUPLICATES).status_code == 403
        assert at_desk(code).post(f"{DUPLICATES}different/", told).status_code == 403
        assert at_desk(code).get(f"{DUPLICATES}joined/").status_code == 403


def test_comparing_costs_the_same_number_of_queries_whatever_there_is():
    client, numbers = at_desk(town.ZHAO_MIN), set()
    for _ in range(2):
        pair(), pair(), received(text=CRANE)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(DUPLICATES).context["pairs"]
        numbers.add(len(asked))
    assert len(numbers) == 1, numbers
