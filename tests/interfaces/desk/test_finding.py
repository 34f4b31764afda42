"""The search page: words find cases with their hits, numbers lead to them, people are no words."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dandang.finding.finder import PATIENCE_MS
from dandang.finding.models import IndexCursor
from dandang.finding.people import cases_of
from dandang.finding.rules.people import MEETS_REQUESTERS
from dandang.ledger.queries import events_of, size
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.rules import permit
from dandang.lifecycle.intake.rules import Contact
from dandang.lifecycle.perform import perform
from dandang.organization.queries import body_stream
from dandang.terms import Actor
from tests import town
from tests.everywhere import kept_somewhere
from tests.finding.world import does, follows, sent
from tests.interfaces.desk.office import at_desk
from tests.interfaces.stories import city, wait_until, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def test_words_lead_to_an_address_that_shows_cases_with_their_hits():
    reference = sent("停水", "湖滨路3号＜没有水＞，渣土车挖断了管道", location="湖滨路")
    does("accept", reference)
    does("note", reference, text="渣土车的公司已查明", internal=True)
    other = sent("路灯不亮")
    follows()
    page = at_desk(town.LI_NA)
    answer = page.post("/search/", {"q": "渣土车", "state": "open", "unit": ""}, follow=True)
    assert answer.redirect_chain == [
        ("/search/?q=%E6%B8%A3%E5%9C%9F%E8%BD%A6&state=open", 302),
    ]
    body = answer.content.decode()
    assert "<mark>渣土车</mark>挖断了管道" in body
    assert "<mark>渣土车</mark>的公司已查明" in body
    assert "1 件" in body or "1 case" in body
    assert reference in body
    assert other not in body
    without = page.get("/search/?q=渣土车&public=1").content.decode()
    assert "挖断了管道" in without
    assert "已查明" not in without
    everything = page.get("/search/?state=open").content.decode()
    assert reference in everything
    assert other in everything


def test_a_number_that_was_typed_leads_straight_to_the_case():
    reference = sent("停水", external_ref="QS-2026 0042")
    follows()
    page = at_desk(town.ZHAO_MIN)
    for typed in (reference.lower().replace("-", " "), "qs-20260042"):
        answer = page.post("/search/", {"q": typed})
        assert answer["Location"] == f"/desk/{reference}/"
    stranger = at_desk(town.LUO_JING)
    answer = stranger.post("/search/", {"q": reference}, follow=True)
    assert answer.redirect_chain[0][0].startswith("/search/?q=")
    assert "/desk/" + reference not in answer.content.decode()


@pytest.mark.parametrize("typed", ["139 0000 0000", "liu@example.org 停水"])
def test_what_names_a_person_is_neither_searched_for_nor_kept(typed):
    sent("停水")
    follows()
    page = at_desk(town.ZHAO_MIN)
    for answer in (page.post("/search/", {"q": typed}), page.get("/search/", {"q": typed})):
        body = answer.content.decode()
        assert answer.status_code == 200
        assert typed not in body
        assert 'role="alert"' in body
        assert "/desk/" + Case.objects.get().reference not in body


def test_pages_follow_one_another_in_a_number_of_queries_that_does_not_grow():
    references = [sent("停水", f"第{number}户") for number in range(3)]
    follows()
    page = at_desk(town.ZHAO_MIN)
    with CaptureQueriesContext(connection) as few:
        page.get("/search/?q=停水")
    references += [sent("停水", f"第{number}户") for number in range(50)]
    follows()
    with CaptureQueriesContext(connection) as many:
        first = page.get("/search/?q=停水").content.decode()
    assert len(many) <= len(few)
    assert references[52] in first
    assert references[2] not in first
    older = first.split('rel="next"')[0].rsplit('href="?', 1)[1].split('"')[0]
    second = page.get("/search/?" + older.replace("&amp;", "&")).content.decode()
    assert all(one in second for one in references[:3])
    assert references[3] not in second


def test_who_finds_nothing_is_told_what_to_change():
    reference = sent("停水")
    follows()
    page = at_desk(town.LUO_JING)
    body = page.get("/search/?q=停水&state=ended").content.decode()
    assert reference not in body
    assert body.count("<li>") >= 3
    assert "<mark>" not in body
    assert page.get("/search/?q=、").status_code == 200
    assert page.get("/search/?q=停水&after=1-1-1").status_code == 200
    assert page.get("/search/?q=停水&after=x&since=x&state=x&sort=x").status_code == 200
    assert at_desk(town.TANG_YU).get("/search/?q=停水").status_code == 200


def test_what_cannot_be_searched_for_is_said_beside_its_field():
    reference = sent("停水")
    follows()
    page = at_desk(town.ZHAO_MIN)
    for typed in (
        {"q": "停" * 201},
        {"q": "x" * 1_000_000},
        {"q": "停\0水"},
        {"q": "停水", "since": "0001-01-01"},
        {"q": "停水", "due_until": "9999-12-31"},
        {"q": "停水", "until": "2026-02-31"},
    ):
        answer = page.post("/search/", typed)
        assert answer.status_code == 422, typed
        assert "error-words" in answer.content.decode(), typed
    for query in ("q=%00", "q=%FF%FE"):
        assert page.get(f"/search/?{query}").status_code == 400, query
    for query in ("q=" + "a" * 3000, "q=停水&since=0001-01-01&due=x"):
        assert page.get(f"/search/?{query}").status_code == 200, query
    assert reference in page.get("/search/?q=停水&after=0-99999999999999999-1").content.decode()


def test_what_cases_are_narrowed_by_is_shown_and_taken_away_one_by_one():
    reference = sent("停水")
    follows()
    page = at_desk(town.ZHAO_MIN)
    due_at = Case.objects.get().due_at
    day = town.directory().local_day(due_at)
    body = page.get(f"/search/?q=停水&unit=water&due_since={day}&due_until={day}").content.decode()
    assert reference in body
    chips = body.split('class="chips')[1].split("</ul>")[0]
    assert chips.count("×") == 3
    assert "?q=%E5%81%9C%E6%B0%B4&amp;unit=water&amp;due_since=" in chips
    assert reference not in page.get(f"/search/?due_since={day}&due=overdue").content.decode()
    assert overdue_today_this_week(reference) == [False, True, True]
    wait_until(due_at + timedelta(hours=1))
    assert overdue_today_this_week(reference) == [True, False, False]
    wait_until(due_at - timedelta(days=2))
    assert overdue_today_this_week(reference) == [False, False, False], "next week"


def overdue_today_this_week(reference: str) -> list[bool]:
    page = at_desk(town.ZHAO_MIN)
    choices = ("overdue", "today", "week")
    return [reference in page.get(f"/search/?due={one}").content.decode() for one in choices]


def test_an_index_that_is_behind_says_so_and_counts_nothing(monkeypatch):
    for _ in range(2):
        sent("停水")
    follows()
    IndexCursor.objects.update(idx=0)
    monkeypatch.setattr("dandang.finding.following._KEEPS_UP", timedelta())
    body = words_of(at_desk(town.ZHAO_MIN).get("/search/?q=停水"))
    assert "The index is behind" in body
    assert "2 cases" not in body


def test_a_number_of_a_closed_case_is_answered_like_one_that_does_not_exist():
    reference = sent("停水")
    follows()
    stranger = at_desk(town.LUO_JING)
    pages = []
    for typed in (reference, "2222-3333"):
        answer = stranger.post("/search/", {"q": typed}, follow=True)
        assert len(answer.redirect_chain) == 1
        body = answer.content.decode().replace(typed, "N")
        pages.append(re.sub(r'(csrfmiddlewaretoken" value=|nonce=)"[^"]*"', "", body))
    assert pages[0] == pages[1]


def test_a_search_that_takes_too_long_is_stopped_and_says_so(monkeypatch):
    sent("停水")
    follows()
    assert PATIENCE_MS >= 1000
    slow = "SELECT max(sent_at) FROM finding_case WHERE (SELECT true FROM pg_sleep(1))"
    monkeypatch.setattr("dandang.finding.finder.PATIENCE_MS", 20)
    monkeypatch.setattr("dandang.finding.finder._FOUND", f"{slow} AND {{where}} LIMIT %s")
    answer = at_desk(town.ZHAO_MIN).get("/search/?q=停水")
    assert answer.status_code == 503
    assert 'role="alert"' in answer.content.decode()


def test_zhao_min_finds_the_requests_of_one_caller_and_that_she_looked_is_kept():
    reference = sent("停水", contact=Contact("刘芳", "139 0000 0000", "liu@example.org"))
    about_an_office = sent("态度恶劣", subject_units=("cityman",))
    follows()
    page = at_desk(town.ZHAO_MIN)
    before = size()
    assert page.get("/search/person/").status_code == 200
    for typed in ("+86 139-0000-0000", "LIU@example.org"):
        answer = page.post("/search/person/", {"way": typed, "purpose": "same_matter"})
        body = answer.content.decode()
        assert f"/desk/{reference}/" in body
        assert about_an_office not in body, "nobody finds out who complained by trying numbers"
        assert typed not in body
    noted = events_of(body_stream())[-2:]
    assert size() == before + 2
    assert [(one.type, one.actor.code) for one in noted] == [("person_searched", town.ZHAO_MIN)] * 2
    assert [one.fields["way"] for one in noted] == ["phone", "email"]
    assert noted[0].fields["mark"] != noted[1].fields["mark"]
    assert "139" not in str(noted[0].fields["purpose"])


def test_a_search_for_a_person_needs_a_reason_a_whole_number_and_the_right_post(monkeypatch):
    reference = sent("停水")
    before = size()
    page = at_desk(town.ZHAO_MIN)
    for typed in (
        {"way": "139 0000 0000", "purpose": ""},
        {"way": "刘", "purpose": "same_matter"},
        {"way": "刘芳 13900000000", "purpose": "same_matter"},
        {"way": "139", "purpose": "same_matter"},
        {"way": "@example.org", "purpose": "same_matter"},
    ):
        answer = page.post("/search/person/", typed)
        assert answer.status_code == 422
        assert reference not in answer.content.decode()
    whole = {"way": "139 0000 0000", "purpose": "same_matter"}
    for other in (town.LI_NA, town.XU_FANG, town.MA_LIN):
        assert at_desk(other).get("/search/person/").status_code == 404
        assert at_desk(other).post("/search/person/", whole).status_code == 404
    assert size() == before
    monkeypatch.setattr("dandang.interfaces.desk.finding.people.MOST", 1)
    assert page.post("/search/person/", whole).status_code == 200
    answer = page.post("/search/person/", whole)
    assert answer.status_code == 429
    assert reference not in answer.content.decode()
    assert size() == before + 1


def by_name(page, typed: str):
    return page.post("/search/person/", {"way": typed, "purpose": "same_matter"})


def test_zhao_min_finds_all_of_one_name_who_are_not_one_person():
    """Two people are called Liu Fang; one erases her contact, and a third one complained."""
    first = sent("停水", contact=Contact("刘芳", "139 0000 0000", ""))
    second = sent("路灯", contact=Contact("劉 芳", "", ""))
    mary = sent("噪声", contact=Contact("Mary  LIU", "", "liu@example.org"))
    dotted = sent("垃圾", contact=Contact("阿依古丽·买买提", "13700001234", ""))
    also = sent("噪声", contact=Contact("刘芳", "136 1111 2222", "fang@example.org"))
    about_an_office = sent(
        "态度恶劣", contact=Contact("刘芳", "13555555555", ""), subject_units=("cityman",)
    )
    follows()
    page = at_desk(town.ZHAO_MIN)
    body = by_name(page, "刘　芳").content.decode()
    assert all(f"/desk/{one}/" in body for one in (first, also))
    assert not any(one in body for one in (second, mary, dotted, about_an_office))
    assert "139****0000" in body
    assert "136****2222" in body
    assert "刘*" in body
    assert "刘芳" not in body
    assert "not one person" in body or "不是同一个人" in body
    assert mary in by_name(page, "ｍａｒｙ　liu").content.decode()
    assert dotted in by_name(page, "阿依古丽•买买提").content.decode()
    assert mary not in by_name(page, "Mary").content.decode()
    noted = events_of(body_stream())[-1]
    assert (noted.type, noted.fields["way"]) == ("person_searched", "name")
    assert kept_somewhere("刘　芳", "ｍａｒｙ", "阿依古丽•买买提") == []
    perform("erase-contact", first, {}, by=Actor.requester(1), now=town.MONDAY)
    assert first not in by_name(page, "刘芳").content.decode(), "in the same moment"
    contact = {"name": "刘芳芳", "phone": "13700000007"}
    perform("change-contact", also, contact, by=Actor.requester(1), now=town.MONDAY)
    assert also not in by_name(page, "刘芳").content.decode()
    assert also in by_name(page, "刘芳芳").content.decode()
    assert at_desk(town.LI_NA).post("/search/person/", {"more": "x"}).status_code == 404


def test_who_is_of_a_common_name_is_shown_page_by_page_without_searching_again(monkeypatch):
    monkeypatch.setattr("dandang.finding.people._BATCH", 2)
    monkeypatch.setattr(cases_of, "__kwdefaults__", {"after": None, "limit": 2})
    hidden = [sent("态度", subject_units=("cityman",)) for _ in range(3)]
    shown = [sent("停水", f"第{number}户") for number in range(3)]
    page = at_desk(town.ZHAO_MIN)
    first = by_name(page, "刘芳").content.decode()
    before = size()
    assert [one for one in shown if one in first] == shown[1:]
    sealed = first.split('name="more" value="')[1].split('"')[0]
    assert "刘芳" not in first
    second = page.post("/search/person/", {"more": sealed}).content.decode()
    assert [one for one in (*shown, *hidden) if one in second] == shown[:1]
    assert 'name="more"' not in second
    assert size() == before, "it is the same search"
    for other, given in ((page, "x"), (at_desk(town.CHEN_HUI), sealed)):
        answer = other.post("/search/person/", {"more": given})
        assert 'role="alert"' in answer.content.decode()
        assert not any(one in answer.content.decode() for one in shown)


def test_who_meets_requesters_is_the_same_everywhere():
    assert permit._MEETS_REQUESTERS == MEETS_REQUESTERS
