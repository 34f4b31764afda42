"""The desk in a real browser: every page and every form, in both languages, narrow and wide."""

from collections.abc import Iterator

import pytest

from tests import town
from tests.interfaces.desk.examples import EXAMPLES, LAMPS
from tests.interfaces.desk.office import (
    GUEST,
    NOT_OURS,
    PASSWORD,
    account,
    assigned,
    at_desk,
    in_progress,
    noise,
)
from tests.interfaces.stories import officer

WIDTHS = (390, 1280)
LANGUAGES = ("zh-CN", "en-GB")
BUTTONS = ("accept", "resume")
"""Verbs without a page of their own."""
SHOWN_WITH_THEIR_CASE = frozenset(
    {
        *("assign", "return", "judge", "decide-dispute", "check-condition", "decide-extension"),
        *("update-legal-route", "answer-objection", "decide-appeal", "close-not-solved"),
    }
)
"""Their cases differ from one another."""
LAST = ("act-on-call", "resume", "explain-stall", "decide-support")
"""Cases for which time has to pass come after all others, the longest time last."""


def session(code: str) -> str:
    """Return the key of a session in which this officer has signed in."""
    return at_desk(code).cookies["sessionid"].value


def complaints(visitor, *expected: str) -> list[str]:
    """Return what the browser complained about, but for these statuses; and other hosts."""
    found = [one for one in visitor.complaints if not any(code in one for code in expected)]
    return found + visitor.foreign


def is_fine(visitor) -> bool:
    """Say whether the page can be used; what is wrong with it stands in the report."""
    visitor.page.wait_for_load_state()
    assert visitor.barriers() == [], visitor.path
    assert visitor.overflow() <= 0, visitor.path
    return True


@pytest.fixture
def forms(site) -> Iterator[tuple[str, str, str]]:
    """Return session, case and verb for every form; each case is made when its turn comes."""
    sessions = {code: session(code) for code in {one.by for one in EXAMPLES.values()}}
    verbs = sorted(EXAMPLES, key=lambda verb: LAST.index(verb) if verb in LAST else -1)
    return ((sessions[EXAMPLES[one].by], EXAMPLES[one].case(), one) for one in verbs)


@pytest.mark.parametrize(("language", "width"), list(zip(LANGUAGES, WIDTHS, strict=True)))
def test_every_form_and_its_case_can_be_used_by_everybody(visit, forms, language, width):
    visitor = visit(width=width, language=language)
    for key, reference, verb in forms:
        visitor.signs_in(key)
        pages = [f"/desk/{reference}/", f"/desk/{reference}/{verb}/"]
        if verb in BUTTONS:
            pages.pop()
        for path in pages if verb in SHOWN_WITH_THEIR_CASE else pages[-1:]:
            assert is_fine(visitor.goes(path))
    assert complaints(visitor) == []


@pytest.mark.parametrize(("language", "width"), list(zip(LANGUAGES, WIDTHS, strict=True)))
def test_every_other_page_of_the_desk_can_be_used_by_everybody(visit, site, language, width):
    visitor = visit(width=width, language=language)
    in_progress()
    assigned(text="No water again. " * 30, title="No water again and again " * 4)
    assert is_fine(visitor.goes("/login/"))
    visitor.page.locator("main form button.button:not(.second)").click()
    assert is_fine(visitor)
    assert is_fine(visitor.signs_in(session(GUEST)).goes("/desk/"))
    visitor.signs_in(session(town.LI_NA))
    for path in ("/desk/", "/desk/?queue=waiting", "/desk/?reference=abc", "/desk/2222-2222/"):
        assert is_fine(visitor.goes(path))
    visitor.signs_in(session(town.ZHAO_MIN))
    assert is_fine(visitor.goes("/desk/?queue=overdue"))
    assert complaints(visitor, "403", "404", "422") == []


@pytest.mark.parametrize(("language", "width"), list(zip(LANGUAGES, WIDTHS, strict=True)))
def test_what_comes_of_a_form_can_be_used_by_everybody(visit, site, language, width):
    visitor = visit(width=width, language=language)
    reference = in_progress()
    visitor.signs_in(session(town.LI_NA)).goes(f"/desk/{reference}/hand-over/").submits("preview")
    assert is_fine(visitor)
    visitor.fills("text", "不是我们的管道。\n应由房屋管理单位修。").chooses(
        "reason", "not_our_duty"
    )
    visitor.chooses("to_post", "housing-duty").fills("basis", "权责清单第3条").submits("preview")
    assert is_fine(visitor)
    officer("propose", reference, town.LI_NA, outcome="resolved", text="Repaired")
    visitor.page.locator("main form button").first.click()
    assert is_fine(visitor)
    visitor.signs_in(session(town.ZHAO_MIN)).goes(f"/desk/{noise()}/attach/")
    visitor.fills("text", "我家也是").page.locator("main form button").first.click()
    assert visitor.page.locator(".receipt-code").count() == 2
    assert is_fine(visitor)
    assert complaints(visitor, "409", "422") == []


