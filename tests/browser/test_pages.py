"""Every page of requesters and the public, in both languages, on a phone and on a desk.

For each: nothing axe finds, nothing wider than the screen, nothing from elsewhere, no complaint of
the browser.
"""

from datetime import timedelta

import pytest

from tests import town
from tests.browser.validity import faults
from tests.browser.writing import sends
from tests.interfaces.stories import browser, officer, opens, proposed

WIDTHS = (1280, 320)
LANGUAGES = ("zh-CN", "en-GB")
MOST_BYTES = 60_000


@pytest.fixture
def pages(site):
    """Return the session that may see its requests, and every page with a name for it."""
    client = browser()
    sent = opens(client, category="", text="Rubbish is not collected. " * 20, title="")
    done, ended = proposed(client), proposed(client)
    client.post(f"/c/{ended}/judge/", {"verdict": "solved", "text": "Thank you"})
    asked = opens(client, category="noise_building_night", area="city", phone="")
    officer("accept", asked, town.WANG_QIANG)
    officer("ask", asked, town.WANG_QIANG, missing="Which site?", text="There are two of them.")
    not_yet = opens(client)
    officer("accept", not_yet, town.LI_NA)
    visible = town.MONDAY + timedelta(days=3)
    done_later = {"outcome": "resolved", "text": "Repaired", "confirm_not_before": visible}
    officer("propose", not_yet, town.LI_NA, **done_later)
    joined = opens(client, text="Not here either", location="5 Hubin Road")
    officer("merge", joined, town.ZHAO_MIN, into=done, text="The same pipe")
    refused = opens(client, text="Nor here")
    officer("merge", refused, town.ZHAO_MIN, into=done, text="The same pipe")
    client.post(f"/c/{refused}/judge/", {"verdict": "no", "text": "Still dry"})
    basis = {"reason": "permit_valid", "basis": "Permit 2026-31"}
    explained = opens(client)
    officer("accept", explained, town.LI_NA)
    officer("propose", explained, town.LI_NA, outcome="explained", text="In order", **basis)
    officer("explain", explained, town.CHEN_HUI, text="In order", **basis)
    return client.cookies["sessionid"].value, (
        "/",
        "/open/",
        "/new/",
        "/c/",
        "/nothing/",
        f"/c/{sent}/",
        f"/c/{done}/",
        f"/c/{ended}/",
        f"/c/{asked}/",
        f"/c/{not_yet}/",
        f"/c/{joined}/",
        f"/c/{refused}/",
        f"/c/{explained}/",
        f"/c/{explained}/object/",
        f"/c/{explained}/appeal/",
        f"/c/{done}/judge/?verdict=solved",
        f"/c/{done}/judge/?verdict=partly",
        f"/c/{done}/judge/?verdict=no",
        f"/c/{ended}/reopen/",
        f"/c/{sent}/withdraw/",
        f"/c/{asked}/answer/",
        f"/c/{sent}/note/",
    )


@pytest.mark.parametrize(("language", "width"), list(zip(LANGUAGES, WIDTHS, strict=True)))
def test_every_page_can_be_used_by_everybody(visit, pages, language, width):
    session, paths = pages
    visitor = visit(width=width, language=language)
    visitor.signs_in(session)
    for path in paths:
        visitor.goes(path)
        assert visitor.barriers() == [], path
        assert visitor.overflow() <= 0, path
    assert visitor.foreign == []
    assert [one for one in visitor.complaints if "404" not in one] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_wider_than_an_ordinary_phone(visit, pages, language):
    session, paths = pages
    visitor = visit(width=390, language=language).signs_in(session)
    assert [path for path in paths if visitor.goes(path).overflow() > 0] == []


@pytest.mark.parametrize(("language", "width"), list(zip(LANGUAGES, WIDTHS, strict=True)))
def test_the_pages_with_problems_can_be_used_too(visit, language, width):
    visitor = visit(width=width, language=language)
    sends(visitor, "停水了")
    assert visitor.path.startswith("/c/")
    assert visitor.barriers() == []
    assert visitor.overflow() <= 0
    visitor.goes("/c/").fills("reference", "7K4M-9Q2X").fills("access_code", "A" * 26)
    visitor.page.locator("main button").click()
    assert visitor.barriers() == []
    assert visitor.overflow() <= 0
    assert [one for one in visitor.complaints if "422" not in one] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_valid_html(visit, pages, language, tmp_path):
    session, paths = pages
    visitor = visit(language=language).signs_in(session)
    sources = {path: visitor.context.request.get(path).text() for path in paths}
    assert faults(sources, tmp_path) == []


def test_invalid_html_would_be_noticed(tmp_path):
    page = "<!DOCTYPE html><html lang=en><title>A</title><p><div>B</div></p>"
    assert any("p" in fault for fault in faults({"page": page}, tmp_path))


def test_the_first_tab_stop_skips_to_the_content(visit):
    visitor = visit(language="en-GB").goes("/open/")
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.activeElement.textContent") == "Skip to the content"
    visitor.page.keyboard.press("Enter")
    assert visitor.page.evaluate("document.activeElement.id") == "main"


def test_the_three_answers_look_exactly_alike(visit, site):
    client = browser()
    reference = proposed(client)
    visitor = visit(width=1280).signs_in(client.cookies["sessionid"].value)
    visitor.goes(f"/c/{reference}/")
    looks = visitor.page.locator("button[name=verdict]").evaluate_all(
        """buttons => buttons.map(one => {
            const style = getComputedStyle(one);
            return ["color", "backgroundColor", "borderColor", "borderWidth", "fontSize",
                    "fontWeight", "width", "height", "opacity"].map(name => style[name]).join();
        })"""
    )
    assert len(looks) == 3
    assert len(set(looks)) == 1


def test_a_receipt_with_its_request_prints_on_one_sheet(visit, site):
    visitor = visit(width=1280)
    sends(visitor, "停水了，整栋楼都没有水。")
    code = visitor.page.locator(".receipt-code").nth(1)
    visitor.page.emulate_media(media="print")
    assert code.is_visible()
    assert not visitor.page.locator(".top-nav").is_visible()
    sheets = visitor.page.pdf(format="A4").count(b"/Type /Page\n")
    assert sheets == 1


def test_a_page_is_light(visit, pages):
    session, paths = pages
    visitor = visit().signs_in(session).goes(paths[6])
    sizes = visitor.page.evaluate(
        """["navigation", "resource"].flatMap(kind => performance.getEntriesByType(kind))
            .map(one => one.decodedBodySize)"""
    )
    assert len(sizes) >= 2
    assert 0 < sum(sizes) < MOST_BYTES


def test_a_field_without_its_label_would_be_noticed(visit):
    visitor = visit().goes("/c/")
    visitor.page.locator("label").first.evaluate("label => label.remove()")
    assert "label" in [one.split(":")[0] for one in visitor.barriers()]


def test_a_block_wider_than_the_screen_would_be_noticed(visit):
    visitor = visit(width=320).goes("/c/")
    visitor.page.locator("h1").evaluate("one => { one.textContent = 'x'.repeat(200) + ' y' }")
    assert visitor.overflow() <= 0
    visitor.page.locator("h1").evaluate("one => one.classList.add('number')")
    assert visitor.overflow() > 0
