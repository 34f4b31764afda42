"""A dispatcher finds a case by its words, goes to it by its number, and is told what finds none."""

import pytest

from tests import town
from tests.finding.world import follows
from tests.interfaces.desk.office import at_desk, in_progress
from tests.interfaces.stories import officer


def looks_for(zhao_min, typed: str) -> str:
    """Look for a person, and return the words of the page that answers."""
    zhao_min.goes("/search/person/").fills("way", typed)
    zhao_min.chooses("purpose", "same_matter")
    zhao_min.page.locator("main form button").click()
    zhao_min.page.wait_for_load_state()
    return str(zhao_min.page.locator("main").inner_text())


@pytest.mark.parametrize(("width", "language"), [(1280, "zh-CN"), (390, "en-GB")])
def test_zhao_min_finds_a_case_and_goes_to_it(visit, site, width, language):
    reference = in_progress(text="湖滨路3号没有水，渣土车挖断了管道", title="停水")
    officer("note", reference, town.LI_NA, text="渣土车公司已查明", internal=True)
    follows()
    zhao_min = visit(width=width, language=language)
    zhao_min.signs_in(at_desk(town.ZHAO_MIN).cookies["sessionid"].value).goes("/search/")
    for words in ("", "渣土车", "鯊鰐", "139 0000 0000"):
        box = zhao_min.page.locator("main input[name=q]")
        box.fill(words)
        box.press("Enter")
        zhao_min.page.wait_for_load_state()
        assert zhao_min.barriers() == [], words
        assert zhao_min.overflow() <= 0, words
    assert zhao_min.path == "/search/", "a phone number stands in no address"
    for typed, found in (("139 0000 0000", 1), ("mrs. LIU", 1), ("Mr Liu", 0)):
        shown = looks_for(zhao_min, typed)
        assert (reference in shown, "Mrs Liu" in shown) == (bool(found), False)
        assert (zhao_min.path, zhao_min.barriers()) == ("/search/person/", [])
        assert zhao_min.overflow() <= 0
    zhao_min.goes("/search/?q=渣土车&state=open&due=overdue")
    assert zhao_min.page.locator("main mark").count() == 0
    assert (zhao_min.barriers(), zhao_min.overflow() <= 0) == ([], True)
    zhao_min.page.locator("main .chips a").nth(1).click()
    zhao_min.page.wait_for_load_state()
    assert zhao_min.page.url.endswith("&state=open")
    assert zhao_min.page.locator("main mark").count() == 2
    box = zhao_min.page.locator("main input[name=q]")
    box.fill(reference.lower())
    box.press("Enter")
    zhao_min.page.wait_for_load_state()
    assert zhao_min.path == f"/desk/{reference}/"
    assert zhao_min.complaints + zhao_min.foreign == []
