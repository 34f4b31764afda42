"""Signing in with a real browser: a passkey of its own, codes without scripts, pages for all."""

import pytest

from tests import town
from tests.browser.conftest import Visitor, serving
from tests.browser.test_desk import complaints, is_fine, session
from tests.browser.validity import faults
from tests.interfaces import stories
from tests.interfaces.desk.office import PASSWORD, account
from tests.signing import code_of, with_app

OPTIONS = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
MINE = ("", "second-factor/", "second-factor/app/", "sessions/", "events/", "password/")
THEIRS = ("people/", "people/W-017/", "events/all/")


@pytest.fixture
def site(fresh_database):
    """Serve Jiangcheng by name: passkeys belong to names, not to addresses."""
    stories.city()
    with serving() as address:
        yield address.replace("127.0.0.1", "localhost")


def types(visitor: Visitor, code: str) -> None:
    visitor.goes("/login/").fills("username", code).fills("password", PASSWORD)
    visitor.presses("Sign in")


def with_authenticator(visitor: Visitor) -> Visitor:
    """Give the browser something that keeps passkeys and says that its owner touched it."""
    devtools = visitor.context.new_cdp_session(visitor.page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": OPTIONS})
    return visitor


def test_zhao_min_adds_a_passkey_and_signs_in_with_nothing_else(visit):
    account(town.ZHAO_MIN, password=PASSWORD)
    visitor = with_authenticator(visit(language="en-GB"))
    assert is_fine(visitor.goes("/login/"))
    visitor.page.get_by_role("button", name="Show").click()
    assert visitor.page.locator("input[name=password]").get_attribute("type") == "text"
    types(visitor, town.ZHAO_MIN)
    assert visitor.path.startswith("/account/second-factor/")
    assert is_fine(visitor)
    visitor.goes("/account/second-factor/passkeys/new/").fills("name", "Desk computer")
    assert is_fine(visitor)
    visitor.presses("Add the passkey")
    assert visitor.path == "/account/second-factor/codes/"
    assert is_fine(visitor)
    visitor.page.get_by_role("link", name="I have kept them; go on").click()
    assert visitor.path == "/desk/"
    visitor.goes("/account/second-factor/")
    assert "Desk computer" in visitor.page.locator("main").inner_text()
    assert is_fine(visitor)
    visitor.context.clear_cookies()
    visitor.goes("/login/").presses("Sign in with a passkey")
    assert visitor.path == "/desk/"
    visitor.context.clear_cookies()
    types(visitor, town.ZHAO_MIN)
    assert visitor.path == "/login/code/"
    assert is_fine(visitor)
    visitor.presses("Use a passkey")
    assert visitor.path == "/desk/"
    assert complaints(visitor) == []


def test_without_scripts_a_password_and_a_code_do(visit):
    secret = with_app(account(town.ZHAO_MIN, password=PASSWORD))
    visitor = visit(language="en-GB", scripts=False)
    types(visitor, town.ZHAO_MIN)
    visitor.fills("code", code_of(secret)).presses("Sign in")
    assert visitor.path == "/desk/"


def test_an_invitation_leaves_no_trace_in_the_address(visit):
    administrator = visit(language="en-GB").signs_in(session(town.TANG_YU))
    administrator.goes("/account/people/W-017/").presses("Invite")
    link = administrator.page.locator("#address").input_value()
    assert is_fine(administrator)
    li_na = visit(language="en-GB")
    li_na.page.goto(link.replace("127.0.0.1", "localhost"))
    assert li_na.path == "/account/invitation/"
    assert li_na.page.locator("input[name=secret]").input_value() == link.partition("#")[2]
    assert is_fine(li_na)
    li_na.fills("password", "seven otters read the river map").presses("Set the password")
    assert li_na.path == "/login/"


@pytest.mark.parametrize(("language", "width"), [("zh-CN", 1280), ("en-GB", 390)])
def test_every_page_of_accounts_can_be_used_by_everybody(visit, tmp_path, language, width):
    account(town.TANG_YU, password=PASSWORD)
    visitor = visit(width=width, language=language).signs_in(session(town.TANG_YU))
    pages = {}
    for name in (*MINE, *THEIRS):
        assert is_fine(visitor.goes(f"/account/{name}"))
        pages[name] = visitor.page.content()
    assert complaints(visitor) == []
    if language == "zh-CN":
        assert faults(pages, tmp_path) == []
