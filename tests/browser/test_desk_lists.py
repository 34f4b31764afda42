"""Clocks, calls, decisions that wait, escalations and old cases in a real browser."""

import pytest

from tests import town
from tests.browser.test_desk import LANGUAGES, WIDTHS, complaints, is_fine, session
from tests.interfaces.desk.examples import more_time_asked, paused, route_asked
from tests.interfaces.desk.gone_up import passes, told
from tests.interfaces.desk.office import disputed, in_progress, noise, proposed_to_decline

LISTS = ("calls", "clocks", "escalations", "long-standing")


@pytest.fixture
def gone_up(site) -> str:
    """Matters of every kind on which nobody acted; return the reference of the first of them."""
    reference = in_progress(title="No water above the third floor " * 3)
    noise(), more_time_asked(), route_asked(), disputed(), paused(), proposed_to_decline()
    passes(hours=2, minutes=20)
    told(hours=2, minutes=21)
    return reference


@pytest.mark.parametrize(("language", "width"), list(zip(LANGUAGES, WIDTHS, strict=True)))
def test_every_list_can_be_used_by_everybody(visit, gone_up, language, width):
    visitor = visit(width=width, language=language)
    for code in (town.SUN_TAO, town.CHEN_HUI):
        visitor.signs_in(session(code))
        for name in LISTS:
            assert is_fine(visitor.goes(f"/desk/{name}/"))
        assert is_fine(visitor.goes("/desk/clocks/?unit=water&when=overdue"))
    assert complaints(visitor) == []


def test_a_call_is_answered_without_scripts_from_the_inbox(visit, gone_up):
    visitor = visit(language="en-GB", scripts=False).signs_in(session(town.SUN_TAO))
    visitor.goes("/desk/calls/")
    before = visitor.page.locator(".worklist tbody tr").count()
    act = visitor.page.locator(f"a[href='/desk/{gone_up}/act-on-call/']")
    with visitor.page.expect_navigation():
        act.click()
    visitor.page.locator("main input[name=act][value=instructed]").check()
    visitor.chooses("who", "water-duty").fills("text", "Bring water in lorries")
    visitor.fills("due_at", "2026-10-12T15:00").presses("Act on the call")
    assert visitor.path == f"/desk/{gone_up}/"
    visitor.goes("/desk/calls/")
    assert visitor.page.locator("table.worklist").first.locator("tbody tr").count() == before - 1
    assert "Bring water in lorries" not in visitor.page.content()
    assert gone_up in visitor.page.locator("table[aria-labelledby=earlier]").inner_text()


def test_a_list_is_narrowed_with_the_keyboard_alone(visit, gone_up):
    visitor = visit(width=1280, language="en-GB").signs_in(session(town.CHEN_HUI))
    visitor.goes("/desk/escalations/")
    visitor.page.locator("select[name=level]").focus()
    visitor.page.keyboard.type("supervision")
    visitor.page.keyboard.press("Tab")
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    assert visitor.path == "/desk/escalations/?unit=&level=supervision"
    assert visitor.page.locator("select[name=level]").input_value() == "supervision"


def test_a_list_prints_as_a_table_without_its_form(visit, gone_up):
    visitor = visit(width=1280).signs_in(session(town.CHEN_HUI))
    for name in LISTS:
        visitor.goes(f"/desk/{name}/")
        visitor.page.emulate_media(media="print")
        assert visitor.page.locator("h1").is_visible()
        assert not visitor.page.locator(".top-nav").is_visible()
        assert (
            visitor.page.locator("main form").count() == 0
            or not visitor.page.locator("main form").first.is_visible()
        )
        visitor.page.emulate_media(media="screen")
