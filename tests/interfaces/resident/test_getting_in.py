"""Getting in without the access code: one-time codes, another access code, links in mails."""

import logging
import re
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_socket import enable_socket, socket_allow_hosts

from dandang.interfaces.resident import access
from dandang.interfaces.shared.logs import HideSecrets
from dandang.lifecycle.casework.queries import find, history
from dandang.lifecycle.perform import perform
from dandang.notifications import channels
from dandang.notifications.access import codes
from dandang.notifications.access.models import OneTimeCode
from dandang.terms import Actor
from tests import town
from tests.everywhere import kept_somewhere
from tests.interfaces.stories import browser, city, code_on, officer, opens, token_of, words_of
from tests.notifications.city import delivers, follows
from tests.notifications.smtp_server import smtp_server

pytestmark = pytest.mark.django_db
MAIL = "liu@example.org"
NO_LONGER = "This link opens nothing any more"


@pytest.fixture(autouse=True)
def jiangcheng(settings, monkeypatch):
    """A city whose time stands still, and that sends messages all the same."""
    city()
    settings.EMAIL_HOST, settings.PUBLIC_URL = "mail.example", "https://12345.example"
    monkeypatch.setattr(channels, "frozen_time", lambda: None)


def code_for(reference: str) -> str:
    """Return the code that was asked for last, as the mail has it."""
    row = OneTimeCode.objects.filter(reference=reference).latest("id")
    code = codes.code_of(reference, bytes(row.nonce))
    return f"{code[:4]} {code[4:]}"


def asks(client, reference: str):
    return client.post("/c/lost/", {"reference": reference})


def test_who_lost_the_code_gets_in_by_the_contact_and_takes_another_code():
    liu, phone = browser(), browser()
    reference = opens(liu, email=MAIL)
    old = code_on(liu, reference)
    answer = asks(phone, f" {reference.lower()} ")
    assert answer.url == f"/c/lost/{reference}/"
    answer = phone.post(answer.url, {"code": code_for(reference)})
    assert answer.url == f"/c/{reference}/new-code/"
    words = words_of(phone.get(answer.url))
    assert "Do you want a new access code?" in words
    assert old not in words
    answer = phone.post(answer.url)
    assert answer.url == f"/c/{reference}/receipt/"
    page = words_of(phone.get(answer.url))
    new = re.search(r"Access code ((?:[2-9A-HJKMNP-Z]{4} ){6}[2-9A-HJKMNP-Z]{2})", page)[1]
    assert new != old
    typed = {"reference": reference, "access_code": old}
    assert browser().post("/c/", typed).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert browser().post("/c/", {**typed, "access_code": new}).status_code == HTTPStatus.FOUND
    assert "No water" not in words_of(liu.get(f"/c/{reference}/")), "an open page has ended"
    assert "No water" in words_of(phone.get(f"/c/{reference}/"))
    assert "Your request got a new access code" in words_of(phone.get(f"/c/{reference}/"))


def test_a_new_code_is_for_those_alone_who_proved_it_a_moment_ago(monkeypatch):
    liu, stranger = browser(), browser()
    reference = opens(liu, email=MAIL)
    old = code_on(liu, reference)
    assert stranger.post(f"/c/{reference}/new-code/").url == "/c/lost/"
    assert liu.post(f"/c/{reference}/new-code/").url == "/c/lost/"
    asks(liu, reference)
    liu.post(f"/c/lost/{reference}/", {"code": code_for(reference)})
    later = access.time.time() + 16 * 60
    monkeypatch.setattr(access.time, "time", lambda: later)
    assert liu.post(f"/c/{reference}/new-code/").url == "/c/lost/"
    monkeypatch.undo()
    assert browser().post("/c/", {"reference": reference, "access_code": old}).status_code == 302


