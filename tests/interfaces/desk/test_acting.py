"""Doing a verb at the desk: done, previewed, refused, overtaken by somebody else, sent twice."""

import re

import pytest
from django.test import Client

from dandang.interfaces.shared.timeline import Reader, timeline
from dandang.interfaces.shared.words.names import Names
from dandang.ledger.queries import size
from dandang.lifecycle.casework.queries import find, history
from dandang.lifecycle.perform import perform
from dandang.lifecycle.states import State
from dandang.lifecycle.verbs import READY
from dandang.terms import Actor
from tests import town
from tests.interfaces.desk.office import (
    EXAMPLES,
    NOT_OURS,
    assigned,
    at_desk,
    does,
    in_progress,
    noise,
    proposed,
    seen,
)
from tests.interfaces.stories import browser, city, officer, words_of

pytestmark = pytest.mark.django_db

WHOLE = {"accept", "resume"}
"""Verbs that ask for nothing: one button on the case page does them."""


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def events(reference: str) -> list[str]:
    return [event.type for event, _ in history(find(reference).stream)]


def mrs_liu(verb: str, reference: str, **values: object) -> None:
    perform(verb, reference, values, by=Actor.requester(1), now=town.MONDAY)


def given(answer, name: str) -> str:
    """Return what stands in a field of the form on a page."""
    return answer.context["form"][name].value()


# done


@pytest.mark.parametrize("verb", EXAMPLES)
def test_every_verb_can_be_done_and_says_what_is_now(verb):
    example = EXAMPLES[verb]
    reference = example.case()
    before = events(reference)
    answer = does(at_desk(example.by), verb, reference, **example.values)
    done = events(reference)[len(before) :]
    assert done
    assert set(done) <= set(READY[verb].events)
    if verb == "attach":
        assert answer.status_code == 200
        return
    assert answer.status_code == 302
    assert answer.url in {f"/desk/{reference}/", "/desk/"}


def test_the_page_after_an_act_says_that_it_was_done_and_where_the_case_is_now():
    reference = in_progress()
    li_na = at_desk(town.LI_NA)
    does(li_na, "hand-over", reference, to_post="housing-duty", **NOT_OURS)
    page = words_of(li_na.get(f"/desk/{reference}/"))
    said = "Done: hand over. Now: assigned, waiting to be accepted · Housing bureau · Duty desk"
    assert said in page
    assert said not in words_of(li_na.get(f"/desk/{reference}/"))


def test_who_gives_a_case_away_and_may_no_longer_read_it_goes_to_the_worklist():
    reference = noise()
    wang_qiang = at_desk(town.WANG_QIANG)
    answer = does(wang_qiang, "return", reference, **NOT_OURS)
    assert answer.url == "/desk/"
    assert "Done: return. Now: received · Hotline centre · Intake" in words_of(
        wang_qiang.get("/desk/")
    )
    assert wang_qiang.get(f"/desk/{reference}/").status_code == 404


@pytest.mark.parametrize("verb", sorted(WHOLE))
def test_what_asks_for_nothing_is_one_button_on_the_page_of_the_case(verb):
    example = EXAMPLES[verb]
    reference = example.case()
    client = at_desk(example.by)
    page = client.get(f"/desk/{reference}/").content.decode()
    form = re.search(rf'<form method="post" action="/desk/{reference}/{verb}/">.*?</form>', page)
    number = re.search(r'name="seen_seq" value="(\d+)"', form[0])[1]
    assert client.post(f"/desk/{reference}/{verb}/", {"seen_seq": number}).status_code == 302


def test_every_other_verb_has_a_page_with_a_form():
    for verb, example in EXAMPLES.items():
        assert (not READY[verb].fields) == (verb in WHOLE)
        page = at_desk(example.by).get(f"/desk/{example.case()}/{verb}/")
        assert page.status_code == 200
        assert 'name="seen_seq"' in page.content.decode()


def test_a_verb_is_done_under_any_reference_of_the_case():
    reference = in_progress()
    receipt = does(at_desk(town.ZHAO_MIN), "attach", reference, text="Not here either")
    second = receipt.context["receipt"].reference
    answer = does(at_desk(town.LI_NA), "note", second, text="Both know")
    assert answer.url == f"/desk/{reference}/"


# preview


def test_the_preview_shows_what_the_requester_would_see_and_does_nothing():
    reference = in_progress()
    before = size()
    values = {"to_post": "housing-duty", **NOT_OURS, "preview": "1"}
    answer = does(at_desk(town.LI_NA), "hand-over", reference, **values)
    page = words_of(answer)
    assert answer.status_code == 200
    assert (
        "Preview: what the requester will see State assigned, waiting to be accepted "
        "Holder Housing bureau · Duty desk Due 09:30 Mon 12 Oct"
    ) in page
    assert "Handed over from Water bureau to Housing bureau, Duty desk Reason: Not our duty" in page
    assert size() == before
    assert find(reference).state.holder == "water-duty"
    for name, value in NOT_OURS.items():
        assert given(answer, name) == value


