"""Getting in with a real browser: the code of the QR leaves no trace, every page can be used."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from dandang.notifications import channels
from dandang.notifications.access import codes, links
from dandang.notifications.access.models import OneTimeCode
from tests import town
from tests.browser.validity import faults
from tests.interfaces.stories import browser, code_on, opens

WIDTHS = (1280, 320)
LANGUAGES = ("zh-CN", "en-GB")
SHOTS = os.environ.get("DANDANG_SHOTS")


@pytest.fixture
def sent(site, settings, monkeypatch):
    """Mrs Liu's request and its code, her session, and the token of a link in a mail to her."""
    settings.EMAIL_HOST = "mail.example"
    monkeypatch.setattr(channels, "frozen_time", lambda: None)
    client = browser()
    reference = opens(client, email="liu@example.org", name="刘女士")
    token = links.token_for("message", reference, now=town.MONDAY)
    code = code_on(client, reference).replace(" ", "")
    return reference, code, client.cookies, token


def is_fine(visitor, name: str) -> None:
    """Say what is wrong with a page; take its picture where somebody wants to look at it."""
    visitor.page.wait_for_load_state("networkidle")
    if SHOTS:
        size = visitor.page.viewport_size["width"]
        tongue = visitor.page.locator("html").get_attribute("lang")
        shot = Path(SHOTS) / f"{name}-{tongue[:2]}-{size}.png"
        visitor.page.screenshot(path=shot, full_page=True)
    assert visitor.barriers() == [], name
    assert visitor.overflow() <= 0, name


def with_cookies(visitor, cookies):
    """Let a visitor have what another browser was given."""
    for name in ("sessionid", "receipt"):
        if cookies.get(name) is not None:
            visitor.context.add_cookies(
                [{"name": name, "value": cookies[name].value, "url": visitor.site}]
            )
    return visitor


@pytest.mark.parametrize(("language", "width"), list(zip(LANGUAGES, WIDTHS, strict=True)))
def test_every_way_in_can_be_used_by_everybody(visit, sent, language, width):
    reference, _, cookies, token = sent
    stranger = visit(width=width, language=language)
    is_fine(stranger.goes(f"/c/{reference}/"), "address")
    is_fine(stranger.goes("/c/lost/"), "lost")
    stranger.fills("reference", "7K4M").page.locator("main form .button").click()
    is_fine(stranger, "lost-wrong")
    stranger.fills("reference", reference).page.locator("main form .button").click()
    is_fine(stranger, "lost-code")
    stranger.fills("code", "00000000").page.locator("main form .button").click()
    is_fine(stranger, "lost-code-wrong")
    row = OneTimeCode.objects.get(reference=reference)
    code = codes.code_of(reference, bytes(row.nonce))
    stranger.fills("code", f"{code[:4]} {code[4:]}").page.locator("main form .button").click()
    stranger.page.wait_for_url("**/new-code/")
    is_fine(stranger, "new-code")
    is_fine(stranger.goes("/c/link/"), "link-over")
    is_fine(stranger.goes(f"/c/link/{token}/"), "link")
    liu = with_cookies(visit(width=width, language=language), cookies)
    is_fine(liu.goes(f"/c/{reference}/receipt/"), "receipt")
    is_fine(liu.goes(f"/c/{reference}/contact/"), "contact")
    liu.fills("phone", "x").page.locator("main form .button").click()
    is_fine(liu, "contact-wrong")
    is_fine(liu.goes(f"/c/{reference}/contact/erase/"), "erase")
    liu.context.clear_cookies(name="receipt")
    is_fine(liu.goes(f"/c/{reference}/receipt/"), "receipt-later")
    for visitor in (stranger, liu):
        assert visitor.foreign == []
        assert [one for one in visitor.complaints if "422" not in one] == []


def listens(visitor) -> list[str]:
    """Return a list that fills with everything of each request but its body."""
    heard: list[str] = []

    def note(request) -> None:
        address = urlsplit(request.url)
        heard.extend((address.path, address.query, str(request.all_headers())))

    visitor.context.on("request", note)
    return heard