@pytest.mark.parametrize(("language", "width"), list(zip(LANGUAGES, WIDTHS, strict=True)))
def test_the_pages_of_a_family_can_be_used_by_everybody(visit, site, language, width):
    visitor = visit(width=width, language=language).signs_in(session(town.ZHAO_MIN))
    reference = in_progress()
    part = officer("split", reference, town.ZHAO_MIN, **LAMPS).done.children[0]
    merged = assigned(text="Still no water")
    officer("merge", merged, town.ZHAO_MIN, into=assigned(), text="The same outage")
    for path in (reference, part, merged, f"{merged}/?own", f"{assigned()}/merge"):
        assert is_fine(visitor.goes(f"/desk/{path.rstrip('/')}" + ("" if "?" in path else "/")))
    visitor.fills("text", "同一次停水").submits("preview")
    assert is_fine(visitor)
    assert complaints(visitor, "422") == []


def test_a_time_can_be_typed_with_the_keyboard_and_without_scripts(visit, site):
    """Sun Tao moves the hour of the check with the arrow keys; her browser runs no scripts."""
    reference = in_progress()
    head = visit(width=1280, language="en-GB", scripts=False).signs_in(session(town.SUN_TAO))
    head.goes(f"/desk/{reference}/pause/").chooses("reason", "bad_weather")
    head.fills("condition", "The ground is free of frost").fills("text", "Frost")
    field = head.page.locator("main [name=check_at]")
    before = field.input_value()
    field.press("ArrowUp")
    assert field.input_value() != before
    head.fills("check_at", "2026-10-15T17:00").presses("Pause the clock")
    assert "Done: pause the clock of the step." in head.page.get_by_role("status").inner_text()


def test_nothing_is_wider_than_the_smallest_screen(visit, forms):
    visitor = visit(width=320, language="en-GB")
    for key, reference, verb in forms:
        visitor.signs_in(key)
        for path in ("/desk/", f"/desk/{reference}/", f"/desk/{reference}/{verb}/"):
            assert visitor.goes(path).overflow() <= 0, path


def test_li_na_works_on_a_case_without_scripts(visit, site):
    """She signs in, accepts, sees a preview, hands over, and is told who holds it now."""
    account(town.LI_NA, password=PASSWORD)
    reference = assigned()
    li_na = visit(width=390, language="en-GB", scripts=False)
    li_na.goes("/").page.get_by_role("link", name="Staff sign-in").click()
    li_na.fills("username", town.LI_NA).fills("password", PASSWORD).presses("Sign in")
    li_na.page.get_by_role("link", name="No water since this morning.").click()
    li_na.presses("Accept the case")
    assert "Done: accept." in li_na.page.get_by_role("status").inner_text()
    li_na.page.get_by_role("link", name="Hand over").click()
    li_na.chooses("to_post", "housing-duty").chooses("reason", NOT_OURS["reason"])
    li_na.fills("text", NOT_OURS["text"]).presses("Preview")
    assert "This reason needs a basis" in li_na.page.locator("main").inner_text()
    li_na.fills("basis", NOT_OURS["basis"]).presses("Preview")
    preview = li_na.page.get_by_role("region", name="Preview: what the requester will see")
    assert "Handed over from Water bureau to Housing bureau" in preview.inner_text()
    preview.get_by_role("button", name="Hand the case over").click()
    said = li_na.page.get_by_role("status").inner_text()
    assert "Now: assigned, waiting to be accepted · Housing bureau · Duty desk" in said
    assert li_na.path == f"/desk/{reference}/"


def test_the_language_switch_keeps_the_officer_on_the_page(visit, site):
    reference = assigned()
    visitor = visit(width=1280, language="en-GB").signs_in(session(town.LI_NA))
    visitor.goes(f"/desk/{reference}/note/").presses("中文")
    assert visitor.path == f"/desk/{reference}/note/"
    assert visitor.page.get_by_role("heading", level=1).inner_text() == "添加备注"


def test_the_desk_can_be_used_with_the_keyboard_alone(visit, site):
    reference = assigned()
    visitor = visit(width=1280, language="en-GB").signs_in(session(town.LI_NA))
    visitor.goes(f"/desk/{reference}/")
    order = []
    for _ in range(18):
        visitor.page.keyboard.press("Tab")
        order.append(visitor.page.evaluate("document.activeElement.innerText"))
    assert order[0] == "Skip to the content"
    assert "Accept the case" in order
    while visitor.page.evaluate("document.activeElement.innerText") != "Accept the case":
        visitor.page.keyboard.press("Shift+Tab")
    visitor.page.keyboard.press("Enter")
    visitor.page.get_by_role("status").wait_for()


def test_a_case_prints_without_buttons(visit, site):
    reference = assigned()
    visitor = visit(width=1280, language="en-GB").signs_in(session(town.LI_NA))
    visitor.goes(f"/desk/{reference}/").page.emulate_media(media="print")
    assert visitor.page.get_by_text("What happened").is_visible()
    assert visitor.page.get_by_text("Water bureau · Duty desk").first.is_visible()
    assert not visitor.page.get_by_text("What you can do").is_visible()
    assert not visitor.page.get_by_role("button").first.is_visible()
