"""One-time codes and links in mails: who gets them, what they open, when they end."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dandang.lifecycle.contact.actions import replace_lost_code
from dandang.notifications.access import attempts, codes, links
from dandang.notifications.access.models import Attempt, MailLink, OneTimeCode
from dandang.notifications.access.sending import send_codes
from dandang.notifications.access.upkeep import prune
from dandang.notifications.models import Message
from dandang.notifications.upkeep import stop
from dandang.notifications.writing import message_id
from dandang.terms import new_access_code
from tests import town
from tests.everywhere import kept_somewhere
from tests.notifications.city import LIU_MAIL, MRS_LIU, delivers, does, follows, opens

pytestmark = pytest.mark.usefixtures("city")
MINUTE = timedelta(minutes=1)
NOW = town.MONDAY
PUBLIC = "https://12345.jiangcheng.example"


def asks(reference: str, *, now=NOW) -> None:
    codes.ask(reference, now=now)


def to_liu(server):
    """Return the last mail to Mrs Liu, wherever she is reached."""
    return [one for one in server.taken if str(one["To"]).endswith("@example.org")][-1]


def code_sent(server) -> str:
    """Return the code in the last mail to her."""
    text = to_liu(server).get_content()
    return re.search(r"\d{4} \d{4}", text)[0]


def test_a_code_goes_to_the_mail_left_and_opens_once(mail):
    reference = opens(email=LIU_MAIL)
    asks(reference)
    assert send_codes(now=NOW) == 1
    code = code_sent(mail)
    assert mail.taken[-1]["To"] == LIU_MAIL
    assert reference in str(mail.taken[-1]["Subject"])
    assert code.replace(" ", "") not in str(mail.taken[-1]["Subject"])
    assert send_codes(now=NOW + MINUTE * 2) == 0
    assert codes.take(reference, code, now=NOW + MINUTE)
    assert not codes.take(reference, code, now=NOW + MINUTE)


def test_a_code_stands_in_no_table(mail):
    reference = opens(email=LIU_MAIL)
    asks(reference)
    send_codes(now=NOW)
    code = code_sent(mail)
    assert kept_somewhere(code, code.replace(" ", "")) == []


def test_a_code_ends_after_a_quarter_of_an_hour_and_after_five_tries(mail):
    reference = opens(email=LIU_MAIL)
    asks(reference)
    send_codes(now=NOW)
    code = code_sent(mail)
    assert not codes.take(reference, code, now=NOW + MINUTE * 15)
    for _ in range(codes.MOST_TRIES):
        assert not codes.take(reference, "0000 0000", now=NOW)
    assert not codes.take("2222-2222", code, now=NOW)
    assert not codes.take(reference, code, now=NOW)


def test_a_code_that_went_to_a_contact_which_is_another_one_now_opens_nothing(mail):
    reference = opens(email=LIU_MAIL)
    asks(reference)
    send_codes(now=NOW)
    does("change-contact", reference, MRS_LIU, now=NOW + MINUTE, email="new@example.org")
    assert not codes.take(reference, code_sent(mail), now=NOW + MINUTE * 2)
    asks(reference, now=NOW + MINUTE * 3)
    send_codes(now=NOW + MINUTE * 3)
    assert mail.taken[-1]["To"] == "new@example.org"
    assert codes.take(reference, code_sent(mail), now=NOW + MINUTE * 4)


def test_nobody_can_be_flooded_with_codes(mail):
    reference = opens(email=LIU_MAIL)
    for minute in range(5):
        asks(reference, now=NOW + MINUTE * minute)
        send_codes(now=NOW + MINUTE * minute)
    assert len(mail.taken) == codes.MOST_AN_HOUR
    for hour in range(1, 12):
        asks(reference, now=NOW + MINUTE * 60 * hour)
        send_codes(now=NOW + MINUTE * 60 * hour)
    assert len(mail.taken) == codes.MOST_A_DAY


def test_whoever_stopped_messages_still_gets_the_code_they_ask_for(mail):
    reference = opens(email=LIU_MAIL)
    stop(reference, now=NOW)
    asks(reference)
    send_codes(now=NOW)
    assert mail.taken[-1]["To"] == LIU_MAIL


def test_for_nobody_and_for_nowhere_nothing_is_sent_and_the_same_is_done(mail):
    known, without = opens(email=LIU_MAIL), opens(phone="", email="")
    told = []
    for reference in (known, without, "2222-2222"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            asks(reference)
        with CaptureQueriesContext(connection) as tried:
            assert not codes.take(reference, "12345678", now=NOW)
        told.append([shape(one["sql"]) for one in (*asked, *tried)])
    assert told[0] == told[1] == told[2]
    assert send_codes(now=NOW) == 3
    assert [message["To"] for message in mail.taken] == [LIU_MAIL]
    assert send_codes(now=NOW + MINUTE * 2) == 0


def shape(sql: str) -> str:
    """Return a statement without its values."""
    return re.sub(r"'[^']*'|\"s\d+_x\d+\"|\b\d+\b", "?", sql)


def test_while_the_server_is_down_a_code_waits_and_no_longer_than_it_is_valid(mail, settings):
    reference = opens(email=LIU_MAIL)
    asks(reference)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert send_codes(now=NOW) == 1
    settings.EMAIL_PORT = port
    assert send_codes(now=NOW) == 0
    assert send_codes(now=NOW + MINUTE) == 1
    assert len(mail.taken) == 1
    asks(reference, now=NOW + MINUTE)
    assert send_codes(now=NOW + MINUTE * 20) == 0


def test_a_server_that_says_later_is_asked_again_and_one_that_says_no_is_not(mail):
    reference = opens(email=LIU_MAIL)
    asks(reference)
    mail.refuses[LIU_MAIL] = "450 later"
    send_codes(now=NOW)
    assert send_codes(now=NOW + MINUTE) == 1
    mail.refuses[LIU_MAIL] = "550 no"
    assert send_codes(now=NOW + MINUTE * 2) == 1
    assert send_codes(now=NOW + MINUTE * 3) == 0
    assert mail.taken == []


def test_a_phone_gets_the_code_where_there_is_no_mail(settings):
    settings.EMAIL_HOST, settings.SMS_FILE = "", ""
    assert not codes.can_be_sent()
    settings.EMAIL_HOST = "mail.example"
    assert codes.can_be_sent()


def link_in(server) -> str:
    text = to_liu(server).get_content()
    return re.search(rf"{PUBLIC}/c/link/([^/\s]+)/", text)[1]


@pytest.fixture
def told(mail, settings):
    """Mrs Liu's request, and the mail server that has the first mail about it."""
    settings.PUBLIC_URL = PUBLIC
    reference = opens(email=LIU_MAIL)
    follows()
    delivers()
    return reference, mail