def test_the_code_of_the_qr_is_in_no_path_query_referrer_or_history(visit, sent):
    reference, code, _, _ = sent
    visitor = visit(language="en-GB")
    heard = listens(visitor)
    visitor.goes(f"/c/{reference}/#{code}")
    visitor.page.wait_for_selector("h1:not(:has-text('Follow a request'))")
    assert visitor.path == f"/c/{reference}/"
    assert "No water since this morning" in visitor.page.content()
    visitor.goes("/open/")
    assert code not in visitor.page.evaluate("document.referrer")
    for _ in range(3):
        visitor.page.go_back()
        visitor.page.wait_for_load_state()
        assert code not in visitor.page.url
        assert code not in visitor.page.content()
    assert not [one for one in heard if code in one]
    assert heard.count(f"/c/{reference}/") >= 2
    assert visitor.complaints == []


def test_on_an_open_page_the_code_goes_from_the_address_too(visit, sent):
    reference, code, cookies, _ = sent
    liu = with_cookies(visit(), cookies)
    liu.goes(f"/c/{reference}/#{code}")
    liu.page.wait_for_load_state("networkidle")
    assert liu.path == f"/c/{reference}/"


def test_without_a_script_the_code_is_typed_and_a_wrong_one_in_the_address_opens_nothing(
    visit, sent
):
    reference, code, _, _ = sent
    visitor = visit(language="en-GB", scripts=False)
    visitor.goes(f"/c/{reference}/#{code}")
    assert visitor.page.locator("main [name=reference]").input_value() == reference
    visitor.fills("access_code", code).presses("Show my request")
    assert "No water since this morning" in visitor.page.content()
    guesser = visit(language="en-GB").goes(f"/c/{reference}/#{'A' * 26}")
    guesser.page.wait_for_selector("text=do not belong together")
    assert guesser.path == "/c/"


def test_a_code_alone_is_filled_in_and_waits_for_the_reference(visit, sent):
    reference, code, _, _ = sent
    visitor = visit(language="en-GB").goes(f"/c/#{code}")
    visitor.page.wait_for_load_state("networkidle")
    assert visitor.path == "/c/"
    assert visitor.page.locator("main [name=access_code]").input_value() == code
    visitor.fills("reference", reference).presses("Show my request")
    assert visitor.path == f"/c/{reference}/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_receipt_prints_on_one_sheet_of_a4_with_a_code_that_can_be_seen(visit, site, language):
    client = browser()
    reference = opens(client, text="停水了，整栋楼都没有水。\n" * 60, email="liu@example.org")
    liu = with_cookies(visit(width=1280, language=language), client.cookies)
    liu.goes(f"/c/{reference}/receipt/").page.emulate_media(media="print")
    assert liu.page.locator("svg.qr").is_visible()
    assert liu.page.locator("svg.qr").bounding_box()["width"] >= 120
    assert not liu.page.locator(".top-nav").is_visible()
    paper = liu.page.pdf(format="A4")
    if SHOTS:
        liu.page.set_viewport_size({"width": 690, "height": 980})
        liu.page.screenshot(path=Path(SHOTS, f"paper-{language}.png"), full_page=True)
    assert paper.count(b"/Type /Page\n") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ways_in_are_valid_html(visit, sent, language, tmp_path):
    reference, _, cookies, token = sent
    liu = with_cookies(visit(language=language), cookies)
    own = [f"/c/{reference}/{one}" for one in ("receipt/", "contact/", "contact/erase/")]
    paths = ["/c/", "/c/lost/", f"/c/lost/{reference}/", "/c/link/", f"/c/link/{token}/", *own]
    assert faults({one: liu.context.request.get(one).text() for one in paths}, tmp_path) == []


def test_the_script_is_small(visit, site):
    script = visit().context.request.get("/static/open.js")
    assert script.status == 200
    assert len(script.body()) < 3000