def test_after_an_officer_replaced_the_code_the_old_one_is_shown_nowhere():
    liu = browser()
    reference = opens(liu, email=MAIL)
    old = code_on(liu, reference)
    receipt = perform(
        "replace-code",
        reference,
        {"checked": "Identity card"},
        by=Actor.officer(town.ZHAO_MIN),
        now=town.MONDAY,
    ).receipt
    assert receipt is not None
    assert "No water" not in words_of(liu.get(f"/c/{reference}/"))
    liu.post("/c/", {"reference": reference, "access_code": receipt.access_code})
    page = words_of(liu.get(f"/c/{reference}/"))
    assert "No water" in page
    assert "from an officer" not in page
    assert "Your request got a new access code; the old one opens nothing" in page
    assert old not in page
    assert old not in words_of(liu.get(f"/c/{reference}/receipt/"))


def test_the_answer_is_the_same_whether_there_is_a_request_a_contact_or_neither():
    known = opens(browser(), email=MAIL)
    silent = opens(browser(), email="", phone="")
    seen = []
    for reference in (known, silent, "2222-2222"):
        visitor = browser()
        visitor.get("/c/lost/")
        with CaptureQueriesContext(connection) as statements:
            asked = asks(visitor, reference)
            page = visitor.get(asked.url)
            wrong = visitor.post(asked.url, {"code": "12345678"})
        seen.append(
            (
                asked.status_code,
                words_of(page).replace(reference, "…"),
                wrong.status_code,
                words_of(wrong).replace(reference, "…"),
                [re.sub(r"'[^']*'|\"s\d+_x\d+\"|\d+", "?", one["sql"]) for one in statements],
            )
        )
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][2] == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_wrong_reference_and_a_wrong_code_take_the_same_statements():
    reference = opens(browser())
    seen = []
    for one in (reference, "2222-2222"):
        with CaptureQueriesContext(connection) as statements:
            answer = browser().post("/c/", {"reference": one, "access_code": "A" * 26})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        seen.append([re.sub(r"'[^']*'|\d+", "?", each["sql"]) for each in statements])
    assert seen[0] == seen[1]


@pytest.mark.parametrize(
    ("typed", "says"),
    [("", "Please fill this in."), ("7K4M", "A reference has eight letters and digits.")],
)
def test_what_cannot_be_a_reference_is_said_so(typed, says):
    answer = asks(browser(), typed)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert says in words_of(answer)
    assert not OneTimeCode.objects.exists()


def test_what_cannot_be_a_code_is_said_so_and_an_odd_address_leads_back():
    reference = opens(browser())
    answer = browser().post(f"/c/lost/{reference}/", {"code": "1234"})
    assert "The code has 8 digits." in words_of(answer)
    assert browser().get("/c/lost/nonsense/").url == "/c/lost/"


def test_a_source_that_asks_or_guesses_too_often_has_to_wait():
    asker, guesser = browser(), browser()
    for _ in range(10):
        assert asks(asker, "2222-2222").status_code == HTTPStatus.FOUND
    braked = asks(asker, "3333-3333")
    assert braked.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "That is too often." in words_of(braked)
    reference = opens(browser(), email=MAIL)
    codes.ask(reference, now=town.MONDAY)
    for _ in range(10):
        guesser.post(f"/c/lost/{reference}/", {"code": "00000000"})
    braked = guesser.post(f"/c/lost/{reference}/", {"code": code_for(reference)})
    assert braked.status_code == HTTPStatus.TOO_MANY_REQUESTS


def test_where_nothing_can_be_sent_the_page_says_whom_to_call(settings):
    settings.EMAIL_HOST = ""
    words = words_of(browser().get("/c/lost/"))
    assert "Codes cannot be sent by e-mail or text message here." in words
    assert "12345" in words
    assert "Send me a code" not in words
    assert asks(browser(), "2222-2222").status_code == HTTPStatus.OK
    assert not OneTimeCode.objects.exists()