def test_the_preview_is_what_then_happens():
    reference = in_progress()
    li_na = at_desk(town.LI_NA)
    values = {"to_post": "housing-duty", **NOT_OURS}
    (foreseen,) = (
        does(li_na, "hand-over", reference, **values, preview="1").context["preview"].entries
    )
    does(li_na, "hand-over", reference, **values)
    reader = Reader(1, Names(town.directory(), town.policy()), town.MONDAY)
    assert timeline(history(find(reference).stream), reader)[0] == foreseen


@pytest.mark.parametrize("verb", EXAMPLES)
def test_every_verb_has_a_preview_that_writes_nothing(verb):
    example = EXAMPLES[verb]
    reference = example.case()
    before = size()
    answer = does(at_desk(example.by), verb, reference, **example.values, preview="1")
    assert answer.status_code == 200
    assert answer.context["preview"] is not None
    assert size() == before


def test_what_stays_inside_is_said_to_stay_inside():
    reference = in_progress()
    values = {"text": "Pump 3", "internal": "on", "preview": "1"}
    page = words_of(does(at_desk(town.LI_NA), "note", reference, **values))
    assert "No new line: the requester does not see this." in page


def test_the_preview_of_an_assignment_says_who_leads_the_corrected_category():
    reference = EXAMPLES["assign"].case()
    values = {"to_post": "cityman-duty", "category": "city_appearance", "preview": "1"}
    page = words_of(does(at_desk(town.ZHAO_MIN), "assign", reference, **values))
    assert (
        "By the register of duties: Urban management bureau · Duty desk leads: City appearance"
    ) in page


def test_a_preview_of_what_would_be_refused_gives_the_reason():
    reference = in_progress()
    values = {"to_post": "housing-duty", **NOT_OURS, "basis": "", "preview": "1"}
    answer = does(at_desk(town.LI_NA), "hand-over", reference, **values)
    assert answer.status_code == 422
    assert "This reason needs a basis" in str(answer.context["form"].errors["basis"])


# refused


@pytest.mark.parametrize(
    ("verb", "by", "typed", "field", "status"),
    [
        ("hand-over", town.LI_NA, {"basis": ""}, "basis", 422),
        ("hand-over", town.LI_NA, {"text": " \n "}, "text", 422),
        ("hand-over", town.LI_NA, {"reason": "out_of_scope"}, "reason", 422),
        ("hand-over", town.LI_NA, {"to_post": "water-duty"}, "to_post", 422),
        ("hand-over", town.LI_NA, {"to_post": "nowhere"}, "to_post", 422),
        ("hand-over", town.LI_NA, {"text": "x" * 10_001}, "text", 422),
        ("hand-over", town.LI_NA, {"text": "a\x01b"}, "text", 422),
        ("propose", town.LI_NA, {"outcome": "referred"}, "outcome", 422),
        ("propose", town.LI_NA, {"outcome": "explained"}, "reason", 422),
        ("contacted", town.LI_NA, {"how": "dream"}, "how", 422),
        ("decline", town.CHEN_HUI, {"second_reader": town.LI_NA}, "second_reader", 422),
        ("decline", town.CHEN_HUI, {"second_reader": town.CHEN_HUI}, "second_reader", 422),
        ("decline", town.CHEN_HUI, {"alternative": ""}, "alternative", 422),
        ("judge", town.ZHAO_MIN, {"request": "2"}, "request", 422),
        ("judge", town.ZHAO_MIN, {"verdict": ""}, "verdict", 422),
        ("attach", town.ZHAO_MIN, {"email": "not an address"}, "email", 422),
        ("assign", town.ZHAO_MIN, {"category": "nonsense"}, "category", 422),
    ],
)
def test_a_refusal_stands_at_its_field_and_nothing_typed_is_lost(verb, by, typed, field, status):
    reference = EXAMPLES[verb].case()
    before = size()
    values = {**EXAMPLES[verb].values, **typed}
    answer = does(at_desk(by), verb, reference, **values)
    assert answer.status_code == status
    assert list(answer.context["form"].errors) == [field]
    assert "This was not saved yet" in words_of(answer)
    for name, value in values.items():
        assert given(answer, name) == value
    assert size() == before


