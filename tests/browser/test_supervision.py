"""Supervision in a real browser: units, decisions, proposals, samples, without scripts too."""

import pytest

from tests import town
from tests.browser.test_desk import complaints, is_fine, session
from tests.interfaces.desk.examples import more_time_asked, paused, support_asked
from tests.interfaces.desk.office import in_progress, proposed, proposed_to_decline, solved
from tests.interfaces.stories import later, officer

PAGES = (
    *("", "cases/?what=open&unit=water", "decisions/", "proposals/", "samples/", "samples/new/"),
    *("stalls/", "stalls/cases/"),
)


@pytest.fixture
def at_work(site) -> str:
    """Matters that wait for supervision; return the reference of a proposed one."""
    support_asked()
    asked = in_progress(title="No water above the third floor " * 3)
    officer("ask-unmask", asked, town.MA_LIN, purpose="other", text="She wrote to me")
    more_time_asked(), paused(), proposed_to_decline(), solved()
    reference = proposed()
    later(days=9)
    return reference


@pytest.mark.parametrize(("language", "width"), [("zh-CN", 1280), ("en-GB", 390)])
def test_every_page_can_be_used_by_everybody(visit, at_work, language, width):
    visitor = visit(width=width, language=language).signs_in(session(town.CHEN_HUI))
    for name in (*PAGES, f"proposals/{at_work}/"):
        assert is_fine(visitor.goes(f"/supervision/{name}"))
    assert complaints(visitor) == []


def test_a_proposal_goes_back_and_a_sample_is_read_without_scripts(visit, at_work):
    visitor = visit(language="en-GB", scripts=False).signs_in(session(town.CHEN_HUI))
    visitor.goes(f"/supervision/proposals/{at_work}/")
    visitor.page.locator("input[name=passages]").first.check()
    visitor.page.locator("input[name=reason][value=beside_the_point]").check()
    visitor.fills("remark", "Which pump?").presses("Give it back")
    assert visitor.path == "/supervision/proposals/"
    visitor.goes("/supervision/samples/new/")
    visitor.page.locator("input[name=ends][value=declined]").uncheck()
    visitor.page.locator("input[name=ends][value=solved]").check()
    visitor.fills("percent", "").fills("number", "1")
    visitor.fills("last", "2026-10-20").presses("Draw it")
    sample = visitor.path
    visitor.signs_in(session(town.XU_FANG)).goes(f"{sample}1/")
    for name in ("answers", "right"):
        visitor.page.locator(f"input[name={name}][value=yes]").check()
    visitor.presses("Write it down and go on")
    assert visitor.path == sample
    assert "1 of 1 read" in visitor.page.locator("main").inner_text()
    reader = visit(width=390, language="en-GB").signs_in(session(town.XU_FANG))
    for path in (sample, f"{sample}1/"):
        assert is_fine(reader.goes(path))
