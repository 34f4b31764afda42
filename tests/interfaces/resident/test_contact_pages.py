"""Correcting and erasing how one is reached, on the page of the request."""

import pytest
from django.test import Client

from dandang.lifecycle.casework.queries import find, history
from dandang.lifecycle.contact.queries import contacts_of
from dandang.notifications.contacts import reached
from dandang.notifications.rules.notices import Kind, Recipient
from tests import town
from tests.everywhere import kept_somewhere
from tests.interfaces.desk.office import at_desk
from tests.interfaces.stories import browser, city, officer, opens, words_of

pytestmark = pytest.mark.django_db
CANARY = {"name": "刘小鸽", "phone": "13900004711", "email": "canary.4711@example.org"}


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def events(reference: str) -> list[str]:
    return [event.type for event, _ in history(find(reference).stream)]


def changes(client: Client, reference: str, **typed: str):
    given = {**dict.fromkeys(CANARY, ""), **typed}
    return client.post(f"/c/{reference}/contact/", given, follow=True)


def test_she_corrects_her_number_and_messages_go_to_the_new_one():
    liu = browser()
    reference = opens(liu, **CANARY)
    page = liu.get(f"/c/{reference}/contact/").content.decode()
    assert all(f'value="{value}"' in page for value in CANARY.values())
    answer = changes(liu, reference, name="Mrs Liu", phone="139 0000 0002")
    assert "Your contact details were kept" in words_of(answer)
    assert "139 0000 0002" in words_of(answer)
    liu_herself = Recipient(Kind.REQUESTER, reference)
    assert reached([liu_herself])[liu_herself].contact.phone == "139 0000 0002"
    assert kept_somewhere(*CANARY.values()) == []
    assert "Your contact details were corrected" in words_of(liu.get(f"/c/{reference}/"))


def test_what_cannot_be_a_number_is_not_kept():
    liu = browser()
    reference = opens(liu, **CANARY)
    answer = changes(liu, reference, phone="call me")
    assert answer.status_code == 422
    assert "Please give a phone number in digits." in words_of(answer)
    assert contacts_of([reference])[reference] == CANARY


def test_nothing_changed_is_nothing_recorded():
    liu = browser()
    reference = opens(liu, **CANARY)
    assert "Nothing was changed." in words_of(changes(liu, reference, **CANARY))
    assert "contact_changed" not in events(reference)


def test_to_empty_everything_is_to_erase_and_she_is_told_what_that_means():
    liu = browser()
    reference = opens(liu, **CANARY)
    answer = changes(liu, reference)
    assert answer.redirect_chain == [(f"/c/{reference}/contact/erase/", 302)]
    assert "You get no more messages about it" in words_of(answer)
    assert "contact_erased" not in events(reference)
    answer = liu.post(f"/c/{reference}/contact/erase/", follow=True)
    assert "Your contact details were erased." in words_of(answer)
    assert "none left" in words_of(answer)
    assert kept_somewhere(*CANARY.values()) == []
    officer("accept", reference, town.LI_NA)
    officer("propose", reference, town.LI_NA, outcome="resolved", text="Pipe 7 is new")
    liu.post(f"/c/{reference}/judge/", {"verdict": "solved"})
    assert find(reference).state.state == "solved"


def test_where_nothing_is_left_nothing_is_erased_and_something_can_be_left():
    liu = browser()
    reference = opens(liu, phone="", name="", email="")
    answer = liu.post(f"/c/{reference}/contact/erase/", follow=True)
    assert answer.status_code == 200
    assert "contact_erased" not in events(reference)
    assert "Nothing was changed." in words_of(changes(liu, reference))
    changes(liu, reference, email="liu@example.org")
    assert contacts_of([reference])[reference] == {"email": "liu@example.org"}


def test_a_stranger_sees_and_changes_no_contact():
    reference = opens(browser(), **CANARY)
    for path in ("contact/", "contact/erase/"):
        for answer in (
            browser().get(f"/c/{reference}/{path}"),
            browser().post(f"/c/{reference}/{path}", {"phone": "13900000009"}),
        ):
            assert answer.url == f"/c/{reference}/"
    assert contacts_of([reference])[reference] == CANARY


def test_the_desk_shows_the_contact_there_is_now():
    liu = browser()
    reference = opens(liu, **CANARY)
    changes(liu, reference, phone="13900000002")
    desk = at_desk(town.LI_NA)
    words = words_of(desk.get(f"/desk/{reference}/"))
    assert "139****0002" in words
    assert CANARY["phone"] not in words
    liu.post(f"/c/{reference}/contact/erase/")
    words = words_of(desk.get(f"/desk/{reference}/"))
    assert "139****0002" not in words
    assert "The contact details of request 1 were erased" in words


def test_another_requester_of_the_matter_does_not_read_of_it():
    liu, zhou = browser(), browser()
    reference, other = opens(liu, **CANARY), opens(zhou, phone="13900000009")
    officer("merge", other, town.ZHAO_MIN, into=reference, text="The same")
    changes(liu, reference, phone="13900000002")
    assert "contact details" not in words_of(zhou.get(f"/c/{other}/")).split("What you can do")[0]
