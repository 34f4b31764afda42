"""Documents as pages and files: the same words in both, for those who may have them."""

import re
from urllib.parse import unquote

import pytest

from tests import town
from tests.interfaces.desk.documents import page, paper
from tests.interfaces.desk.office import (
    at_desk,
    in_progress,
    noise,
    solved,
)
from tests.interfaces.stories import city

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


LANGUAGES = ("en", "zh-hans")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_holds_what_the_file_holds(language):
    reference = in_progress()
    for code, path in (
        (town.CHEN_HUI, f"{reference}/documents/notice"),
        (town.LI_NA, f"{reference}/documents/history"),
        (town.LI_NA, "posts/water-duty/handover"),
    ):
        shown = page(code, path, language)
        held = paper(code, path, language)
        texts = [one.text for one in held.paragraphs]
        texts += [cell.text for table in held.tables for row in table.rows for cell in row.cells]
        for text in texts:
            assert " ".join(text.split()) in shown


def test_a_file_is_called_by_title_and_number_in_each_language():
    reference = in_progress()
    path = f"/desk/{reference}/documents/notice.docx"
    english = at_desk(town.CHEN_HUI).get(path).headers
    assert english["Content-Disposition"] == (
        f'attachment; filename="Notice-of-follow-up-{reference}.docx"'
    )
    assert english["X-Content-Type-Options"] == "nosniff"
    assert english["Cache-Control"] == "no-store"
    chinese = at_desk(town.CHEN_HUI, "zh-hans").get(path).headers["Content-Disposition"]
    assert unquote(chinese) == f"attachment; filename*=utf-8''督办通知单-{reference}.docx"


def test_any_reference_of_a_case_leads_to_its_documents():
    reference = in_progress()
    typed = reference.replace("-", "").lower()
    assert reference in page(town.LI_NA, f"{typed}/documents/history")


@pytest.mark.parametrize(
    "path",
    [
        "{}/documents/receipt/",
        "{}/documents/receipt.docx",
        "{}/documents/notice.pdf",
        "{}/documents/",
        "2222-2222/documents/history/",
        "x/documents/history.docx",
        "posts/%00/handover/",
        "posts/../handover/",
        "posts/water-duty/",
        "posts/water-duty/handover.pdf",
    ],
)
def test_what_is_not_there_is_not_found(path):
    answer = at_desk(town.CHEN_HUI).get("/desk/" + path.format(in_progress()))
    assert answer.status_code in {400, 404}


@pytest.mark.parametrize("kind", ["notice", "history"])
def test_a_case_that_one_may_not_read_has_no_documents(kind):
    hidden = noise()
    li_na = at_desk(town.LI_NA)
    for end in ("/", ".docx"):
        answers = [
            li_na.get(f"/desk/{reference}/documents/{kind}{end}")
            for reference in (hidden, "2222-2222")
        ]
        assert [answer.status_code for answer in answers] == [404, 404]


def test_the_pages_offer_only_what_one_may_have():
    reference = in_progress()
    li_na = page(town.LI_NA, reference)
    assert "Documents Case history Handover sheet of the post that holds it" in li_na
    assert "Documents Notice of follow-up Case history Handover" in page(town.CHEN_HUI, reference)
    zhao_min = page(town.ZHAO_MIN, reference)
    assert "Documents Notice of follow-up Case history" in zhao_min
    assert "Handover sheet" not in zhao_min
    assert "Documents Case history" in page(town.CHEN_HUI, solved())
    assert "Handover sheet of the post" not in page(town.CHEN_HUI, solved())


def test_the_worklist_leads_to_the_sheets_of_one_s_own_posts_and_of_those_one_heads():
    def sheets(code):
        answer = at_desk(code).get("/desk/")
        return re.findall(r"/desk/posts/([\w-]+)/handover/", answer.content.decode())

    assert sheets(town.LI_NA) == ["water-duty"]
    assert sheets(town.SUN_TAO) == ["water-head", "water-duty", "water-night"]
    assert sheets(town.CHEN_HUI) == ["supervision-desk"]