def mailed_link(reference: str, server) -> str:
    follows(town.MONDAY)
    delivers(town.MONDAY)
    text = next(one for one in server.taken if str(one["To"]) == MAIL).get_content()
    return re.search(r"https://12345\.example(/c/link/[^/\s]+/)", text)[1]


@pytest.fixture
def link(settings):
    """Mrs Liu's request, and the path of the link in the first mail about it."""
    enable_socket()
    socket_allow_hosts(["127.0.0.1", "localhost"], allow_unix_socket=True)
    with smtp_server() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        reference = opens(browser(), email=MAIL)
        return reference, mailed_link(reference, server)


def test_a_link_is_opened_by_a_button_and_not_by_looking_at_it(link):
    reference, path = link
    scanner, liu = browser(), browser()
    for _ in range(3):
        scanner.head(path, follow=True)
        seen = scanner.get(path, follow=True)
        assert seen.redirect_chain == [("/c/link/", 302)]
        assert reference not in seen.content.decode()
        assert "No water" not in words_of(seen)
    answer = liu.get(path)
    assert answer.url == "/c/link/"
    assert answer.cookies["link"]["httponly"]
    opened = liu.post("/c/link/")
    assert opened.url == f"/c/{reference}/"
    assert "No water" in words_of(liu.get(opened.url))
    assert "link" not in {name for name, one in liu.cookies.items() if one.value}


def test_a_link_that_was_used_says_so_and_leads_to_the_code(link):
    reference, path = link
    liu, thief = browser(), browser()
    liu.get(path)
    liu.post("/c/link/")
    thief.get(path)
    answer = thief.post("/c/link/")
    assert answer.status_code == HTTPStatus.GONE
    assert NO_LONGER in words_of(answer)
    assert 'href="/c/"' in answer.content.decode()
    assert "No water" not in words_of(thief.get(f"/c/{reference}/"))
    liu.get(path)
    assert liu.post("/c/link/").url == f"/c/{reference}/", "her own page is still open"


def test_a_link_that_was_made_up_or_is_not_there_opens_nothing():
    visitor = browser()
    answer = visitor.get("/c/link/made-up/")
    assert "link" not in answer.cookies
    assert NO_LONGER in words_of(visitor.get("/c/link/"))
    assert visitor.post("/c/link/").status_code == HTTPStatus.GONE


def test_a_link_is_not_written_into_a_log(link):
    _, path = link
    record = logging.makeLogRecord({"msg": "GET %s", "args": (path,)})
    assert HideSecrets().filter(record)
    assert record.getMessage() == "GET /c/link/…/"


def test_the_link_to_the_question_leads_to_it_and_answers_nothing(link):
    reference, path = link
    officer("accept", reference, town.LI_NA)
    officer("propose", reference, town.LI_NA, outcome="resolved", text="Pipe 7 is new")
    liu = browser()
    liu.get(path)
    page = liu.post("/c/link/", follow=True)
    assert "Is it solved?" in words_of(page)
    assert "judged" not in [event.type for event, _ in history(find(reference).stream)]


def test_neither_address_nor_program_of_a_resident_is_kept_or_logged(settings, caplog):
    settings.PROXY_HOPS = 1
    marks = ("198.51.100.77", "Marked/7.7")
    client = Client(
        headers={"x-forwarded-for": marks[0], "user-agent": marks[1], "accept-language": "en"}
    )
    with caplog.at_level(logging.DEBUG):
        reference = opens(client, email=MAIL)
        asks(client, reference)
        client.post(f"/c/lost/{reference}/", {"code": "12345678"})
        client.post("/c/", {"reference": reference, "access_code": "wrong"})
        client.get(f"/c/{reference}/")
        client.get("/c/nowhere/at/all/")
        follows(town.MONDAY)
    assert kept_somewhere(*marks) == []
    assert not [mark for mark in marks if mark in caplog.text]


