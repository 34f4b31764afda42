"""Publishing at the desk: what waits, what is taken out by itself, what an officer takes out."""

import re

import pytest

from dandang.ledger.queries import size
from dandang.lifecycle.perform import perform
from dandang.terms import Actor
from tests import town
from tests.interfaces.desk.examples import agreed
from tests.interfaces.desk.office import at_desk, in_progress
from tests.interfaces.stories import city, later, words_of

pytestmark = pytest.mark.django_db

WRITTEN = "我叫刘芳，湖滨路3号2栋没有水，打１３９ 0000-0000 或 liu@example.org"


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def agrees(**changes: str) -> str:
    reference = in_progress(**changes)
    perform("allow-publishing", reference, {"allowed": "yes"}, by=Actor.requester(1), now=later())
    return reference


def text_in(response) -> str:
    return re.search(r"<textarea[^>]*>\s*([^<]*)</textarea>", response.content.decode())[1]


def test_what_waits_is_listed_and_counted_for_those_who_may_decide():
    reference = agrees()
    page = at_desk(town.ZHAO_MIN).get("/desk/to-publish/")
    assert reference in words_of(page)
    assert re.search(r'To publish <span class="count"[^>]*>1</span>', page.content.decode())
    assert f"/desk/{reference}/publish-text/" in page.content.decode()
    other = words_of(at_desk(town.LI_NA).get("/desk/to-publish/"))
    assert reference not in other
    assert "your posts do not" in other


def test_who_did_not_agree_is_not_listed():
    in_progress()
    assert "Nothing waits to be read" in words_of(at_desk(town.ZHAO_MIN).get("/desk/to-publish/"))


def test_numbers_are_taken_out_and_names_and_houses_are_marked():
    reference = agrees(text=WRITTEN)
    page = at_desk(town.ZHAO_MIN).get(f"/desk/{reference}/publish-text/")
    assert text_in(page) == "我叫刘芳，湖滨路3号2栋没有水，打*** 或 ***"
    html = page.content.decode()
    assert '<mark class="found number">１３９ 0000-0000</mark>' in html
    assert '<mark class="found name">刘芳</mark>' in html
    assert '<mark class="found address">湖滨路3号2栋</mark>' in html


def test_what_is_ticked_is_taken_out_and_nothing_is_sent():
    reference = agrees(text=WRITTEN)
    before = size()
    page = at_desk(town.ZHAO_MIN).post(
        f"/desk/{reference}/publish-text/",
        {
            "title": "停水",
            "text": "我叫刘芳，湖滨路3号2栋没有水",
            "take": ["刘芳", "湖滨路3号2栋"],
            "similar": "take-out",
            "seen_seq": 99,
        },
    )
    assert text_in(page) == "我叫***，***没有水"
    assert size() == before


def test_the_preview_shows_what_everybody_will_read():
    reference = agrees(text=WRITTEN)
    page = at_desk(town.ZHAO_MIN).post(
        f"/desk/{reference}/publish-text/",
        {"title": "停水", "text": "张伟，没有水", "preview": "preview", "seen_seq": 99},
    )
    assert "Preview: what everybody will read" in words_of(page)
    assert "still looks like a name" in words_of(page)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"text": "打 13911111111"}, "a mobile number"),
        ({"text": "停水", "title": "找 a@b.cn"}, "an e-mail address"),
        ({"text": "Mrs Liu has no water"}, "name, phone number or e-mail address of a requester"),
        ({"text": "停水", "place": "湖A12345旁，湘A12345"}, "a number plate"),
    ],
)
def test_a_text_that_names_somebody_is_not_published(typed, why):
    reference = agrees()
    before = size()
    page = at_desk(town.ZHAO_MIN).post(
        f"/desk/{reference}/publish-text/", {"title": "停水", "seen_seq": 99, **typed}
    )
    assert page.status_code == 422
    assert why in words_of(page)
    assert size() == before


def test_what_was_published_is_where_a_correction_begins():
    reference = agreed()
    client = at_desk(town.ZHAO_MIN)
    address = f"/desk/{reference}/publish-text/"
    client.post(address, {"title": "停水", "text": "楼里没有水", "seen_seq": 99})
    assert text_in(client.get(address)) == "楼里没有水"
    assert reference not in words_of(client.get("/desk/to-publish/"))


def test_who_is_complained_about_neither_sees_nor_publishes():
    reference = agrees()
    perform(
        "name-subject",
        reference,
        {"unit": "hotline", "text": "They hung up"},
        by=Actor.officer(town.CHEN_HUI),
        now=later(),
    )
    client = at_desk(town.ZHAO_MIN)
    assert reference not in words_of(client.get("/desk/to-publish/"))
    answer = client.post(
        f"/desk/{reference}/publish-text/", {"title": "x", "text": "y", "seen_seq": 99}
    )
    assert answer.status_code == 404
    assert reference in words_of(at_desk(town.CHEN_HUI).get("/desk/to-publish/"))
