"""New requests: what is suggested and why, going through them, acts on several at once."""

import csv
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dandang.interfaces.desk.dispatch import inbox, incidents, table
from dandang.lifecycle.casework.queries import find
from tests import town
from tests.interfaces.desk.office import at_desk, events, noise, received, seen
from tests.interfaces.stories import city, officer, sent, words_of

pytestmark = pytest.mark.django_db

NEW = "/dispatch/"
TRADERS = {"category": "street_trading", "area": "qingshan", "title": "Stalls on the pavement"}
NOISE = "Building noise at night, the machines of the building site run until two in the morning"


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def traders(**changes: str) -> str:
    """Two offices lead in such matters: it waits for the dispatcher."""
    return sent(**{**TRADERS, **changes})


def holder(reference: str) -> str:
    return find(reference).state.holder


def assigns(client, reference: str, **typed: str):
    return client.post(f"/dispatch/{reference}/", {"seen_seq": seen(reference), **typed})


def test_the_list_says_what_waits_by_when_for_whom_and_why():
    two, none = traders(), received(text="Write my poem", title="")
    page = at_desk(town.ZHAO_MIN).get(NEW)
    words = words_of(page)
    assert [row.reference for row in page.context["rows"]] == [two, none]
    assert "Stalls on the pavement" in words
    assert "09:00 Tue 13 Oct 1 day left" in words
    assert "Several lines of the register compete: Urban management bureau" in words
    assert "No category was chosen, and the words point to none." in words
    assert "New requests 2" in words
    assert words.count("open: please choose") == 2


def test_the_list_is_taken_away_without_words_of_people(monkeypatch):
    monkeypatch.setattr(table, "_AT_ONCE", 2)
    references = [traders(), received(text=NOISE, title=""), traders(title="More stalls")]
    text = at_desk(town.ZHAO_MIN).get("/dispatch/new.csv").content.decode("utf-8-sig")
    header, *rows = csv.reader(text.splitlines())
    assert {row[0] for row in rows} == set(references)
    assert len(rows) == 3
    told = dict(zip(header, next(row for row in rows if row[0] == references[1]), strict=True))
    assert (told["category"], told["suggested_category"]) == ("", "noise_building_night")
    assert (told["suggested_post"], told["confidence"]) == ("housing-duty", "clear")
    assert "Stalls" not in text


def test_a_plain_matter_is_assigned_from_the_list_with_one_button_and_its_category():
    reference = received(text=NOISE, title="")
    client = at_desk(town.ZHAO_MIN)
    page = client.get(NEW)
    assert "Housing bureau · Duty desk clear" in words_of(page)
    assert "Duty list 2026 no. 11: Building noise at night, the whole body" in words_of(page)
    button = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))
    answer = client.post(f"/dispatch/{reference}/", button)
    assert answer.url == NEW
    state = find(reference).state
    assert (state.holder, state.category) == ("housing-duty", "noise_building_night")
    assert events(reference)[-2:] == ["category_changed", "assigned"]
    done = words_of(client.get(NEW))
    assert f"{reference} assigned to Housing bureau · Duty desk." in done
    assert "No request waits to be assigned." in done


def test_what_was_usual_and_what_was_decided_stand_beside_the_register():
    for _ in range(3):
        officer("assign", traders(), town.ZHAO_MIN, to_post="cityman-duty")
    reference = traders(title="Stalls again")
    (row,) = at_desk(town.ZHAO_MIN).get(NEW).context["rows"]
    assert row.suggested.post == "cityman-duty"
    assert row.suggested.confidence == "likely"
    assert "Of the last 3 alike in this area, 3 went to Urban management bureau" in " ".join(
        row.suggested.why
    )
    officer("assign", reference, town.ZHAO_MIN, to_post="cityman-duty")
    officer("accept", reference, town.CAO_LEI)
    officer(
        *("dispute", reference, town.CAO_LEI),
        to_post="qingshan-duty",
        reason="not_our_duty",
        text="The street office keeps order there",
        basis="List no. 3",
    )
    officer(
        *("decide-dispute", reference, town.CHEN_HUI),
        to_post="qingshan-duty",
        basis="List no. 3",
        text="It is theirs",
    )
    traders(title="Stalls once more")
    page = at_desk(town.ZHAO_MIN).get(NEW)
    (row,) = page.context["rows"]
    assert (row.suggested.post, row.suggested.confidence) == (
        "qingshan-duty",
        "open: please choose",
    )
    assert "A dispute about such a matter here was decided for Qingshan street office" in words_of(
        page
    )
    one = words_of(at_desk(town.ZHAO_MIN).get(f"/dispatch/{row.reference}/"))
    assert "Decided for Qingshan street office" in one