def test_a_post_that_only_assists_is_refused_at_the_post():
    reference = noise()
    values = {"to_post": "sites-duty", "reason": "wrong_category", "text": "Theirs"}
    answer = does(at_desk(town.WANG_QIANG), "hand-over", reference, **values)
    assert answer.status_code == 409
    assert "this unit only assists" in str(answer.context["form"].errors["to_post"])


def test_what_belongs_to_no_field_stands_above_the_form():
    reference = in_progress()
    for _ in range(2):
        officer("ask", reference, town.LI_NA, missing="Floor", text="Which?")
        mrs_liu("answer", reference, text="Five")
    answer = does(at_desk(town.LI_NA), "ask", reference, missing="Door", text="Which door?")
    assert answer.status_code == 409
    assert "The requester can be asked at most 2 times." in words_of(answer)
    assert given(answer, "text") == "Which door?"


def test_the_form_of_what_cannot_be_done_now_says_why_and_leads_back():
    reference = proposed()
    answer = at_desk(town.LI_NA).get(f"/desk/{reference}/hand-over/")
    assert answer.status_code == 409
    page = words_of(answer)
    assert "This cannot be done now: the case is “closing proposed”." in page
    assert "Back to the case" in page
    assert answer.context["form"] is None


def test_a_field_that_is_not_asked_for_is_not_taken():
    reference = in_progress()
    does(at_desk(town.LI_NA), "note", reference, text="Hello", to_post="housing-duty")
    assert find(reference).state.holder == "water-duty"


# overtaken


def test_who_is_overtaken_sees_what_happened_and_can_decide_again():
    """Zhao Min opens the form to decline; before she sends it, Li Na proposes to close."""
    reference = in_progress()
    zhao_min = at_desk(town.ZHAO_MIN)
    values = {"seen_seq": seen(reference), "reason": "out_of_scope", "text": "Not for us"}
    values["basis"] = "Rules of the hotline, article 4"
    officer("propose", reference, town.LI_NA, outcome="resolved", text="Pump 3 is repaired")
    answer = zhao_min.post(f"/desk/{reference}/decline/", values)
    page = words_of(answer)
    assert answer.status_code == 409
    assert "The case has moved on since you opened it. Nothing was changed." in page
    assert (
        "What happened since you opened this form 09:00 Mon 12 Oct · Water bureau · Duty desk · "
        "Li Na · #3 The unit proposes to close: it is done Pump 3 is repaired"
    ) in page
    assert find(reference).state.state is State.PROPOSED
    for name in ("reason", "text", "basis"):
        assert given(answer, name) == values[name]
    again = {**values, "seen_seq": given(answer, "seen_seq")}
    assert zhao_min.post(f"/desk/{reference}/decline/", again).status_code == 302
    assert find(reference).state.state is State.DECLINED


def test_a_preview_on_an_old_page_is_overtaken_too():
    reference = in_progress()
    old = seen(reference)
    officer("propose", reference, town.LI_NA, outcome="resolved", text="Repaired")
    values = {**EXAMPLES["reject-proposal"].values, "seen_seq": old, "preview": "1"}
    answer = at_desk(town.CHEN_HUI).post(f"/desk/{reference}/reject-proposal/", values)
    assert answer.status_code == 409
    assert answer.context["preview"] is None


def test_a_message_of_the_requester_meanwhile_stops_nobody_but_is_shown():
    reference = in_progress()
    old = seen(reference)
    mrs_liu("note", reference, text="Now it is brown")
    values = {"seen_seq": old, "to_post": "housing-duty", **NOT_OURS}
    li_na = at_desk(town.LI_NA)
    shown = li_na.post(f"/desk/{reference}/hand-over/", {**values, "preview": "1"})
    assert shown.status_code == 200
    assert "What happened since you opened this form" in words_of(shown)
    assert "Now it is brown" in words_of(shown)
    assert li_na.post(f"/desk/{reference}/hand-over/", values).status_code == 302


def test_who_no_longer_holds_the_case_gets_back_what_was_written():
    """Li Na writes a long reply; meanwhile the head of the desk's substitute hands it over."""
    reference = in_progress()
    old = seen(reference)
    officer("hand-over", reference, town.LI_NA, to_post="housing-duty", **NOT_OURS)
    values = {"seen_seq": old, "outcome": "resolved", "text": "A long account of what was done"}
    answer = at_desk(town.LI_NA).post(f"/desk/{reference}/propose/", values)
    page = words_of(answer)
    assert answer.status_code == 403
    assert "Only the post that holds the case may do this." in page
    assert "Handed over from Water bureau to Housing bureau" in page
    assert "What you wrote was not sent" in page
    assert "A long account of what was done" in page
    assert answer.context["form"] is None


