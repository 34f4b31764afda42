"""The worklist in a real browser: narrowed, several cases at once, by keys, numbers that change."""

from dandang.organization.actions.preferences import keep_preferences
from tests import town
from tests.browser.test_desk import complaints, is_fine, session
from tests.interfaces.desk.office import account, assigned, in_progress, noise, proposed


def test_several_cases_are_accepted_with_the_keyboard_alone(visit, site):
    for number in range(3):
        assigned(title=f"No water on floor {number}")
    in_progress(), proposed()
    keep_preferences(account(town.LI_NA).pk, is_compact=True, uses_keys=True)
    visitor = visit(width=1280).signs_in(session(town.LI_NA))
    assert is_fine(visitor.goes("/desk/?queue=accept&area=hudong"))
    keyboard, page = visitor.page.keyboard, visitor.page
    for key in ("j", "x", "j", "x", "k"):
        keyboard.press(key)
    assert page.locator("tbody input:checked").count() == 2
    keyboard.press("?")
    assert page.locator("#keys kbd").count() > 5
    assert is_fine(visitor)
    keyboard.press("Escape")
    with page.expect_navigation():
        keyboard.press("a")
    assert is_fine(visitor)
    with page.expect_navigation():
        page.locator("button[value=send]").press("Enter")
    assert page.locator(".tag.ok").count() == 2
    assert is_fine(visitor)
    visitor.goes("/desk/?queue=accept")
    assert page.locator("[data-rows] tr").count() == 1
    assert complaints(visitor) == []


def test_on_a_small_screen_everything_is_there_and_the_settings_are_kept(visit, site):
    assigned(), noise()
    visitor = visit(language="en-GB").signs_in(session(town.CHEN_HUI))
    assert is_fine(visitor.goes("/desk/?queue=all&category=water_supply"))
    visitor.page.locator("details.more > summary").click()
    assert is_fine(visitor)
    assert is_fine(visitor.goes("/desk/settings/"))
    visitor.page.locator("input[value=compact]").check()
    visitor.presses("Keep the settings")
    assert visitor.page.locator("body.compact").count() == 1
    assert complaints(visitor) == []


def test_a_page_that_stays_open_learns_of_new_numbers_and_keeps_its_list(visit, site):
    assigned()
    visitor = visit(language="en-GB").signs_in(session(town.LI_NA))
    visitor.goes("/desk/")
    assigned()
    visitor.page.evaluate(
        "htmx.ajax('GET', document.getElementById('fresh').dataset.hxGet,"
        " {target: '#fresh', swap: 'outerHTML', select: '#fresh'})"
    )
    visitor.page.locator("#news a").wait_for()
    assert visitor.page.locator("#tab-mine").inner_text() == "2"
    assert visitor.page.locator("[data-rows] tr").count() == 1
    assert complaints(visitor) == []
