"""The inbox in a real browser: usable by everybody, in both languages, narrow and wide."""

import pytest

from tests import town
from tests.interfaces.desk.office import at_desk
from tests.notifications.city import follows, opens

WIDTHS = (390, 1280)
LANGUAGES = ("zh-CN", "en-GB")
PATH = "/desk/messages/"


def is_fine(visitor) -> bool:
    """Say whether the page can be used; what is wrong with it stands in the report."""
    visitor.page.wait_for_load_state()
    assert visitor.barriers() == [], visitor.path
    assert visitor.overflow() <= 0, visitor.path
    return True


@pytest.mark.parametrize(("language", "width"), list(zip(LANGUAGES, WIDTHS, strict=True)))
def test_the_inbox_can_be_used_by_everybody(visit, site, language, width):
    session = at_desk(town.LI_NA).cookies["sessionid"].value
    li_na = visit(width=width, language=language).signs_in(session)
    assert is_fine(li_na.goes(PATH))
    for _ in range(3):
        opens("water_supply")
    follows()
    assert is_fine(li_na.goes(PATH))
    with li_na.page.expect_navigation():
        li_na.page.locator("main form button[type=submit]").click()
    assert is_fine(li_na)
    assert li_na.page.locator("main form").count() == 0
    assert li_na.complaints + li_na.foreign == []