def test_who_may_no_longer_even_read_the_case_gets_back_what_was_written():
    reference = noise()
    old = seen(reference)
    officer("return", reference, town.WANG_QIANG, **NOT_OURS)
    values = {"seen_seq": old, "text": "We measured on site"}
    answer = at_desk(town.WANG_QIANG).post(f"/desk/{reference}/reply/", values)
    assert answer.status_code == 404
    assert "What you wrote was not sent" in words_of(answer)
    assert "We measured on site" in words_of(answer)


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 40, "١"])
def test_a_number_that_was_tampered_with_counts_as_having_seen_nothing(number):
    reference = proposed()
    values = {**EXAMPLES["reject-proposal"].values, "seen_seq": number}
    answer = at_desk(town.CHEN_HUI).post(f"/desk/{reference}/reject-proposal/", values)
    assert answer.status_code == 409
    assert len(answer.context["meanwhile"]) == seen(reference)
    assert find(reference).state.state is State.PROPOSED


# twice


@pytest.mark.parametrize("verb", sorted(set(EXAMPLES) - {"attach"}))
def test_a_form_that_is_sent_twice_is_done_once(verb):
    example = EXAMPLES[verb]
    reference = example.case()
    client = at_desk(example.by)
    values = {**example.values, "seen_seq": seen(reference)}
    first = client.post(f"/desk/{reference}/{verb}/", values)
    after = size()
    second = client.post(f"/desk/{reference}/{verb}/", values)
    assert first.status_code == 302
    assert second.status_code == (404 if verb == "return" else 302)
    assert size() == after


def test_the_same_words_said_again_later_are_another_reply():
    reference = in_progress()
    li_na = at_desk(town.LI_NA)
    for _ in range(2):
        assert does(li_na, "reply", reference, text="We are on our way").status_code == 302
    assert events(reference).count("reply_sent") == 2


def test_other_words_on_an_old_page_are_another_reply():
    reference = in_progress()
    li_na, old = at_desk(town.LI_NA), seen(reference)
    for text in ("We are on our way", "We are there"):
        li_na.post(f"/desk/{reference}/reply/", {"seen_seq": old, "text": text})
    assert events(reference).count("reply_sent") == 2


# attaching


def test_the_receipt_of_an_attached_request_is_shown_once_and_opens_it():
    reference = in_progress()
    zhao_min = at_desk(town.ZHAO_MIN)
    page = zhao_min.get(f"/desk/{reference}/attach/")
    token = given(page, "token")
    answer = does(zhao_min, "attach", reference, text="Not here either", token=token)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    receipt = answer.context["receipt"]
    assert receipt.reference != reference
    words = words_of(answer)
    assert receipt.reference in words
    code = answer.context["access_code"]
    assert code in words
    resident = browser()
    opened = resident.post("/c/", {"reference": receipt.reference, "access_code": code})
    assert opened.url == f"/c/{receipt.reference}/"
    assert code not in words_of(zhao_min.get(f"/desk/{reference}/"))


def test_an_attached_request_sent_twice_is_one_request_with_the_same_receipt():
    reference = in_progress()
    zhao_min = at_desk(town.ZHAO_MIN)
    page = zhao_min.get(f"/desk/{reference}/attach/")
    values = {"text": "Not here", "token": given(page, "token"), "seen_seq": seen(reference)}
    first = zhao_min.post(f"/desk/{reference}/attach/", values)
    after = size()
    second = zhao_min.post(f"/desk/{reference}/attach/", values)
    assert size() == after
    assert first.context["access_code"] == second.context["access_code"]
    assert "This form had been received before" in words_of(second)
    assert len(find(reference).state.requests) == 2


def test_a_token_of_ones_own_making_is_replaced():
    reference = in_progress()
    answer = does(at_desk(town.ZHAO_MIN), "attach", reference, text="Not here", token="mine")
    assert answer.status_code == 200
    assert answer.context["receipt"].reference


def test_the_access_code_stands_in_no_ledger_entry_and_no_address():
    reference = in_progress()
    answer = does(at_desk(town.ZHAO_MIN), "attach", reference, text="Not here either")
    code = answer.context["receipt"].access_code
    assert code not in str(history(find(reference).stream))


# sessions


def test_who_was_signed_out_meanwhile_is_led_to_sign_in_and_nothing_is_done():
    reference = assigned()
    answer = does(browser(), "accept", reference)
    assert answer.url.startswith("/login/?next=/desk/")
    assert find(reference).state.state is State.ASSIGNED


def test_a_form_from_another_site_is_refused():
    reference = assigned()
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    client.cookies = at_desk(town.LI_NA).cookies
    answer = client.post(f"/desk/{reference}/accept/", {"seen_seq": seen(reference)})
    assert answer.status_code == 403
    assert find(reference).state.state is State.ASSIGNED
