"""Public cases: what everybody may read, how it is found, and that nothing else is told."""

import re
from datetime import datetime
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from dandang.lifecycle.casework.models import Case
from dandang.publication.cases.models import SearchToken
from dandang.publication.cases.numbers import public_number
from tests import town
from tests.interfaces.stories import browser, city, later, wait_until, words_of
from tests.publication.cases.world import REQUESTER, agreed, at, does, follows, published

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
PERSONAL = ("刘芳", "13900000000", "139 0000 0000", "liu@example.org", "湖滨路3号", "Li Na", "李娜")


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def number_of(reference: str) -> str:
    return public_number(bytes(Case.objects.get(reference=reference).stream))


def test_before_anything_is_published_the_list_says_so():
    agreed()
    follows()
    assert "No case is shown publicly yet." in words_of(browser().get("/open/cases/"))


def test_a_published_case_is_listed_and_has_a_page():
    reference = published()
    does("accept", reference, town.LI_NA)
    does("reply", reference, town.LI_NA, text="刘芳您好，管道明天修好")
    follows()
    listing = browser().get("/open/cases/")
    assert "停水" in words_of(listing)
    address = f"/open/cases/{number_of(reference)}/"
    assert address in listing.content.decode()
    page = browser().get(address)
    said = words_of(page)
    assert "湖滨路一整栋楼从早上起没有水" in said
    assert "Accepted by the unit" in said
    assert "Water bureau · Duty desk" in said
    assert "1 person reported it" in said
    assert "管道明天修好" not in said
    assert not [word for word in (*PERSONAL, reference) if word in page.content.decode()]


def test_what_is_taken_back_is_not_found_at_once():
    reference = published()
    follows()
    address = f"/open/cases/{number_of(reference)}/"
    assert browser().get(address).status_code == 200
    does("allow-publishing", reference, REQUESTER, allowed="no")
    assert browser().get(address).status_code == 404
    assert "停水" not in words_of(browser().get("/open/cases/"))
    assert "停水" not in browser().get("/open/feeds/area/hudong.atom").content.decode()


def test_a_number_typed_differently_leads_to_its_one_address():
    reference = published()
    follows()
    number = number_of(reference)
    answer = browser().get(f"/open/cases/{number.lower().replace('-', '')}/")
    assert answer.url == f"/open/cases/{number}/"
    assert browser().get(f"/open/cases/{reference}/").status_code == 404
    assert browser().get("/open/cases/nonsense/").status_code == 404


def test_words_area_category_and_state_narrow_the_list():
    published(title="渣土车", shown="夜间渣土车，没有盖", category="noise_building_night")
    ended = published(title="路灯", shown="路灯不亮")
    does("withdraw", ended, REQUESTER)
    follows()

    def found(query: str) -> list[str]:
        html = browser().get(f"/open/cases/?{query}").content.decode()
        return re.findall(r'<a href="/open/cases/[^"]+"[^>]*>([^<]+)</a>', html)

    assert found("q=渣土车+夜间") == ["渣土车"]
    assert found("q=路") == ["路灯"]
    assert found("q=渣车") == []
    assert sorted(found("area=hudong")) == ["渣土车", "路灯"]
    assert found("category=noise_building_night") == ["渣土车"]
    assert found("state=open") == ["渣土车"]
    assert found("state=withdrawn") == ["路灯"]
    assert len(found("area=nowhere&category=nothing&state=odd&after=x-y")) == 2


def test_words_that_very_many_cases_have_find_the_same():
    published(title="停水一", shown="湖滨路停水")
    published(title="路灯", shown="路灯不亮")
    follows()
    few = browser().get("/open/cases/?q=停水").content.decode()
    SearchToken.objects.update(cases=50_000)
    many = browser().get("/open/cases/?q=停水").content.decode()
    assert "停水一" in many
    assert "路灯" not in many
    assert few.count("/open/cases/") == many.count("/open/cases/")


def test_what_nothing_fits_says_what_to_do():
    published()
    follows()
    client = browser()
    assert "No public case fits." in words_of(client.get("/open/cases/?q=地铁"))
    assert "nothing to search for" in words_of(client.get("/open/cases/?q=、、"))


