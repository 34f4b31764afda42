"""Reporting step by step in a real browser: every page of it, with scripts and without."""

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import expect

from dandang.lifecycle.casework.queries import counted
from dandang.lifecycle.casework.wanted import Wanted
from dandang.publication.cases.models import ShownCase
from dandang.terms import Actor
from tests.browser.conftest import Visitor
from tests.browser.validity import faults
from tests.browser.writing import sends, writes
from tests.publication.cases.world import does, follows, published

WIDTHS = (1280, 320)
LANGUAGES = ("zh-CN", "en-GB")
TEXT = "湖滨路一整栋楼从早上起停水，没有水，已经打过两次电话。"


@pytest.fixture
def number(site: str) -> str:
    """The public number of a matter at Hubin Road that others reported."""
    published()
    follows()
    return ShownCase.objects.get().number


@dataclass
class Looks:
    """Looks at pages as they come by and remembers what they were made of."""

    visitor: Visitor
    seen: dict[str, str] = field(default_factory=dict)

    def at(self, name: str) -> None:
        assert self.visitor.barriers() == [], name
        assert self.visitor.overflow() <= 0, name
        assert self.visitor.foreign == [], name
        self.seen[name] = self.visitor.page.content()


@pytest.mark.parametrize(("language", "width"), list(zip(LANGUAGES, WIDTHS, strict=True)))
def test_every_step_can_be_used_by_everybody(visit, number, language, width, tmp_path):
    liu = visit(width=width, language=language).goes("/new/")
    looks = Looks(liu)
    looks.at("where")
    liu.chooses("area", "hudong").fills("location", "湖滨路").submits("next")
    looks.at("similar")
    liu.submits("next")
    looks.at("what")
    liu.submits("next")
    looks.at("what with a mistake")
    liu.fills("text", TEXT).submits("next")
    looks.at("contact")
    liu.fills("email", "liu").submits("next")
    looks.at("contact with a mistake")
    liu.fills("email", "").submits("next")
    looks.at("check")
    liu.goes("/new/")
    looks.at("begun")
    liu.goes("/new/delete/")
    looks.at("delete")
    assert [one for one in liu.complaints if "422" not in one] == []
    assert faults(looks.seen, tmp_path) == []


@pytest.mark.parametrize(("language", "width"), list(zip(LANGUAGES, WIDTHS, strict=True)))
def test_joining_can_be_used_by_everybody(visit, number, language, width, tmp_path):
    zhou = visit(width=width, language=language).goes(f"/new/join/{number}/")
    looks = Looks(zhou)
    looks.at("join")
    zhou.fills("phone", "x").submits("join")
    looks.at("join with a mistake")
    zhou.goes("/new/join/7K4M-9Q2X/")
    looks.at("not public")
    does("withdraw", ShownCase.objects.get().case.reference, Actor.requester(1))
    follows()
    zhou.goes(f"/new/join/{number}/")
    looks.at("ended")
    expected = ("422", "404", "409")
    assert [one for one in zhou.complaints if not any(code in one for code in expected)] == []
    assert faults(looks.seen, tmp_path) == []


def test_a_report_survives_that_the_browser_is_closed(visit, site):
    liu = visit(language="en-GB").goes("/new/")
    liu.fills("location", "3 Hubin Road").submits("next")
    liu.fills("text", "No water").submits("next")
    kept = [one for one in liu.context.cookies() if one["expires"] > 0]
    again = visit(language="en-GB")
    again.context.add_cookies(kept)
    again.goes("/new/")
    again.page.get_by_role("link", name="Go on with it").click()
    assert again.path == "/new/contact/"
    again.goes("/new/what/")
    expect(again.page.get_by_label("What has happened?")).to_have_value("No water")


def test_pressing_send_twice_opens_one_case(visit, site):
    liu = writes(visit(language="en-GB"), "No water")
    liu.page.locator("button[value=send]").dblclick()
    expect(liu.page.get_by_role("heading", name="Your receipt")).to_be_visible()
    assert counted(Wanted()) == 1
    liu.page.go_back()
    liu.goes("/new/check/")
    assert counted(Wanted()) == 1


def test_the_position_is_filled_in_only_when_it_is_asked_for(visit, site):
    liu = visit(language="en-GB")
    liu.context.grant_permissions(["geolocation"], origin=site)
    liu.context.set_geolocation({"latitude": 30.54321, "longitude": 114.3, "accuracy": 12})
    liu.goes("/new/").fills("location", "Gate 2")
    where = liu.page.get_by_label("Where exactly?")
    expect(where).to_have_value("Gate 2")
    liu.page.get_by_role("button", name="Fill in my position").click()
    expect(where).to_have_value("Gate 2 · Position 30.54321, 114.30000 (within 12 m)")
    assert liu.complaints == []


def test_whoever_refuses_the_position_is_told_to_use_words(visit, site):
    liu = visit(language="en-GB").goes("/new/")
    liu.page.get_by_role("button", name="Fill in my position").click()
    expect(liu.page.get_by_text("Please describe the place in words.")).to_be_visible()


def test_without_scripts_nothing_offers_what_cannot_work(visit, site):
    liu = visit(language="en-GB", scripts=False).goes("/new/")
    expect(liu.page.get_by_role("button", name="Fill in my position")).not_to_be_visible()


def test_while_writing_what_others_reported_is_suggested_and_can_be_followed(visit, number):
    liu = visit(language="en-GB").goes("/new/").submits("next")
    liu.page.get_by_label("What has happened?").press_sequentially(TEXT)
    follow = liu.page.get_by_role("button", name=re.compile("I have this too: follow it ?: 停水"))
    expect(follow).to_be_visible()
    expect(liu.page.get_by_text("We would put it under “Water supply”.")).to_be_visible()
    assert liu.barriers() == []
    follow.click()
    expect(liu.page.get_by_role("heading", name="I have this too")).to_be_visible()
    expect(liu.page.get_by_label("What is it like for you?")).to_have_value(TEXT)
    liu.submits("join")
    expect(liu.page.get_by_role("heading", name="Your receipt")).to_be_visible()
    assert counted(Wanted()) == 1
    assert liu.complaints == []


def test_enter_in_a_line_goes_on_and_removes_nothing(visit, site, tmp_path):
    picture = tmp_path / "tap.png"
    liu = visit(language="en-GB").goes("/new/")
    liu.page.screenshot(path=picture)
    liu.submits("next").fills("text", "No water")
    liu.page.get_by_label("Photos or documents").set_input_files(picture)
    liu.submits("add")
    expect(liu.page.get_by_role("button", name=re.compile("Remove ?: tap.png"))).to_be_visible()
    liu.fills("title", "Water")
    with liu.page.expect_navigation():
        liu.page.get_by_label("Title").press("Enter")
    assert liu.path == "/new/contact/"
    liu.submits("next")
    expect(liu.page.get_by_role("main")).to_contain_text("tap.png")


def test_a_sent_report_is_gone_from_the_next_visit(visit, site):
    liu = sends(visit(language="en-GB"), "No water").goes("/new/")
    expect(liu.page.get_by_role("heading", name="Where is it?")).to_be_visible()
