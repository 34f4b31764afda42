"""The search page: words find cases with their hits, numbers lead to them, people are no words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dandang.finding.finder import PATIENCE_MS
from dandang.lifecycle.casework.models import Case
from tests import town
from tests.finding.world import does, follows, sent
from tests.interfaces.desk.office import at_desk
from tests.interfaces.stories import city

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
