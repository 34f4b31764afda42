"""The receipt: what stands on it, and where the access code does not."""

import re

import pytest
import segno

from dandang.interfaces.shared.qr import QUIET, qr
from tests.interfaces.stories import browser, city, code_on, opens, proposed, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def modules_of(text: str) -> str:
    """Return the path that a QR code of this text is drawn with."""
    drawn = segno.make(text, error="m", micro=False).svg_inline(border=QUIET, lineclass=None)
    return re.search(r' d="([^"]+)"', drawn)[1]


def test_the_receipt_says_what_was_asked_who_holds_it_and_what_comes_next():
    liu = browser()
    reference = opens(liu)
    code = code_on(liu, reference)
    words = words_of(liu.get(f"/c/{reference}/receipt/"))
    for said in (
        reference,
        code,
        f"http://testserver/c/{reference}/",
        "The whole building, 3 Hubin Road.",
        "Water bureau · Duty desk · 0711-5550101",
        "it is to be finished, whoever holds it by then.",
        "you are asked whether it is solved",
    ):
        assert said in words, said


def test_the_qr_code_opens_the_page_and_the_code_stands_after_the_number_sign(settings):
    settings.PUBLIC_URL = "https://12345.jiangcheng.example"
    liu = browser()
    reference = opens(liu)
    code = code_on(liu, reference).replace(" ", "")
    page = liu.get(f"/c/{reference}/receipt/").content.decode()
    assert modules_of(f"https://12345.jiangcheng.example/c/{reference}/#{code}") in page
    assert code not in page  # in groups and as squares alone
    assert "<title>QR code of the page of this request</title>" in page
    assert "style=" not in page


def test_printed_later_the_receipt_has_no_code_and_says_how_to_replace_it():
    liu, phone = browser(), browser()
    reference = opens(liu)
    code = code_on(liu, reference)
    phone.post("/c/", {"reference": reference, "access_code": code})
    answer = phone.get(f"/c/{reference}/receipt/")
    assert code not in words_of(answer)
    assert "Write your access code here" in words_of(answer)
    assert modules_of(f"http://testserver/c/{reference}/") in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_receipt_of_a_request_is_for_its_sender_alone():
    reference = opens(browser())
    assert browser().get(f"/c/{reference}/receipt/").url == f"/c/{reference}/"
    assert browser().get("/c/2222-2222/receipt/").url == "/c/2222-2222/"


def test_the_receipt_of_an_ended_request_says_how_it_ended():
    liu = browser()
    reference = proposed(liu)
    liu.post(f"/c/{reference}/judge/", {"verdict": "solved"})
    assert "The request has ended: solved" in words_of(liu.get(f"/c/{reference}/receipt/")).replace(
        "Solved", "solved"
    )


def test_the_name_of_a_qr_code_cannot_break_out_of_it():
    assert "<b>" not in qr("x", name="<b>&")
