"""The first page: the two ways in, the last week, whom to call."""

import pytest

from tests import town
from tests.interfaces.public.looking import counted, judged, page, sent, words
from tests.interfaces.stories import browser, city, words_of

pytestmark = pytest.mark.django_db


def test_home_shows_the_last_week_and_what_of_it_was_confirmed_as_solved():
    city()
    judged(10, "solved")
    sent(12)
    counted()
    found = words("/")
    assert (
        "received 22 ended 10 of these confirmed as solved by the requester 10 open now 12" in found
    )


def test_home_shows_no_number_by_which_somebody_could_be_recognised():
    city()
    sent(3)
    counted()
    assert "received not shown ended 0" in words("/")


def test_home_has_a_way_to_report_and_a_field_for_the_reference():
    city()
    text = page("/").content.decode()
    assert 'class="button" href="/new/"' in text
    assert '<form class="with-button" method="get" action="/c/">' in text
    found = page("/c/?reference=7K4M-9Q2X").content.decode()
    assert 'value="7K4M-9Q2X"' in found


def test_home_names_the_telephone_of_the_intake_post():
    city()
    found = words("/")
    assert "Rather by telephone? Call" in found
    assert "In an emergency call" in found


def test_home_is_there_before_anything_is_set_up():
    found = words_of(browser().get("/"))
    assert "Report a problem" in found
    assert "The last seven days" not in found
    assert "Rather by telephone?" not in found


def test_home_speaks_chinese():
    city(town.MONDAY)
    found = words("/", "zh-CN")
    assert "反映问题" in found
    assert "查进度" in found