def test_the_list_goes_on_page_by_page_without_losing_or_repeating_any():
    for number in range(23):
        published(title=f"停水{number}号")
    follows()
    client = browser()
    first = client.get("/open/cases/?q=停水").content.decode()
    (more,) = re.findall(r'href="\?([^"]+)" rel="next"', first)
    second = client.get(f"/open/cases/?{more.replace('&amp;', '&')}").content.decode()
    titles = [re.findall(r">(停水\d+号)<", page) for page in (first, second)]
    assert [len(one) for one in titles] == [20, 3]
    assert len({*titles[0], *titles[1]}) == 23
    assert "Back to the newest" in second


def test_search_engines_are_asked_to_keep_no_copy():
    reference = published()
    follows()
    for address in ("/open/cases/", f"/open/cases/{number_of(reference)}/"):
        answer = browser().get(address)
        assert answer.headers["X-Robots-Tag"] == "noindex, noarchive"
        assert answer.headers["Cache-Control"] == "no-store"


def feed(client: Client, address: str = "/open/feeds/area/hudong.atom", **headers: str):
    return client.get(address, headers=headers)


def test_a_feed_is_atom_with_stable_ids_and_times_of_what_happened():
    reference = published(title="停水 <b>&", shown="没有水\ufffe")
    follows()
    answer = feed(browser())
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ET.fromstring(answer.content)
    assert root.tag == f"{ATOM}feed"
    for needed in ("id", "title", "updated", "author"):
        assert root.find(f"{ATOM}{needed}") is not None
    (entry,) = root.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "停水 <b>&"
    assert entry.findtext(f"{ATOM}content") == "没有水"
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) == at(1)
    assert entry.find(f"{ATOM}link").get("href").endswith(f"/{number_of(reference)}/")
    assert entry.findtext(f"{ATOM}id").startswith("urn:uuid:")
    again = ET.fromstring(feed(browser("zh-Hans")).content)
    assert again.find(f"{ATOM}entry").findtext(f"{ATOM}id") == entry.findtext(f"{ATOM}id")
    assert again.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans"


def test_a_feed_that_did_not_change_is_not_sent_again():
    reference = published()
    follows()
    client = browser()
    etag = feed(client).headers["ETag"]
    unchanged = feed(client, **{"if-none-match": etag})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    wait_until(at(5))
    does("accept", reference, town.LI_NA)
    follows()
    assert feed(client, **{"if-none-match": etag}).status_code == 200


def test_who_asks_for_a_feed_by_date_is_not_told_to_keep_what_was_taken_back():
    reference = published()
    follows()
    client = browser()
    fetched = feed(client)
    assert "Last-Modified" not in fetched.headers
    does("allow-publishing", reference, REQUESTER, allowed="no")
    since = "Sun, 01 Jan 2040 00:00:00 GMT"
    again = feed(client, **{"if-modified-since": since})
    assert again.status_code == 200
    assert "停水" not in again.content.decode()


def test_a_feed_of_an_area_has_those_below_it_and_at_most_fifty():
    for number in range(52):
        published(title=f"停水{number}")
    follows()
    later()
    for address in ("/open/feeds/area/city.atom", "/open/feeds/category/water_supply.atom"):
        entries = ET.fromstring(feed(browser(), address).content).findall(f"{ATOM}entry")
        assert len(entries) == 50


def test_a_feed_of_nothing_is_valid_and_one_of_an_unknown_code_is_not_there():
    assert ET.fromstring(feed(browser()).content).find(f"{ATOM}updated") is not None
    assert feed(browser(), "/open/feeds/area/nowhere.atom").status_code == 404
    assert feed(browser(), "/open/feeds/category/nothing.atom").status_code == 404


def test_pages_name_the_feeds_beside_them():
    reference = published()
    follows()
    page = browser().get(f"/open/cases/{number_of(reference)}/").content.decode()
    assert 'rel="alternate" type="application/atom+xml"' in page
    assert "/open/feeds/area/hudong.atom" in page
    assert "/open/feeds/category/water_supply.atom" in page
