"""Calling back in a real browser: the list, with the keyboard alone, and what is recorded."""

import pytest

from tests import town
from tests.interfaces.desk.office import at_desk
from tests.interfaces.desk.test_call_backs import LANDLINE, PATH, asked, passes
from tests.interfaces.stories import browser, later, officer, opens

WIDTHS = (390, 1280)
LANGUAGES = ("zh-CN", "en-GB")


def is_fine(visitor) -> bool:
    """Say whether the page can be used; what is wrong with it stands in the report."""
    visitor.page.wait_for_load_state()
    assert visitor.barriers() == [], visitor.path
    assert visitor.overflow() <= 0, visitor.path
    return True


def several() -> None:
    """Several people to call: about a result, about a question, one of them tried before."""
    asked(name="刘女士", title="早上起停水，整栋楼都没有水")
    reference = opens(browser(), phone="13900000000", name="Mr Zhou", title="No water at all")
    officer("accept", reference, town.LI_NA)
    officer("ask", reference, town.LI_NA, missing="Which floor?", text="The house has nine.")
    passes()


@pytest.mark.parametrize(("language", "width"), list(zip(LANGUAGES, WIDTHS, strict=True)))
def test_the_list_can_be_used_by_everybody(visit, site, language, width):
    session = at_desk(town.ZHAO_MIN).cookies["sessionid"].value
    zhao_min = visit(width=width, language=language).signs_in(session)
    assert is_fine(zhao_min.goes(PATH))
    several()
    assert is_fine(zhao_min.goes(PATH))
    assert zhao_min.page.locator("a[href^='tel:']").count() == 0, "numbers are masked"
    with zhao_min.page.expect_navigation():
        zhao_min.page.locator("button[name=show]").first.click()
    assert zhao_min.page.locator("a[href^='tel:']").count() == 1
    assert is_fine(zhao_min)
    with zhao_min.page.expect_navigation():
        zhao_min.page.locator("button[value=not_reached]").first.click()
    assert is_fine(zhao_min)
    later(days=1)
    assert is_fine(zhao_min.goes(PATH))
    assert is_fine(zhao_min.goes("/desk/?queue=call-back"))
    assert zhao_min.complaints + zhao_min.foreign == []


def test_zhao_min_calls_and_records_an_answer_with_the_keyboard_alone(visit, site):
    reference = asked(name="Mrs Liu")
    session = at_desk(town.ZHAO_MIN).cookies["sessionid"].value
    zhao_min = visit(width=1280, language="en-GB", scripts=False).signs_in(session).goes(PATH)
    zhao_min.page.get_by_role("button", name=f"Show and call: request {reference}").focus()
    with zhao_min.page.expect_navigation():
        zhao_min.page.keyboard.press("Enter")
    assert zhao_min.page.get_by_role("link", name=LANDLINE).is_visible()
    zhao_min.page.get_by_role("link", name=f"Record the answer of {reference}").focus()
    with zhao_min.page.expect_navigation():
        zhao_min.page.keyboard.press("Enter")
    zhao_min.page.get_by_label("Solved", exact=True).focus()
    zhao_min.page.keyboard.press("Space")
    with zhao_min.page.expect_navigation():
        zhao_min.page.locator("main form button[type=submit]:not([name])").last.click()
    assert zhao_min.path == f"/desk/{reference}/"
    passes()
    assert "Nobody has to be called now." in zhao_min.goes(PATH).page.content()
