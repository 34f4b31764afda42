"""Subscribing to deadlines in a real browser: the page, and the address that is shown once."""

import pytest

from tests import town
from tests.interfaces.desk.office import assigned, at_desk
from tests.interfaces.stories import browser

WIDTHS = (390, 1280)
LANGUAGES = ("zh-CN", "en-GB")


def is_fine(visitor) -> bool:
    """Say whether the page can be used; what is wrong with it stands in the report."""
    visitor.page.wait_for_load_state()
    assert visitor.barriers() == [], visitor.path
    assert visitor.overflow() <= 0, visitor.path
    return True


@pytest.mark.parametrize(("language", "width"), list(zip(LANGUAGES, WIDTHS, strict=True)))
def test_an_address_is_made_shown_once_and_revoked(visit, site, language, width):
    assigned()
    session = at_desk(town.LI_NA).cookies["sessionid"].value
    li_na = visit(width=width, language=language).signs_in(session)
    assert is_fine(li_na.goes("/desk/calendar/"))
    li_na.submits("make")
    assert is_fine(li_na)
    field = li_na.page.locator("input#address")
    path = field.input_value().removeprefix(site)
    assert b"BEGIN:VEVENT" in browser().get(path).content
    li_na.goes("/desk/calendar/")
    assert is_fine(li_na)
    assert field.count() == 0
    for _ in range(4):
        li_na.goes("/desk/calendar/").submits("make")
    assert is_fine(li_na)
    with li_na.page.expect_navigation():
        li_na.page.locator("button[name=revoke]").last.click()
    assert is_fine(li_na)
    assert browser().get(path).status_code == 404
    assert li_na.complaints + li_na.foreign == []


def test_the_keyboard_is_enough(visit, site):
    session = at_desk(town.LI_NA).cookies["sessionid"].value
    li_na = visit(language="en-GB", scripts=False).signs_in(session).goes("/desk/")
    li_na.page.get_by_role("link", name="Deadlines in your calendar").focus()
    with li_na.page.expect_navigation():
        li_na.page.keyboard.press("Enter")
    li_na.page.get_by_role("button", name="Make a new address").focus()
    with li_na.page.expect_navigation():
        li_na.page.keyboard.press("Enter")
    assert li_na.page.get_by_label("Secret address").input_value().startswith(site)
