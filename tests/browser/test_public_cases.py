"""Public cases in a browser: found and read by anybody, published by officers, taken back."""

import pytest

from tests import town
from tests.browser.validity import faults
from tests.interfaces.desk.office import at_desk
from tests.interfaces.stories import browser, officer, opens
from tests.publication.cases.world import follows

WIDTHS = (1280, 320)
LANGUAGES = ("zh-CN", "en-GB")
WRITTEN = "我叫张伟，湖滨路3号2栋没有水，电话13911111111"
PUBLIC = "从早上起一整栋楼没有水"


@pytest.fixture
def shown(site):
    """Publish one matter, let another wait; return the session, and both references."""
    client = browser()
    first = opens(client, text=WRITTEN, title="停水")
    client.post(f"/c/{first}/allow-publishing/", {"allowed": "yes"})
    officer("publish-text", first, town.ZHAO_MIN, title="停水", text=PUBLIC, place="湖滨路")
    waits = opens(client, text=WRITTEN, title="又停水")
    client.post(f"/c/{waits}/allow-publishing/", {"allowed": "yes"})
    follows()
    return client.cookies["sessionid"].value, first, waits


@pytest.mark.parametrize(("language", "width"), list(zip(LANGUAGES, WIDTHS, strict=True)))
def test_the_pages_of_public_cases_can_be_used_by_everybody(visit, shown, language, width):
    visitor = visit(width=width, language=language)
    for path in ("/open/cases/", "/open/cases/?q=水&area=hudong", "/open/cases/?q=地铁"):
        visitor.goes(path)
        assert visitor.barriers() == [], path
        assert visitor.overflow() <= 0, path
    visitor.goes("/open/cases/")
    visitor.page.locator(".entries a").first.click()
    assert visitor.path.startswith("/open/cases/")
    assert visitor.barriers() == []
    assert visitor.overflow() <= 0
    assert visitor.foreign == []
    assert visitor.complaints == []


@pytest.mark.parametrize(("language", "width"), list(zip(LANGUAGES, WIDTHS, strict=True)))
def test_the_question_and_the_desk_can_be_used_by_everybody(visit, shown, language, width):
    session, first, waits = shown
    visitor = visit(width=width, language=language).signs_in(session)
    visitor.goes(f"/c/{first}/allow-publishing/")
    assert visitor.barriers() == []
    assert visitor.overflow() <= 0
    desk = at_desk(town.ZHAO_MIN).cookies["sessionid"].value
    visitor = visit(width=width, language=language).signs_in(desk)
    for path in ("/desk/to-publish/", f"/desk/{waits}/publish-text/"):
        visitor.goes(path)
        assert visitor.barriers() == [], path
        assert visitor.overflow() <= 0, path
    visitor.page.locator("button[name=preview]").click()
    assert visitor.barriers() == []
    assert visitor.overflow() <= 0
    assert visitor.complaints == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_are_valid_html(visit, shown, language, tmp_path):
    visitor = visit(language=language).goes("/open/cases/")
    one = visitor.page.locator(".entries a").first.get_attribute("href")
    paths = ("/open/cases/", "/open/cases/?q=地铁", one)
    sources = {path: visitor.context.request.get(visitor.site + path).text() for path in paths}
    assert faults(sources, tmp_path) == []


def test_an_officer_takes_out_what_was_found_and_publishes_it_and_the_sender_takes_it_back(
    visit, shown
):
    session, _, waits = shown
    desk = visit(width=1280, language="en-GB")
    desk.signs_in(at_desk(town.ZHAO_MIN).cookies["sessionid"].value)
    desk.goes("/desk/to-publish/").page.get_by_role("link", name=f"Read {waits}").click()
    text = desk.page.locator("textarea")
    assert text.input_value() == "我叫张伟，湖滨路3号2栋没有水，电话***"
    desk.page.locator("button[value=take-out]").click()
    assert text.input_value() == "我叫***，***没有水，电话***"
    text.fill(PUBLIC)
    desk.page.locator("#verb button.button:not(.second)").click()
    follows()
    visitor = visit(language="en-GB").goes("/open/cases/")
    assert visitor.page.locator(".entries li").count() == 2
    sender = visit(language="en-GB").signs_in(session).goes(f"/c/{waits}/allow-publishing/")
    sender.page.get_by_label("No", exact=True).check()
    sender.page.locator("main form button.button").click()
    visitor.goes("/open/cases/")
    assert visitor.page.locator(".entries li").count() == 1
