"""The demonstration in a real browser: a role with one click, and the next working day."""

from collections.abc import Iterator
from itertools import product

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from dandang import __version__
from dandang.demo import memory, planted
from dandang.demo.building import NOW, build
from dandang.demo.marker import City, forget, plantings_of, remember
from dandang.demo.roles import ADVANCE, links
from dandang.organization.queries import frozen_time
from tests.browser.conftest import serving


@pytest.fixture
def site(fresh_database: str, settings) -> Iterator[str]:
    """Serve a small demonstration city."""
    cache.clear()
    settings.DEMO, settings.DEMO_LINKS, settings.DEMO_ADVANCE = True, links(), ADVANCE
    settings.ROOT_URLCONF = "tests.demo.urls"
    city = build(language="zh", cases=60)
    memory.save(fresh_database, NOW, city.player)
    planted.write(fresh_database, city, NOW)
    remember(fresh_database, City(__version__, "zh", 7, 60, 60, 1, "", ""))
    with serving() as address:
        yield address
    forget(fresh_database)
    memory.forget(fresh_database)
    plantings_of(fresh_database).unlink()


def test_a_button_lets_the_next_working_day_happen_and_leads_back(visit):
    visitor = visit(scripts=False)
    visitor.goes("/open/")
    bar = visitor.page.get_by_role("complementary", name="演示")
    expect(bar).to_contain_text("11月19日（周四）10:20")
    visitor.presses("演练：＋1个工作日")
    assert visitor.path == "/open/"
    expect(bar).to_contain_text("11月20日（周五）10:20")
    expect(visitor.page.get_by_role("status")).to_contain_text("演示城市过去了一个工作日")
    assert visitor.complaints == visitor.foreign == []


def test_a_button_of_a_page_that_is_not_up_to_date_moves_nothing(visit):
    visitor, other = visit(language="en-GB"), visit(language="en-GB")
    other.goes("/open/")
    visitor.goes("/").presses("Training: +1 working day")
    moved = frozen_time()
    other.presses("Training: +1 working day")
    assert frozen_time() == moved
    expect(other.page.get_by_role("complementary")).to_contain_text("10:20 Fri 20 Nov")


def test_the_city_can_be_looked_at_by_everybody(visit):
    for width, language in product((320, 1280), ("zh-CN", "en-GB")):
        visitor = visit(width=width, language=language)
        visitor.goes("/demo/as/street/")
        for path in ("/", "/open/", "/desk/"):
            visitor.goes(path)
            assert visitor.barriers() == [], (path, width, language)
            assert visitor.overflow() <= 0, (path, width, language)
        assert visitor.complaints == visitor.foreign == []