def test_a_double_click_on_the_new_code_gives_one_code_and_shows_it():
    liu, phone = browser(), browser()
    reference = opens(liu, email=MAIL)
    asks(phone, reference)
    page = phone.post(f"/c/lost/{reference}/", {"code": code_for(reference)}, follow=True)
    before = phone.cookies.copy()
    form = {"token": token_of(page)}
    first = phone.post(f"/c/{reference}/new-code/", form)
    phone.cookies = before  # the browser gave the first answer up, with its cookies
    again = phone.post(f"/c/{reference}/new-code/", form)
    assert again.url == first.url == f"/c/{reference}/receipt/"
    assert "Access code" in words_of(phone.get(again.url))
    types = [event.type for event, _ in history(find(reference).stream)]
    assert types.count("access_code_replaced") == 1


def test_a_token_that_somebody_makes_up_gives_no_code():
    reference = opens(browser(), email=MAIL)
    answer = browser().post(f"/c/{reference}/new-code/", {"token": "x" * 32})
    assert answer.url == "/c/lost/"
    assert "No water" not in words_of(browser().get(f"/c/{reference}/"))


def presses_twice(client, path: str, form):
    """Press a button twice: the browser gives the first answer up, with its cookies."""
    before = client.cookies.copy()
    client.post(path, form)
    client.cookies = before
    return client.post(path, form)


def test_a_link_opens_the_page_also_when_its_button_is_pressed_twice(link):
    reference, path = link
    liu, thief = browser(), browser()
    liu.get(path, follow=True)
    assert presses_twice(liu, "/c/link/", {}).url == f"/c/{reference}/"
    assert "No water" in words_of(liu.get(f"/c/{reference}/"))
    thief.get(path, follow=True)
    assert thief.post("/c/link/").status_code == HTTPStatus.GONE
    assert thief.post("/c/link/").status_code == HTTPStatus.GONE


def test_a_one_time_code_opens_also_when_its_button_is_pressed_twice():
    liu, thief = browser(), browser()
    reference = opens(browser(), email=MAIL)
    path = asks(liu, reference).url
    liu.get(path)
    form = {"code": code_for(reference)}
    assert presses_twice(liu, path, form).url == f"/c/{reference}/new-code/"
    assert "Do you want a new access code?" in words_of(liu.get(f"/c/{reference}/new-code/"))
    thief.get(path)
    assert thief.post(path, form).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    wrong = {"code": "00000000"}
    assert liu.post(path, wrong).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    liu.post("/c/leave/")
    assert liu.post(path, form).status_code == HTTPStatus.UNPROCESSABLE_ENTITY, "she had left"


def test_a_second_press_opens_nothing_once_the_code_was_replaced(link):
    reference, path = link
    liu = browser()
    liu.get(path, follow=True)
    before = liu.cookies.copy()
    liu.post("/c/link/")
    checked = {"checked": "Identity card"}
    by = Actor.officer(town.ZHAO_MIN)
    perform("replace-code", reference, checked, by=by, now=town.MONDAY)
    liu.cookies = before
    assert liu.post("/c/link/").status_code == HTTPStatus.GONE


def test_a_browser_without_cookies_of_ours_is_nobody_who_came_before(link):
    _, path = link
    token = path.strip("/").split("/")[-1]
    for status in (HTTPStatus.FOUND, HTTPStatus.GONE):
        stranger = browser()
        stranger.cookies["link"] = token
        assert stranger.post("/c/link/").status_code == status


def test_who_got_in_by_the_old_number_cannot_shut_out_its_owner_who_changed_it():
    liu, stranger = browser(), browser()
    reference = opens(liu, email=MAIL)
    path = asks(stranger, reference).url
    assert stranger.post(path, {"code": code_for(reference)}).status_code == HTTPStatus.FOUND
    liu.post(f"/c/{reference}/contact/", {"email": "liu.new@example.org"})
    assert stranger.post(f"/c/{reference}/new-code/").url == "/c/lost/"
    assert "No water" in words_of(liu.get(f"/c/{reference}/"))
