"""Doing a verb at the desk when others act meanwhile, forms come twice or sessions end."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client

from dandang.ledger.queries import size
from dandang.lifecycle.casework.queries import find, history
from dandang.lifecycle.states import State
from tests import town
from tests.interfaces.desk.examples import EXAMPLES, RECEIPTS
from tests.interfaces.desk.office import (
    NOT_OURS,
    assigned,
    at_desk,
    does,
    events,
    given,
    in_progress,
    mrs_liu,
    noise,
    proposed,
    received,
    seen,
)
from tests.interfaces.desk.test_bulk import ticks
from tests.interfaces.stories import browser, city, officer, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


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
        "Li Na · #3 · the requester sees this The unit proposes to close: it is done "
        "Pump 3 is repaired It can still be done."
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


@pytest.mark.parametrize("verb", ["propose", "reply"])
def test_what_was_written_for_one_case_is_not_done_to_the_one_it_was_joined_with(verb):
    """Li Na writes about one leak; meanwhile Zhao Min joins it into another one of hers."""
    reference, other = in_progress(), in_progress(title="No water at number 5")
    for number in range(3):
        officer("note", reference, town.LI_NA, text=f"Visit {number}", internal=True)
    values = {"seen_seq": seen(reference), "seen_case": reference, "outcome": "resolved"}
    values["text"] = "Number 3 has water again"
    officer("merge", reference, town.ZHAO_MIN, into=other, text="One pipe")
    li_na, before = at_desk(town.LI_NA), events(other)
    answer = li_na.post(f"/desk/{reference}/{verb}/", values)
    assert answer.status_code == 409
    assert "The case you wrote for was joined into this one" in words_of(answer)
    assert given(answer, "text") == values["text"]
    assert events(other) == before
    moved = words_of(li_na.get(f"/desk/{reference}/moved-on/?seen={values['seen_seq']}"))
    assert f"This case was joined into {other}" in moved
    again = {**values, "seen_seq": given(answer, "seen_seq"), "seen_case": other}
    assert li_na.post(f"/desk/{reference}/{verb}/", again).status_code == 302
    assert len(events(other)) > len(before)


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 40, "١"])
def test_a_number_that_was_tampered_with_counts_as_having_seen_nothing(number):
    reference = proposed()
    values = {**EXAMPLES["reject-proposal"].values, "seen_seq": number}
    answer = at_desk(town.CHEN_HUI).post(f"/desk/{reference}/reject-proposal/", values)
    assert answer.status_code == 409
    assert len(answer.context["meanwhile"]) == seen(reference)
    assert find(reference).state.state is State.PROPOSED


# twice

OUT_OF_SIGHT = {"return", "give-assist", "declare-conflict"}
"""After these, the officer may no longer read the case."""


@pytest.mark.parametrize("verb", sorted(set(EXAMPLES) - {"attach"}))
def test_a_form_that_is_sent_twice_is_done_once(verb):
    example = EXAMPLES[verb]
    reference = example.case()
    client = at_desk(example.by)
    values = {**example.values, "seen_seq": seen(reference, verb)}
    first = client.post(f"/desk/{reference}/{verb}/", values)
    after = size()
    second = client.post(f"/desk/{reference}/{verb}/", values)
    assert first.status_code == (200 if verb in RECEIPTS else 302)
    assert second.status_code == (404 if verb in OUT_OF_SIGHT else 302)
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
    receipt = answer.context["paper"]
    assert receipt.reference != reference
    words = words_of(answer)
    assert receipt.reference in words
    code = answer.context["paper"].access_code
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
    assert first.context["paper"].access_code == second.context["paper"].access_code
    assert "This form had been received before" in words_of(second)
    assert len(find(reference).state.requests) == 2


def test_a_token_of_ones_own_making_is_replaced():
    reference = in_progress()
    answer = does(at_desk(town.ZHAO_MIN), "attach", reference, text="Not here", token="mine")
    assert answer.status_code == 200
    assert answer.context["paper"].reference


def test_the_access_code_stands_in_no_ledger_entry_and_no_address():
    reference = in_progress()
    answer = does(at_desk(town.ZHAO_MIN), "attach", reference, text="Not here either")
    code = answer.context["paper"].access_code
    assert code not in str(history(find(reference).stream))


# sessions


def test_who_was_signed_out_meanwhile_is_led_to_sign_in_and_nothing_is_done():
    reference = assigned()
    answer = does(browser(), "accept", reference)
    assert answer.url.startswith("/login/?next=/desk/")
    assert find(reference).state.state is State.ASSIGNED


def test_after_signing_in_one_is_where_the_form_was_sent_from_not_where_only_forms_go():
    only_forms = "/dispatch/duplicates/different/"
    page = {"referer": "http://testserver/dispatch/duplicates/?before=9"}
    answer = browser().post(only_forms, {"why": "other_place"}, headers=page)
    assert answer.url == "/login/?next=/dispatch/duplicates/%3Fbefore%3D9"
    for elsewhere in ({}, {"referer": "https://evil.example/x"}):
        answer = browser().post("/desk/settings/", headers=elsewhere)
        assert answer.url == "/login/?next=/desk/settings/"


def target(page) -> str:
    """Return where the form of a page is sent to, which its browser knows from the page alone."""
    return unescape(
        re.search(r'<form[^>]* id="verb"[^>]* action="([^"]+)"', page.content.decode())[1]
    )


def test_what_was_typed_is_not_lost_when_the_session_is_over():
    """Li Na writes a long reply; meanwhile her session ends. She signs in beside it and goes on."""
    reference = in_progress()
    stranger = browser()
    answer = does(stranger, "reply", reference, text="A lorry with water comes at noon")
    assert answer.status_code == 403
    assert "nothing of what you typed is lost" in words_of(answer)
    typed = dict(answer.context["typed"])
    assert answer.context["sign_in"] == "/login/?next=%2Fdesk%2F"
    still_out = stranger.post(answer.context["go_on"], typed)
    assert still_out.status_code == 403
    li_na = at_desk(town.LI_NA)
    again = li_na.post(answer.context["go_on"], typed)
    assert given(again, "text") == "A lorry with water comes at noon"
    assert "reply_sent" not in events(reference)
    typed["seen_seq"] = given(again, "seen_seq")
    assert target(again) == f"/desk/{reference}/reply/"
    assert li_na.post(target(again), typed).status_code == 302
    assert "reply_sent" in events(reference)


def test_what_the_dispatcher_typed_is_not_lost_either():
    """Whichever form it is: declining, placing, several at once, the register, several cases."""
    first, second = received(), received(title="Another poem")
    zhao_min = at_desk(town.ZHAO_MIN)
    (chosen, *_) = ticks(zhao_min, "/desk/?queue=dispatch")
    words = "We write no poems"
    for path, typed in (
        (f"/dispatch/{first}/decline/?from=duplicates", {"text": words}),
        (f"/dispatch/{first}/", {"text": words, "to_post": "other", "other_post": "labour-duty"}),
        ("/dispatch/several/", {"text": words, "item": f"{second}:{seen(second)}"}),
        ("/dispatch/duties/propose/", {"why": words, "unit": "housing"}),
        ("/desk/bulk/", {"text": words, "act": "note", "case": chosen}),
    ):
        over = browser().post(path, typed)
        assert "nothing of what you typed is lost" in words_of(over), path
        again = zhao_min.post(over.context["go_on"], dict(over.context["typed"]))
        assert again.status_code == 200, path
        assert words in again.content.decode(), path
        if "decline" in path:
            assert target(again) == path
    assert events(first) == events(second) == ["case_opened"]


def test_who_signed_in_anew_beside_an_open_form_gets_it_back_filled_in():
    reference = in_progress()
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    client.cookies = at_desk(town.LI_NA).cookies
    typed = {"seen_seq": seen(reference), "text": "A lorry with water comes at noon"}
    answer = client.post(f"/desk/{reference}/reply/", typed)
    assert answer.status_code == 403
    assert "Nothing was sent" in words_of(answer)
    assert given(answer, "text") == typed["text"]
    assert "reply_sent" not in events(reference)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.content.decode())[1]
    sent = client.post(target(answer), {**typed, "csrfmiddlewaretoken": token})
    assert sent.status_code == 302
    assert events(reference)[-1] == "reply_sent"


@pytest.mark.parametrize("to", ["", "//evil.example/", "/desk/", "/c/", "x", "/desk/7K4M-9Q2X/"])
def test_one_goes_on_at_forms_of_the_desk_alone(to):
    for send in (browser().post, browser().get):
        assert send(f"/desk/go-on/?{urlencode({'to': to})}").status_code == 404


def test_a_form_from_another_site_is_refused():
    reference = assigned()
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    client.cookies = at_desk(town.LI_NA).cookies
    answer = client.post(f"/desk/{reference}/accept/", {"seen_seq": seen(reference)})
    assert answer.status_code == 403
    assert find(reference).state.state is State.ASSIGNED
