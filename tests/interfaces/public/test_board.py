"""Everybody sees the same figures, each with what it is counted from; nobody is ranked."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dandang.interfaces.public import asking
from dandang.interfaces.public.choice import Choice
from dandang.lifecycle.intake.rules import Contact
from dandang.lifecycle.work import fire_until
from tests import town
from tests.interfaces.public.looking import counted, judged, page, sent, words
from tests.interfaces.stories import browser, city, words_of
from tests.publication.city import imports, later, sends

pytestmark = pytest.mark.django_db

PAGES = (
    "/open/",
    "/open/months/",
    "/open/waits/",
    "/open/areas/",
    "/open/categories/",
    "/open/units/",
    "/open/method/",
)


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def test_an_empty_city_has_an_empty_board():
    counted()
    found = words("/open/")
    assert "0 Received" in found or "Received 0" in found
    assert "There is nothing to show yet." in words("/open/units/")
    assert "There is nothing to show yet." in words("/open/months/")


def test_the_three_rates_stand_with_their_number_and_with_silence():
    judged(30, "solved")
    judged(10, "no")
    sent(15)
    counted(later(days=8))
    found = words("/open/")
    assert "Resolution rate" in found
    assert "confirmed as solved by the requester" in found
    assert "did not say" in found
    assert "did not rate" in found
    assert "All cases, since the beginning, as of 2026-10-20 09:00." in found


def test_every_end_is_a_count_of_its_own():
    counted()
    found = words("/open/")
    for end in (
        "solved, as the requester confirmed",
        "partly solved, ended with the requester's agreement",
        "closed although not solved",
        "archived, no answer received",
        "archived, no contact left",
        "explained",
        "declined",
        "concluded by law",
        "merged into another case",
        "withdrawn",
    ):
        assert end in found, end


def test_what_ended_in_another_system_stands_apart():
    for number in range(12):
        imports(str(number))
    counted()
    assert "Besides these, 12 cases had ended in another system" in words("/open/")


def test_small_counts_are_not_shown_and_the_page_says_why():
    sent(9)
    counted()
    found = words("/open/")
    assert "Received not shown" in found
    assert "too few cases, or a number from which a small one could be worked out" in found
    assert "Water bureau * *" in words("/open/units/")


def test_overdue_cases_are_told_by_their_age():
    sent(12, area="hudong", category="noise_building_night")
    counted(later(days=30))
    found = words("/open/")
    assert "12 cases of 12 open ones are past their total time now." in found
    assert "8 to 30 days" in found


def test_figures_are_of_what_was_chosen():
    sent(12)
    sent(11, category="noise_building_night", area="hudong")
    counted()
    everything = words("/open/")
    assert "Received 23" in everything
    water = words("/open/?of=unit:water")
    assert "Cases held by “Water bureau”, since the beginning" in water
    assert "Received 12" in water
    night = words("/open/?of=category:noise_building_night&period=2026-10")
    assert "received or ended in Oct 2026" in night
    assert "Received 11" in night
    assert "Received 0" in words("/open/?of=area:hudong&period=2025")


def test_the_choice_is_a_form_that_leads_to_an_address_without_scripts():
    sent(12)
    counted()
    text = page("/open/?of=unit:water&period=2026").content.decode()
    assert re.search(r'<form class="filters[^"]*" method="get">', text)
    assert '<option value="unit:water" selected>' in text
    assert '<option value="2026" selected>' in text
    assert '<option value="2026-10">' in text
    assert 'href="/open/rates.csv?of=unit%3Awater&amp;period=2026"' in text
    assert 'href="/open/waits/?of=unit%3Awater&amp;period=2026"' in text


@pytest.mark.parametrize("query", ["of=unit:nobody", "of=water", "of=all:x", "period=2026-13"])
def test_what_there_is_not_cannot_be_chosen(query):
    assert page(f"/open/?{query}").status_code == 404
    assert page(f"/open/rates.json?{query}").status_code == 404


def test_a_unit_has_an_address_of_its_own():
    answer = page("/open/units/water/?period=2026")
    assert (answer.status_code, answer.url) == (302, "/open/?of=unit%3Awater&period=2026")
    assert page("/open/areas/hudong/").url == "/open/?of=area%3Ahudong"
    assert page("/open/units/nobody/").status_code == 404


def test_units_stand_in_the_order_of_the_register_not_by_their_figures():
    sent(12)
    sent(30, category="city_appearance")
    counted()
    found = words("/open/units/")
    assert found.index("Urban management bureau 30") < found.index("Water bureau 12")
    assert "not a ranking" in found


def test_units_are_compared_by_a_funnel_and_by_nothing_else():
    judged(12, "solved")
    sent(12, category="city_appearance")
    counted(later(days=8))
    found = words("/open/units/")
    assert "Inside the funnel = no evidence of difference" in found
    text = page("/open/units/").content.decode()
    for light in ("tag late", "tag soon", "tag ok"):
        assert light not in text


def test_parts_of_an_area_follow_it():
    sent(12)
    counted()
    found = words("/open/areas/")
    assert found.index("Jiangcheng 12") < found.index("Hudong 12")


def test_waiting_times_are_told_by_class_and_by_channel():
    judged(12, "solved")
    counted(later(days=8))
    found = words("/open/waits/")
    assert "By class of urgency" in found
    assert "half of the cases ended within" in found


def test_months_begin_with_the_first_case_and_leave_no_gap():
    sent(12)
    counted(later(days=40))
    found = words("/open/months/")
    assert "Oct 2026" in found
    assert "Nov 2026" in found
    assert "Sep 2026" not in found


def test_a_case_that_nobody_moved_to_the_last_step_shows_its_unit_and_age_alone():
    counted()
    assert "No open case has come to the step" in words("/open/")
    reference = sends(category="city_appearance")
    fire_until(later(days=30))
    counted(later(days=30))
    found = words("/open/")
    assert "One open case has come to the step" in found
    assert "Days overdue" in found
    text = page("/open/").content.decode()
    part = re.search('<section [^>]*long-overdue">.*?</section>', text, re.DOTALL)[0]
    for private in (reference, "Ma Lin", "Chen Hui", "Hudong", "No water"):
        assert private not in part


def test_no_page_names_a_person_a_place_or_a_text():
    sends(location="3 Hubin Road", contact=Contact(name="Mrs Liu", phone="13900000000"))
    counted()
    for path in PAGES:
        found = words(path)
        for private in ("Mrs Liu", "13900000000", "No water", "Hubin", "Li Na"):
            assert private not in found, path


@pytest.mark.parametrize("path", PAGES)
def test_every_page_speaks_chinese(path):
    sent(12)
    counted()
    found = words(path, "zh-CN")
    assert "江城市" in found
    assert "统计口径" in found
    own = "English|JSON|Spiegelhalter|[a-z-]+[.](csv|json)"
    assert re.findall("[A-Za-z]{4,}[^，。]*", re.sub(own, "", found)) == []


@pytest.mark.parametrize("path", PAGES)
def test_each_page_has_six_figures_at_most(path):
    sent(12)
    counted()
    assert page(path).content.decode().count('class="chart"') <= 6


@pytest.mark.parametrize("path", PAGES)
def test_the_number_of_queries_does_not_grow_with_the_cases(path):
    client = browser()
    numbers = []
    for more in (1, 12):
        sent(more)
        counted()
        client.get(path)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 14


def test_figures_that_were_just_asked_for_cost_nothing():
    counted()
    asking.board(Choice(), town.MONDAY)
    with CaptureQueriesContext(connection) as queries:
        asking.board(Choice(), town.MONDAY)
    assert len(queries) == 0


def test_the_figures_are_at_most_a_minute_old():
    sent(12)
    counted()
    assert asking.board(Choice(), town.MONDAY).received == 12
    sent(1)
    counted()
    asking.board(Choice(), town.MONDAY)
    sent(1)
    from tests.publication.counting import catch_up  # noqa: PLC0415 only here

    catch_up(town.MONDAY)
    assert asking.board(Choice(), later(seconds=59)).received == 13
    assert asking.board(Choice(), later(seconds=60)).received == 14


def test_a_clock_that_is_set_back_does_not_bring_figures_from_the_future():
    sent(12)
    counted(later(days=3))
    asking.board(Choice(), later(days=3))
    sent(1)
    counted()
    assert asking.board(Choice(), town.MONDAY).received == 13


def test_the_method_explains_every_figure_that_is_linked_to():
    sent(12)
    counted()
    method = page("/open/method/").content.decode()
    anchors = set(re.findall(r'id="([^"]+)"', method))
    for path in PAGES:
        for anchor in re.findall(r'/open/method/#([^"]+)"', page(path).content.decode()):
            assert anchor in anchors, (path, anchor)


def test_the_method_says_how_small_numbers_are_hidden_and_how_to_check():
    found = words_of(page("/open/method/"))
    for said in ("Small numbers", "What is left out", "How to check it", "definitions no. 1"):
        assert said in found


def test_the_chart_of_areas_draws_one_level_and_the_table_has_all():
    sent(12)
    counted()
    text = page("/open/categories/").content.decode()
    drawn = re.search(r"<svg .*?</svg>", text, re.DOTALL)[0]
    assert "Water, power, gas and heat" in drawn
    assert "Water supply" not in drawn
    assert "Water supply" in words_of(page("/open/categories/"))
