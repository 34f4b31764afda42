"""Set-up in a browser: every page on a desk in Chinese and on a phone in English."""

import pytest

from dandang.interfaces.desk.setup import choices
from tests import town
from tests.interfaces.desk.office import assigned, at_desk

PATHS = (
    "/setup/",
    "/setup/body/",
    "/setup/units/",
    "/setup/posts/?text=duty",
    "/setup/posts/water-duty/",
    "/setup/posts/water-duty/end/",
    "/setup/duties/",
    "/setup/appointments/",
    "/setup/rosters/new/",
    "/setup/notices/",
    "/setup/notices/new/",
    "/setup/files/",
    "/desk/directory/",
    "/desk/directory/?unit=water",
)


@pytest.mark.parametrize(("width", "language"), [(1280, "zh-CN"), (390, "en-GB")])
def test_an_administrator_can_use_every_page_of_set_up(visit, monkeypatch, width, language):
    assigned()
    session = at_desk(town.TANG_YU).cookies["sessionid"].value
    visitor = visit(width=width, language=language).signs_in(session)
    for path in PATHS:
        assert visitor.goes(path).page.locator("h1").count() == 1, path
        assert visitor.barriers() == [], path
        assert visitor.overflow() <= 0, path
    visitor.goes("/setup/duties/").page.locator("tbody th a").first.click()
    visitor.chooses("unit", "housing").chooses("post", "housing-duty").submits("preview")
    assert visitor.page.locator("#ahead").count() == 1
    assert visitor.barriers() == []
    assert visitor.overflow() <= 0
    monkeypatch.setattr(choices, "MOST", 2)
    visitor.goes("/setup/appointments/new/").fills("officer", "sun")
    visitor.page.locator('button[name="look-up"][value="officer"]').click()
    assert visitor.barriers() == []
    visitor.page.locator('button[name="take"]').click()
    assert visitor.page.locator("#cell-officer").input_value() == town.SUN_TAO
    assert visitor.barriers() == []
    assert visitor.overflow() <= 0
    assert visitor.complaints == []
    assert visitor.foreign == []