def test_the_queue_is_gone_through_without_going_back():
    first, second = traders(), received(text="Something strange", title="Strange")
    client = at_desk(town.ZHAO_MIN)
    assert client.get("/dispatch/next/").url == f"/dispatch/{first}/#case"
    page = client.get(f"/dispatch/{first}/")
    skip = re.search(r'href="(/dispatch/next/\?after=[^"]+)"', page.content.decode())[1]
    assert client.get(skip).url == f"/dispatch/{second}/#case"
    empty = assigns(client, first, category="street_trading")
    assert empty.status_code == 422
    assert "Please choose a post." in words_of(empty)
    answer = assigns(client, first, to_post="qingshan-duty", text="Please look today")
    assert answer.url == f"/dispatch/{second}/#case"
    assert holder(first) == "qingshan-duty"
    other = assigns(
        client, second, to_post="other", other_post="labour-duty", category="unpaid_wages"
    )
    assert other.url == NEW
    assert find(second).state.category == "unpaid_wages"
    assert "That was the last one of the queue." in words_of(client.get(NEW))


def test_what_may_not_be_is_refused_at_its_field_and_nothing_is_written():
    reference = received(text=NOISE, title="")
    client, before = at_desk(town.ZHAO_MIN), events(reference)
    answer = assigns(
        client,
        reference,
        to_post="other",
        other_post="qingshan-duty",
        category="noise_building_night",
    )
    assert answer.status_code == 409
    assert "This duty was taken back from the unit" in words_of(answer)
    assert events(reference) == before


def test_whoever_was_faster_is_named_and_nothing_is_done_twice():
    reference = traders()
    client = at_desk(town.ZHAO_MIN)
    old = seen(reference)
    officer("assign", reference, town.ZHAO_MIN, to_post="cityman-duty")
    before = events(reference)
    typed = {"seen_seq": old, "to_post": "qingshan-duty"}
    answer = client.post(f"/dispatch/{reference}/", typed, follow=True)
    assert "does not wait for its dispatch: Urban management bureau" in words_of(answer)
    assert events(reference) == before


def test_who_places_a_request_again_reads_why_it_was_given_back():
    reference = noise()
    officer(
        *("return", reference, town.WANG_QIANG),
        reason="not_our_duty",
        text="The site is the subway's",
        basis="List no. 3",
    )
    client = at_desk(town.ZHAO_MIN)
    (row,) = client.get(NEW).context["rows"]
    assert (row.suggested.post, row.suggested.confidence) == ("", "open: please choose")
    assert not row.is_ready  # no button sends it back there
    words = words_of(client.get(f"/dispatch/{reference}/"))
    assert "Housing bureau gave it back." in words
    assert "Why it was given back" in words
    assert "The site is the subway's" in words


def test_other_acts_lead_on_in_the_queue():
    first, second = received(text="Write my poem", title="A poem"), traders()
    client = at_desk(town.ZHAO_MIN)
    page = client.get(f"/dispatch/{first}/decline/")
    assert page.status_code == 200
    order = (
        [first, second] if client.get("/dispatch/next/").url == f"/dispatch/{first}/#case" else []
    )
    answer = client.post(
        f"/dispatch/{first}/decline/",
        {
            "seen_seq": seen(first),
            "reason": "out_of_scope",
            "text": "We write no poems",
            "basis": "Rules of the hotline, article 2",
            "alternative": "The library has a circle of poets",
        },
    )
    assert answer.status_code == 302, words_of(answer)
    assert answer.url in (f"/dispatch/{second}/#case", NEW if not order else "")
    assert find(first).state.state == "declined"
    assert client.get(f"/dispatch/{second}/accept/").status_code == 404


def test_several_are_assigned_with_a_result_for_each():
    first, second = traders(), traders(title="More stalls")
    client = at_desk(town.ZHAO_MIN)
    items = [f"{first}:{seen(first)}", f"{second}:{seen(second)}", "7K4M-9Q2X:1", "rubbish"]
    officer("assign", second, town.ZHAO_MIN, to_post="qingshan-duty")
    typed = {"item": items, "to_post": "cityman-duty", "act": "assign"}
    for _ in range(2):  # also a page that is loaded again does it once
        page = client.post("/dispatch/several/", typed, follow=True)
        results = {one.reference: (one.is_done, one.said) for one in page.context["came"].items}
        assert results[first] == (True, "Assigned to Urban management bureau · Duty desk")
    assert not results[second][0]
    assert not results["7K4M-9Q2X"][0]
    assert (holder(first), holder(second)) == ("cityman-duty", "qingshan-duty")
    assert client.post("/dispatch/several/", {"act": "assign"}).status_code == 422


