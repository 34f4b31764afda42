"""At the counter: an officer takes a request in and prints the receipt; its sender follows it."""

import re

import pytest

from dandang.lifecycle.casework.queries import find, history
from tests import town
from tests.interfaces.desk.office import assigned, at_desk

WIDTHS = (1280, 320)
LANGUAGES = ("zh-CN", "en-GB")
AT_THE_COUNTER = {
    "name": "刘女士",
    "phone": "13900000000",
    "proxy_name": "刘小姐",
    "proxy_relation": "女儿",
    "text": "从早上六点起整栋楼都没有水。\n希望今天修好。",
    "location": "湖滨路3号",
}


def session(code: str) -> str:
    return at_desk(code).cookies["sessionid"].value


def types(visitor, **changes: str):
    """Fill in the form for somebody who speaks for the requester."""
    for field, value in (("channel", "counter"), ("on_behalf", "proxy")):
        visitor.page.locator(f"[name={field}][value={value}]").check()
    for name, value in {**AT_THE_COUNTER, **changes}.items():
        visitor.fills(name, value)
    return visitor.chooses("category", "water_supply").chooses("area", "hudong")


def is_fine(visitor) -> bool:
    assert visitor.barriers() == []
    assert visitor.overflow() <= 0
    return True


def test_taking_in_at_the_counter_from_the_first_word_to_the_requesters_own_page(visit):
    officer = visit(width=1280).signs_in(session(town.ZHAO_MIN)).goes("/desk/")
    officer.page.locator("details.more > summary").click()
    with officer.page.expect_navigation():
        officer.page.get_by_role("link", name="新诉求", exact=True).click()
    types(officer).submits("check")
    said = officer.page.locator(".read-back").inner_text()
    for words in ("您替刘女士反映，您的身份是：女儿。", "希望今天修好。", "水务局", "这些都对吗？"):
        assert words in said
    officer.submits("edit")
    assert officer.page.locator("[name=text]").input_value() == AT_THE_COUNTER["text"]
    officer.submits("check").submits("confirmed")
    reference, code = officer.page.locator(".receipt-code").all_inner_texts()
    assert officer.page.locator("svg.qr").is_visible()
    officer.page.emulate_media(media="print")
    assert officer.page.locator(".receipt-code").nth(1).is_visible()
    assert not officer.page.locator(".groups").is_visible()
    assert officer.page.pdf(format="A4").count(b"/Type /Page\n") == 1
    assert officer.path == "/desk/new/"
    event, _personal = history(find(reference).stream)[0]
    assert (event.fields["on_behalf"], event.fields["read_back"]) == ("proxy", True)

    liu = visit()
    liu.goes("/c/").fills("reference", reference.lower()).fills("access_code", code)
    with liu.page.expect_navigation():
        liu.page.locator("main form button").first.click()
    assert liu.path == f"/c/{reference}/"
    assert "从早上六点起整栋楼都没有水。" in liu.page.locator("main").inner_text()
    assert officer.foreign == liu.foreign == []
    assert officer.complaints == liu.complaints == []


def test_taking_in_needs_no_script_and_no_mouse(visit):
    officer = visit(width=1280, scripts=False).signs_in(session(town.ZHAO_MIN)).goes("/desk/new/")
    types(officer)
    officer.page.locator("[name=location]").press("Enter")
    officer.page.locator("button[value=confirmed]").focus()
    officer.page.keyboard.press("Enter")
    officer.page.locator(".receipt-code").first.wait_for()
    assert officer.page.locator(".receipt-code").count() == 2


@pytest.mark.parametrize(("language", "width"), list(zip(LANGUAGES, WIDTHS, strict=True)))
def test_every_page_of_taking_in_can_be_used_by_everybody(visit, language, width):
    case = assigned()
    officer = visit(width=width, language=language).signs_in(session(town.ZHAO_MIN))
    assert is_fine(officer.goes("/desk/new/"))
    assert is_fine(officer.submits("check"))
    assert is_fine(types(officer).submits("similar"))
    assert officer.page.locator(f"button[value='{case}']").is_visible()
    with officer.page.expect_navigation():
        officer.page.locator(f"button[value='{case}']").click()
    assert is_fine(officer)
    assert is_fine(officer.submits("edit"))
    assert is_fine(officer.submits("check"))
    assert is_fine(officer.submits("confirmed"))
    assert is_fine(officer.goes(f"/desk/{case}/identity/"))
    with officer.page.expect_navigation():
        officer.page.locator("main form button").first.click()
    assert is_fine(officer)
    officer.page.locator("[name=how][value=document]").check()
    officer.page.locator("[name=act][value=replace-code]").check()
    with officer.page.expect_navigation():
        officer.page.locator("main form button").first.click()
    assert is_fine(officer)
    assert officer.page.locator(".receipt-code").count() == 2
    assert [one for one in officer.complaints if not re.search("409|422", one)] == []


def test_what_was_typed_stays_on_the_page_that_asks_to_sign_in_again(visit):
    officer = visit(width=390).signs_in(session(town.ZHAO_MIN)).goes("/desk/new/")
    types(officer)
    kept = [one for one in officer.context.cookies() if one["name"] != "sessionid"]
    officer.context.clear_cookies()
    officer.context.add_cookies(kept)
    officer.submits("check")
    assert is_fine(officer)
    assert officer.page.locator("[name=text]").input_value() == AT_THE_COUNTER["text"]
