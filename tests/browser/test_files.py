"""Sending photos and looking at them in a real browser, without a script, on a phone and a desk."""

import pytest

from tests import town
from tests.interfaces.desk.office import at_desk
from tests.interfaces.stories import browser, officer, opens
from tests.lifecycle import uploads

WIDTHS = (1280, 320)
LANGUAGES = ("zh-CN", "en-GB")


def choose(visitor, form: str, *names: str) -> None:
    """Choose files of these names: photos, and a document for a name that ends in .pdf."""
    whole = {
        name: uploads.document() if name.endswith(".pdf") else uploads.picture(size=(1600, 1200))
        for name in names
    }
    files = [
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        for name, content in whole.items()
    ]
    visitor.page.locator(f"#{form}_files").set_input_files(files)


def is_fine(visitor) -> bool:
    assert visitor.barriers() == [], visitor.path
    assert visitor.overflow() <= 0, visitor.path
    return True


@pytest.mark.parametrize(("language", "width"), list(zip(LANGUAGES, WIDTHS, strict=True)))
def test_she_sends_photos_without_a_script_and_both_sides_see_them(visit, site, language, width):
    client = browser()
    reference = opens(client)
    officer("accept", reference, town.LI_NA)
    officer("ask", reference, town.LI_NA, missing="A photo", text="Please send a photo.")
    session = client.cookies["sessionid"].value
    liu = visit(width=width, language=language, scripts=False).signs_in(session)
    liu.goes(f"/c/{reference}/")
    for form, names in {
        "answer": ("水表 2026.jpg", "letter of the water works with a rather long name.pdf"),
        "note": ("kitchen.png",),
    }.items():
        liu.page.locator(f"#{form}_text").fill("厨房里的水表，见照片")
        choose(liu, form, *names)
        with liu.page.expect_navigation():
            liu.page.locator(f"form:has(#{form}_files) button[type=submit]").click()
        assert liu.path == f"/c/{reference}/"
    pictures = liu.page.locator(".files img")
    assert pictures.count() == 2
    for one in pictures.all():
        one.scroll_into_view_if_needed()
        assert one.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1600
    assert liu.page.locator(".files a").count() == 3
    seen = visit(width=width, language=language).signs_in(session).goes(f"/c/{reference}/")
    assert is_fine(seen)
    desk = at_desk(town.LI_NA).cookies["sessionid"].value
    li_na = visit(width=width, language=language).signs_in(desk).goes(f"/desk/{reference}/")
    assert li_na.page.locator(".timeline .files img").count() == 2
    assert li_na.barriers() == []
    assert li_na.overflow() <= 0
    li_na.goes(f"/desk/{reference}/note/")
    assert li_na.barriers() == []
    assert li_na.overflow() <= 0
    assert liu.complaints + liu.foreign + seen.complaints + li_na.complaints == []


def test_a_refused_file_is_told_at_its_field(visit, site):
    client = browser()
    reference = opens(client)
    liu = visit(language="en-GB").signs_in(client.cookies["sessionid"].value)
    liu.goes(f"/c/{reference}/note/").fills("text", "See the drawing")
    drawing = {"name": "drawing.jpg", "mimeType": "image/jpeg", "buffer": uploads.SVG}
    liu.page.locator("#id_files").set_input_files([drawing])
    with liu.page.expect_navigation():
        liu.page.locator("main form button[type=submit]").click()
    told = liu.page.locator("#id_files_error").inner_text()
    assert "“drawing”" in told
    assert "SVG drawings cannot be sent" in told
    assert liu.page.locator("main [name=text]").input_value() == "See the drawing"
    assert is_fine(liu)
    liu.page.locator(".error-summary a").first.click()
    assert liu.page.evaluate("document.activeElement.id") == "id_files"
