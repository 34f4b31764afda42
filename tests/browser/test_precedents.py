"""Precedents in a real browser: the page that searches them, and those beside a form."""

import pytest

from tests import town
from tests.interfaces.desk.office import NOT_OURS, at_desk, in_progress
from tests.interfaces.stories import later, officer

WIDTHS = (390, 1280)
LANGUAGES = ("zh-CN", "en-GB")
DECISION = {
    "to_post": "housing-duty",
    "basis": "Property rules, article 9 物业管理条例第九条",
    "text": "Behind the meter the house is responsible.\n表后管道由业主负责。",
}


def decided(number: int, *, reason: str = "not_our_duty") -> None:
    """Let Zhao Min decide between water and housing."""
    reference = in_progress(text=f"No water on floor {number}", title=f"No water {number}")
    officer("contacted", reference, town.LI_NA, how="phone", text="We come at ten")
    wish = {**NOT_OURS, "reason": reason, "to_post": "housing-duty"}
    officer("dispute", reference, town.LI_NA, **wish)
    officer("decide-dispute", reference, town.ZHAO_MIN, later(minutes=number), **DECISION)


def is_fine(visitor) -> bool:
    """Say whether the page can be used; what is wrong with it stands in the report."""
    visitor.page.wait_for_load_state()
    assert visitor.barriers() == [], visitor.path
    assert visitor.overflow() <= 0, visitor.path
    return True


def session(code: str) -> str:
    return at_desk(code).cookies["sessionid"].value


@pytest.mark.parametrize(("language", "width"), list(zip(LANGUAGES, WIDTHS, strict=True)))
def test_precedents_can_be_used_by_everybody(visit, site, language, width):
    visitor = visit(width=width, language=language).signs_in(session(town.ZHAO_MIN))
    assert is_fine(visitor.goes("/desk/precedents/"))
    for number in range(22):
        decided(number, reason="not_our_duty" if number % 2 else "other_area")
    for query in ("", "?category=utilities&area=city&reason=other_area&text=9", "?unit=labour"):
        assert is_fine(visitor.goes(f"/desk/precedents/{query}"))
    assert is_fine(visitor.goes("/desk/precedents/?category=nonsense"))
    visitor.page.locator("a[rel=next]").click()
    assert is_fine(visitor)
    reference = in_progress(text="The last one")
    visitor.signs_in(session(town.LI_NA))
    assert is_fine(visitor.goes(f"/desk/{reference}/hand-over/"))
    assert visitor.complaints + visitor.foreign == []


def test_li_na_asks_for_the_reason_she_chose_without_scripts_and_keeps_her_words(visit, site):
    decided(1, reason="other_area")
    decided(2)
    reference = in_progress(text="The last one")
    li_na = visit(width=390, language="en-GB", scripts=False).signs_in(session(town.LI_NA))
    li_na.goes(f"/desk/{reference}/hand-over/")
    li_na.chooses("reason", "other_area").fills("text", "The other side of the street")
    li_na.presses("Show those for the reason chosen")
    beside = li_na.page.get_by_role("region", name="How such disputes were decided")
    first = beside.get_by_role("listitem").first.inner_text()
    assert "same reason" in first
    assert "Reason: Not in our area" in first
    assert li_na.page.locator("main [name=text]").input_value() == "The other side of the street"
    beside.get_by_role("link", name="Search all precedents").click()
    assert li_na.path == "/desk/precedents/?category=water_supply&reason=other_area"
    assert li_na.page.locator("main select[name=reason]").input_value() == "other_area"


def test_nothing_is_wider_than_the_smallest_screen(visit, site):
    decided(1)
    reference = in_progress(text="The last one")
    visitor = visit(width=320, language="en-GB").signs_in(session(town.LI_NA))
    for path in ("/desk/precedents/", f"/desk/{reference}/hand-over/"):
        assert visitor.goes(path).overflow() <= 0, path