def test_a_mail_to_a_requester_has_a_link_that_opens_once(told):
    reference, server = told
    token = link_in(server)
    assert links.used_for(token) == reference
    assert links.use(token, now=NOW) == reference
    assert links.use(token, now=NOW) is None
    assert links.used_for(token) == reference
    assert kept_somewhere(token) == []


def test_a_link_ends_after_two_weeks(told):
    _, server = told
    assert links.use(link_in(server), now=NOW + links.LASTS) is None


def test_a_link_ends_with_the_access_code_and_with_the_contact(told):
    reference, server = told
    token = link_in(server)
    does("change-contact", reference, MRS_LIU, now=NOW + MINUTE, email="new@example.org")
    assert links.use(token, now=NOW + MINUTE * 2) is None
    follows(NOW + MINUTE * 2)
    does("accept", reference, town.CAO_LEI, now=NOW + MINUTE * 3)
    does("reply", reference, town.CAO_LEI, now=NOW + MINUTE * 3, text="On our way")
    follows(NOW + MINUTE * 3)
    delivers(NOW + MINUTE * 3)
    replace_lost_code(reference, new_access_code(), by=MRS_LIU, now=NOW + MINUTE * 4)
    assert links.use(link_in(server), now=NOW + MINUTE * 5) is None


def test_a_message_that_is_sent_again_has_the_same_link(told):
    reference, server = told
    message = Message.objects.get(channel="mail", recipient=f"requester:{reference}")
    again = links.token_for(message_id(message), reference, now=NOW)
    assert again == link_in(server)
    assert MailLink.objects.count() == 1


@pytest.mark.parametrize("made_up", ["", "x", "é" * 40, "A" * 40, "A" * 41])
def test_a_token_that_is_made_up_is_looked_for_nowhere(made_up, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert links.use(made_up, now=NOW) is None
        assert links.used_for(made_up) is None


def test_without_an_address_of_our_own_and_in_other_messages_there_is_no_link(mail, settings):
    settings.PUBLIC_URL = ""
    opens(email=LIU_MAIL)
    follows()
    delivers()
    assert "/c/link/" not in to_liu(mail).get_content()
    assert not MailLink.objects.exists()


def test_whoever_got_a_new_code_is_told_so_under_the_contact_left(mail):
    reference = opens(email=LIU_MAIL)
    does("replace-code", reference, town.ZHAO_MIN, now=NOW, checked="Identity card")
    follows()
    delivers()
    assert reference in str(to_liu(mail)["Subject"])
    templates = Message.objects.filter(channel="mail").values_list("template", flat=True)
    assert Counter(templates)["code_replaced"] == 1


def test_tries_are_counted_until_they_count_no_more():
    window = timedelta(minutes=1)
    assert [attempts.count("codes", "203.0.113.7", window=window) for _ in range(3)] == [1, 2, 3]
    assert attempts.tries("codes", "203.0.113.7") == 3
    assert attempts.tries("codes", "203.0.113.8") == attempts.tries("words", "203.0.113.7") == 0
    Attempt.objects.update(until=NOW - timedelta(days=365))
    assert attempts.tries("codes", "203.0.113.7") == 0
    assert attempts.count("codes", "203.0.113.7", window=window) == 1
    Attempt.objects.update(until=NOW - timedelta(days=365))
    assert attempts.forget() == 1


def test_what_opens_nothing_any_more_is_forgotten(told):
    reference, _ = told
    asks(reference)
    assert prune(now=NOW + timedelta(hours=12)) == 0
    assert prune(now=NOW + timedelta(days=30)) == 2
    assert not OneTimeCode.objects.exists()
    assert not MailLink.objects.exists()
