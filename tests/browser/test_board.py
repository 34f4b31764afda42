"""The public board in a browser: on a phone, on a desk, enlarged, printed, with forced colours.

Its charts are readable on every screen, and everything works without scripts.
"""

import gzip
from datetime import date

import pytest

from dandang.interfaces.shared.charts.figure import Heading
from dandang.interfaces.shared.charts.flows import Flow
from dandang.interfaces.shared.charts.gantt import Task, gantt
from dandang.interfaces.shared.charts.matrix import matrix
from dandang.interfaces.shared.charts.network import network
from tests.browser.validity import faults
from tests.interfaces.public.looking import counted, judged, page, sent
from tests.publication.city import later

WIDTHS = (1280, 320)
LANGUAGES = ("zh-CN", "en-GB")
PATHS = (
    "/",
    "/open/",
    "/open/months/",
    "/open/waits/",
    "/open/areas/",
    "/open/categories/",
    "/open/units/",
    "/open/method/",
    "/open/?of=unit:water&period=2026-10",
    "/open/?of=area:qingshan",
)
MOST_BYTES = 60_000
SMALLEST_LETTERS = 12
ENLARGED = 2


@pytest.fixture
def board(site):
    """Let so much happen in Jiangcheng that there is something to be drawn."""
    judged(20, "solved")
    judged(11, "no")
    sent(15, category="city_appearance")
    counted(later(days=33))


@pytest.mark.parametrize(("language", "width"), list(zip(LANGUAGES, WIDTHS, strict=True)))
def test_every_page_of_the_board_can_be_used_by_everybody(visit, board, language, width):
    visitor = visit(width=width, language=language)
    for path in PATHS:
        visitor.goes(path)
        assert visitor.barriers() == [], path
        assert visitor.overflow() <= 0, path
    assert visitor.foreign == []
    assert visitor.complaints == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_of_data_can_be_used_too(visit, board, language):
    visitor = visit(width=320, language=language)
    for path in PATHS:
        visitor.goes(path)
        for one in visitor.page.locator("details").all():
            one.locator("summary").click()
        assert visitor.barriers() == [], path
        assert visitor.overflow() <= 0, path


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_page_of_the_board_is_valid_html(board, tmp_path, language):
    pages = {path: page(path, language).content.decode() for path in PATHS}
    assert faults(pages, tmp_path) == []


def test_charts_that_no_page_shows_yet_are_valid_html_too(tmp_path):
    names = ["Water bureau", "Housing bureau", "Labour bureau"]
    flows = [Flow(0, 1, 12), Flow(1, 0, 4)]
    task = Task("Pump", date(2026, 11, 2), date(2026, 11, 23), "late", late=date(2026, 11, 20))
    charts = (
        network(Heading("n", "Hand-overs", ""), names, flows),
        matrix(Heading("m", "Hand-overs", ""), [*names, *names], flows),
        gantt(Heading("g", "Plans", "One is late."), [task], date(2026, 11, 23)),
    )
    frame = (
        '<!DOCTYPE html><html lang="en"><head><title>Charts</title></head><body>{}</body></html>'
    )
    assert faults({"charts": frame.format("".join(charts))}, tmp_path) == []


@pytest.mark.parametrize("width", [320, 360])
def test_letters_in_charts_are_large_enough_on_a_phone(visit, board, width):
    visitor = visit(width=width)
    for path in PATHS:
        sizes = (
            visitor.goes(path)
            .page.locator(".chart svg")
            .evaluate_all(
                """drawings => drawings.flatMap(one => [...one.querySelectorAll("text")].map(text =>
                parseFloat(getComputedStyle(text).fontSize)
                * one.getBoundingClientRect().width / one.viewBox.baseVal.width))"""
            )
        )
        assert all(size >= SMALLEST_LETTERS - 0.01 for size in sizes), path


def test_letters_of_a_chart_stay_within_it(visit, board):
    for language in LANGUAGES:
        visitor = visit(width=360, language=language)
        for path in PATHS:
            beyond = (
                visitor.goes(path)
                .page.locator(".chart svg")
                .evaluate_all(
                    """drawings => drawings.flatMap(one => {
                    const frame = one.getBoundingClientRect();
                    return [...one.querySelectorAll("text")].filter(text => {
                        const box = text.getBoundingClientRect();
                        return box.left < frame.left - 1 || box.right > frame.right + 1;
                    }).map(text => text.textContent);
                })"""
                )
            )
            assert beyond == [], path


def test_enlarged_twice_nothing_is_lost(chromium, board, site):
    context = chromium.new_context(
        viewport={"width": 640 // ENLARGED, "height": 900 // ENLARGED},
        device_scale_factor=ENLARGED,
        locale="en-GB",
    )
    page = context.new_page()
    for path in PATHS:
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        hidden = page.locator("h1, h2, main button, main select, main dd").evaluate_all(
            "all => all.filter(one => one.getBoundingClientRect().right > innerWidth).length"
        )
        assert hidden == 0, path
    context.close()


def test_figures_are_chosen_without_scripts(visit, board):
    visitor = visit(language="en-GB", scripts=False).goes("/open/")
    visitor.chooses("of", "unit:water").chooses("period", "2026-10").presses("Show")
    assert visitor.path == "/open/?of=unit%3Awater&period=2026-10"
    assert visitor.page.get_by_text("Cases held by “Water bureau”").is_visible()
    visitor.page.get_by_role("link", name="Waiting times").click()
    assert visitor.path == "/open/waits/?of=unit%3Awater&period=2026-10"


def test_a_reference_is_taken_from_the_first_page_to_the_form(visit, board):
    visitor = visit(language="en-GB", scripts=False).goes("/")
    visitor.fills("reference", "7K4M-9Q2X").presses("Look up")
    assert visitor.path == "/c/?reference=7K4M-9Q2X"
    assert visitor.page.locator("main [name=reference]").input_value() == "7K4M-9Q2X"


def test_charts_are_seen_with_forced_colours(visit, board):
    visitor = visit(width=1280).goes("/open/")
    visitor.page.emulate_media(forced_colors="active")
    colours = visitor.page.locator(".chart .part.solid").first.evaluate(
        "one => [getComputedStyle(one).fill, getComputedStyle(document.body).backgroundColor]"
    )
    assert colours[0] != colours[1]


def test_charts_and_tables_are_printed_and_buttons_are_not(visit, board):
    visitor = visit(width=1280).goes("/open/units/")
    visitor.page.emulate_media(media="print")
    assert visitor.page.locator(".chart svg").first.is_visible()
    assert visitor.page.locator("table.lines").is_visible()
    for hidden in (".filters", ".sections", ".take", ".top-nav"):
        assert not visitor.page.locator(hidden).first.is_visible(), hidden


def test_every_page_of_the_board_is_light(visit, board):
    visitor = visit()
    for path in PATHS:
        weights: list[int] = []
        visitor.page.on(
            "response", lambda one, kept=weights: kept.append(len(gzip.compress(one.body())))
        )
        visitor.goes(path)
        visitor.page.wait_for_load_state("networkidle")
        assert 0 < sum(weights) <= MOST_BYTES, path


def test_a_wide_table_is_reached_by_the_keyboard(visit, board):
    visitor = visit(width=320).goes("/open/units/")
    region = visitor.page.locator("section > .table-scroll[tabindex='0']")
    region.focus()
    assert region.evaluate(
        "one => one === document.activeElement && one.scrollWidth > one.clientWidth"
    )