def test_what_was_ticked_and_typed_stays_while_something_is_wrong():
    first, second = traders(), traders(title="More stalls")
    client = at_desk(town.ZHAO_MIN)
    typed = {"item": [f"{first}:{seen(first)}", f"{second}:{seen(second)}"], "text": "One market"}
    for wrong in ({"act": "assign"}, {"act": "join", "into": "7K4M-9Q2"}):
        page = client.post("/dispatch/several/", {**typed, **wrong})
        assert page.status_code == 422
        assert page.context["ticked"] == {first, second}
        assert page.content.decode().count(" checked") == 2
        assert 'value="One market"' in page.content.decode()
    assert find(first).state.state == find(second).state.state == "received"


def test_what_comes_in_together_is_shown_as_one_incident_and_joined():
    together = [traders(title=f"Stalls {number}") for number in range(5)]
    client = at_desk(town.ZHAO_MIN)
    page = client.get(NEW)
    (group,) = page.context["groups"]
    assert [one.reference for one in group.members] == together
    assert "5 requests within a short time: " in words_of(page)
    items = [one.ticked for one in group.members]
    typed = {"item": items, "into": together[0], "act": "join"}
    page = client.post("/dispatch/several/", typed, follow=True)
    assert [one.is_done for one in page.context["came"].items] == [True] * 4
    assert len(find(together[0]).state.active) == 5
    assert [row.reference for row in page.context["rows"]] == [together[0]]


def test_an_incident_is_seen_whole_however_many_others_wait_before_it(monkeypatch):
    """Of six stalls two stand on the page, and more than one act can take is said."""
    together = [traders(title=f"Stalls {number}") for number in range(6)]
    monkeypatch.setattr(inbox, "PAGE", 2)
    client = at_desk(town.ZHAO_MIN)
    page = client.get(NEW)
    assert len(page.context["rows"]) == 2
    (group,) = page.context["groups"]
    assert [one.reference for one in group.members] == together
    assert client.get(f"{NEW}?{page.context['later']}").context["groups"] == ()
    monkeypatch.setattr(incidents, "PAGE", 4)
    page = client.get(NEW)
    assert "2 more follow when these are done." in words_of(page)
    assert page.content.decode().count('name="item"') == 4 + 2
    assert "6 requests within a short time" in words_of(page)


def test_twins_are_named_beside_a_new_request():
    held = noise(text="The crane of the building site by the old bridge roars all night")
    received(text="Crane of the building site by the old bridge roars at night", title="")
    officer("change-category", held, town.ZHAO_MIN, category="street_trading", text="As a test")
    officer("change-category", held, town.ZHAO_MIN, category="noise_building_night", text="Back")
    (row,) = at_desk(town.ZHAO_MIN).get(NEW).context["rows"]
    assert [twin.reference for twin in row.twins] in ([], [held])


def test_officers_of_units_are_told_that_the_page_is_not_theirs():
    traders()
    for code in (town.LI_NA, town.SUN_TAO):
        page = at_desk(code).get(NEW)
        assert page.status_code == 403
        assert "You may not do this." in words_of(page)
    assert at_desk(town.CHEN_HUI).get(NEW).url == "/dispatch/disputes/"


def test_what_is_closed_to_the_dispatcher_never_shows_and_is_not_counted():
    reference = received(text="The hotline never answers", title="", subject_unit="hotline")
    client = at_desk(town.ZHAO_MIN)
    page = client.get(NEW)
    assert reference not in words_of(page)
    assert "New requests 0" in words_of(page)
    assert client.get(f"/dispatch/{reference}/").status_code == 404


def test_the_list_costs_the_same_number_of_queries_whatever_its_length():
    client = at_desk(town.ZHAO_MIN)
    numbers = set()
    traders(), received(text=NOISE, title="")
    for _ in range(2):
        client.get(NEW)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(NEW).status_code == 200
        numbers.add(len(asked))
        for number in range(4):
            traders(title=f"Stalls number {number}")
            received(text=f"{NOISE}, house {number}", title="")
    assert len(numbers) == 1, numbers
    assert numbers.pop() <= 34
