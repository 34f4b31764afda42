"""A dispatcher's morning: sixty new requests placed with the keyboard alone, in a real browser."""

from datetime import timedelta

import pytest

from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Contact, Open
from dandang.organization.actions.preferences import keep_preferences
from dandang.terms import Actor
from tests import town
from tests.browser.test_desk import complaints, is_fine, session
from tests.interfaces.desk.office import account, disputed, noise

MORNING = 60
HALF = MORNING // 2
WORDS = (
    ("夜间施工噪音", "工地机器每天半夜两点还在响，楼里老人睡不着", ""),
    ("路口占道经营", "早市的摊位摆到机动车道上，公交车过不去", "street_trading"),
    ("有几件事想反映", "不知道该找谁，请帮忙看看", ""),
)


def comes_in(number: int) -> str:
    """Take in one request; two of three are told by nothing but their words."""
    title, text, category = WORDS[number % len(WORDS)]
    wish = Open(
        title=f"{title} {number}",
        text=f"{text}。{number}号院",
        channel="web",
        category=category,
        area="qingshan" if category else "hudong",
        contact=Contact(name="刘女士", phone="13900000000"),
    )
    at = town.MONDAY + timedelta(minutes=number - MORNING)
    return open_request(wish, by=Actor.requester(1), now=at).reference


@pytest.fixture
def queue(site) -> list[str]:
    return [comes_in(number) for number in range(MORNING)]


def here(visitor) -> str:
    """Return the reference of the request whose heading has the focus."""
    focused = visitor.page.evaluate("document.activeElement.id")
    assert focused == "case", visitor.path
    return visitor.path.split("/")[2]


def presses(visitor, *names: str) -> None:
    """Press keys one after the other; the last one leads to another page."""
    *before, last = names
    for name in before:
        visitor.page.keyboard.press(name)
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press(last)
    visitor.page.wait_for_load_state()


def is_chosen(visitor) -> bool:
    """Say whether a clear suggestion is chosen already."""
    return visitor.page.locator("main input[name=to_post]:checked").count() > 0


def goes_through_half(visitor) -> list[str]:
    """Place requests with Tab, Space and Enter; return them."""
    placed = []
    for _ in range(HALF):
        placed.append(here(visitor))
        presses(visitor, "Tab", *(() if is_chosen(visitor) else ("Space",)), "Enter")
    return placed


def goes_to_the_end(visitor) -> list[str]:
    """Place requests with single keys until the list comes back; return them."""
    placed = []
    while visitor.path.endswith("#case"):
        placed.append(here(visitor))
        presses(visitor, *(() if is_chosen(visitor) else ("1",)), "a")
    return placed


def test_sixty_new_requests_are_placed_by_keyboard_alone(visit, queue):
    visitor = visit(width=1280, language="en-GB").signs_in(session(town.ZHAO_MIN))
    visitor.goes("/dispatch/")
    assert visitor.page.locator("tbody tr").count() == 50
    visitor.page.get_by_role("link", name="Go through them one by one").focus()
    presses(visitor, "Enter")
    placed = goes_through_half(visitor)
    keep_preferences(account(town.ZHAO_MIN).pk, is_compact=False, uses_keys=True)
    visitor.goes("/dispatch/")
    presses(visitor, "g")
    skipped = here(visitor)
    presses(visitor, "s")
    assert [*placed, skipped, *goes_to_the_end(visitor)] == queue
    assert visitor.path == "/dispatch/"
    assert visitor.page.locator("tbody .code").all_inner_texts() == [skipped]
    assert complaints(visitor) == []


@pytest.mark.parametrize(("language", "width"), [("zh-CN", 1280), ("en-GB", 390)])
def test_the_pages_of_the_dispatcher_can_be_used_by_everybody(visit, site, language, width):
    one, dispute = comes_in(1), disputed()
    comes_in(0), noise(text="The crane roars every night"), noise(text="The crane roars all night")
    visitor = visit(width=width, language=language).signs_in(session(town.ZHAO_MIN))
    for path in ("", f"{one}/", "disputes/", f"disputes/{dispute}/", "duplicates/", "duties/"):
        assert is_fine(visitor.goes(f"/dispatch/{path}")), path
    for path in ("duplicates/joined/", "duties/propose/", f"{one}/decline/"):
        assert is_fine(visitor.goes(f"/dispatch/{path}")), path
    assert complaints(visitor) == []
