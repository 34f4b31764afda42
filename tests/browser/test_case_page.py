"""The page of a case in a real browser: two officers at once, a story wide and narrow, on paper."""

import pytest

from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.states import State
from tests import town
from tests.browser.test_desk import complaints, is_fine, session
from tests.interfaces.desk.office import in_progress
from tests.interfaces.stories import officer


def told_of() -> str:
    """A case in which people asked, answered, noted and promised."""
    reference = in_progress()
    officer("contacted", reference, town.LI_NA, how="phone", text="We come at ten")
    officer("note", reference, town.LI_NA, text="Pump 3 again", internal="yes")
    officer("request-assist", reference, town.LI_NA, of_post="housing-duty", text="Open cellar 2")
    officer(
        "promise", reference, town.LI_NA, promised_for="2026-10-12T17:00+08:00", text="Water again"
    )
    return reference


def check_marks(page) -> None:
    """See that what is internal looks different, also on paper, where nothing can be pressed."""
    marks = page.locator(".timeline > .internal, .timeline > .visible")
    styles = marks.evaluate_all("found => found.map(one => getComputedStyle(one).borderStyle)")
    assert len(set(styles)) > 1
    page.emulate_media(media="print")
    assert page.locator(".acts").is_hidden()
    assert marks.first.locator(".mark").is_visible()
    page.emulate_media(media="screen")


@pytest.mark.parametrize(("language", "width"), [("zh-CN", 1280), ("en-GB", 390)])
def test_two_officers_at_one_case_lose_nothing_and_learn_of_each_other(visit, language, width):
    """Zhao Min writes why it is declined; meanwhile Li Na says in her browser that it is done."""
    reference = told_of()
    li_na = visit(width=width, language=language).signs_in(session(town.LI_NA))
    zhao_min = visit(width=width, language=language).signs_in(session(town.ZHAO_MIN))
    li_na.goes(f"/desk/{reference}/")
    assert is_fine(li_na)
    check_marks(li_na.page)
    zhao_min.goes(f"/desk/{reference}/decline/")
    zhao_min.chooses("reason", "out_of_scope")
    zhao_min.fills("text", "This is for the county")
    zhao_min.fills("basis", "Rules of the hotline, article 4")
    li_na.goes(f"/desk/{reference}/propose/")
    li_na.page.locator("input[name=outcome][value=resolved]").check()
    li_na.fills("text", "The pump has been replaced, the water runs again since noon.")
    with li_na.page.expect_navigation():
        li_na.page.locator("#verb button.button:not(.second)").click()
    assert find(reference).state.state is State.PROPOSED
    with zhao_min.page.expect_navigation():
        zhao_min.page.locator("#verb button.button:not(.second)").click()
    assert zhao_min.page.locator("#meanwhile").is_visible()
    focused = zhao_min.page.evaluate("document.activeElement.className")
    assert focused == "error-summary"
    assert zhao_min.page.locator("textarea[name=text]").input_value() == "This is for the county"
    assert is_fine(zhao_min)
    assert find(reference).state.state is State.PROPOSED
    with zhao_min.page.expect_navigation():
        zhao_min.page.locator("button[form=verb]").first.click()
    assert find(reference).state.state is State.DECLINED
    assert complaints(zhao_min, "409") == complaints(li_na) == []
