"""Documents in a real browser: read on a phone, printed on A4, taken away as files."""

import re
from io import BytesIO

import pytest
from docx import Document

from tests import town
from tests.browser.test_desk import LANGUAGES, WIDTHS, complaints, is_fine, session
from tests.interfaces.desk.office import NOT_OURS, assigned, in_progress
from tests.interfaces.stories import later, officer

A4_IN_POINTS = (595, 842)


def busy() -> str:
    """A case with a course, beside others that Li Na holds."""
    for number in range(4):
        assigned(title=f"No water {number}")
    reference = in_progress(title="No water again and again " * 4)
    officer("reply", reference, town.LI_NA, text="A lorry with water comes at noon. " * 20)
    officer("ask", reference, town.LI_NA, missing="Floor", text="Which floor is it?")
    later(days=2)
    return reference


def documents(reference: str) -> list[tuple[str, str]]:
    """Return who looks at which document."""
    return [
        (town.CHEN_HUI, f"/desk/{reference}/documents/notice/"),
        (town.LI_NA, f"/desk/{reference}/documents/history/"),
        (town.LI_NA, "/desk/posts/water-duty/handover/"),
    ]


@pytest.mark.parametrize(("language", "width"), list(zip(LANGUAGES, WIDTHS, strict=True)))
def test_every_document_can_be_used_by_everybody(visit, site, language, width):
    visitor = visit(width=width, language=language)
    reference = busy()
    for code, path in documents(reference):
        visitor.signs_in(session(code))
        assert is_fine(visitor.goes(path)), path
    assert is_fine(visitor.goes(f"/desk/{reference}/"))
    visitor.goes("/desk/").page.locator("details.sheets summary").click()
    assert is_fine(visitor)
    assert complaints(visitor) == []


def test_nothing_is_wider_than_the_smallest_screen(visit, site):
    visitor = visit(width=320, language="en-GB")
    for code, path in documents(busy()):
        assert visitor.signs_in(session(code)).goes(path).overflow() <= 0, path


def test_chen_hui_sends_a_notice_and_sun_tao_takes_the_sheet_along(visit, site):
    """She follows a case up from its page; he heads the bureau and finds its sheets at once."""
    reference = in_progress()
    chen_hui = visit(width=1280, language="en-GB", scripts=False).signs_in(session(town.CHEN_HUI))
    chen_hui.goes(f"/desk/{reference}/").page.get_by_role(
        "link", name="Notice of follow-up"
    ).click()
    assert "To Water bureau · Duty desk:" in chen_hui.page.locator("main").inner_text()
    with chen_hui.page.expect_download() as sent:
        chen_hui.page.get_by_role("link", name="Download as .docx").click()
    assert sent.value.suggested_filename == f"Notice-of-follow-up-{reference}.docx"
    paper = Document(BytesIO(sent.value.path().read_bytes()))
    assert paper.paragraphs[0].text == "Notice of follow-up"
    chen_hui.page.get_by_role("link", name="Back").click()
    assert chen_hui.path == f"/desk/{reference}/"
    sun_tao = visit(width=390, language="en-GB").signs_in(session(town.SUN_TAO))
    sun_tao.goes("/desk/").page.get_by_text("Handover sheets", exact=True).click()
    sun_tao.page.get_by_role("link", name="Water bureau · Duty desk", exact=True).click()
    assert reference in sun_tao.page.locator("main").inner_text()


def test_the_language_switch_gives_the_document_in_the_other_language(visit, site):
    reference = in_progress()
    visitor = visit(width=1280, language="en-GB").signs_in(session(town.CHEN_HUI))
    visitor.goes(f"/desk/{reference}/documents/notice/").presses("中文")
    assert visitor.page.get_by_role("heading", level=1).inner_text() == "督办通知单"
    with visitor.page.expect_download() as sent:
        visitor.page.get_by_role("link", name="下载 .docx 文件").click()
    assert sent.value.suggested_filename == f"督办通知单-{reference}.docx"


@pytest.mark.parametrize("language", LANGUAGES)
def test_documents_print_on_a4_without_what_is_only_for_the_screen(visit, site, language):
    visitor = visit(width=1280, language=language)
    officer("hand-over", in_progress(), town.LI_NA, to_post="housing-duty", **NOT_OURS)
    for code, path in documents(busy()):
        visitor.signs_in(session(code)).goes(path).page.emulate_media(media="print")
        assert not visitor.page.get_by_role("navigation").first.is_visible()
        assert not any(link.is_visible() for link in visitor.page.locator("a").all())
        assert visitor.page.get_by_role("heading", level=1).is_visible()
        pdf = visitor.page.pdf(prefer_css_page_size=True)
        sizes = {
            (round(float(width)), round(float(height)))
            for width, height in re.findall(
                rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf.replace(b"\n", b" ")
            )
        }
        wide = "handover" in path
        assert sizes == {A4_IN_POINTS[::-1] if wide else A4_IN_POINTS}, path
        visitor.page.emulate_media(media="screen")
