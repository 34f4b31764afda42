"""Requesters send photos and documents, and see their own again: nobody else's, by no address."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from dandang.interfaces.shared.uploads import InMemory
from dandang.lifecycle.casework.files.prepared import MAX_BYTES, MAX_FILES
from dandang.lifecycle.casework.files.preparing import prepare
from dandang.lifecycle.casework.models import KeptFile
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.perform import perform
from dandang.terms import Actor
from tests import town
from tests.interfaces.stories import browser, city, later, officer, opens, words_of
from tests.lifecycle import uploads

pytestmark = pytest.mark.django_db

MIB = 1024 * 1024
HARMLESS = {
    "nosniff": "X-Content-Type-Options",
    "default-src 'none'; sandbox": "Content-Security-Policy",
    "same-origin": "Cross-Origin-Resource-Policy",
    "private, no-store": "Cache-Control",
}


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def upload(name="kitchen.jpg", content=None):
    whole = uploads.photo() if content is None else content
    return SimpleUploadedFile(name, whole, content_type="image/jpeg")


def adds(client: Client, reference: str, *files, text="See the photo", verb="note", **more):
    return client.post(f"/c/{reference}/{verb}/", {"text": text, "files": files, **more})


def links(page) -> list[str]:
    """Return the addresses of the files on a page, in their order."""
    found = re.findall(r'<li><a href="([^"]*/files/[^"]*)"', page.content.decode())
    return list(dict.fromkeys(found))


def with_photo():
    client = browser()
    reference = opens(client)
    assert adds(client, reference, upload()).status_code == 302
    (link,) = links(client.get(f"/c/{reference}/"))
    return client, reference, link


def test_she_adds_a_photo_and_sees_it_on_her_page():
    client, reference, link = with_photo()
    page = client.get(f"/c/{reference}/")
    assert link.startswith(f"/c/{reference}/files/")
    assert f'<img src="{link}" alt="Picture" width="64" height="48" loading="lazy">' in (
        page.content.decode()
    )
    assert "See the photo" in words_of(page)
    assert "kitchen.jpg 1 kB" in words_of(page)


def test_the_photo_comes_as_a_picture_that_cannot_do_anything():
    client, _, link = with_photo()
    answer = client.get(link)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"] == 'inline; filename="kitchen.jpg"'
    assert {answer[header]: header for header in HARMLESS.values()} == HARMLESS
    assert b"anary" not in answer.content
    assert Image.open(BytesIO(answer.content)).size == (64, 48)
    assert client.head(link).status_code == 200
    assert client.post(link).status_code == 405


def test_a_document_is_saved_under_its_name_and_never_shown_in_the_page():
    client = browser()
    reference = opens(client)
    adds(client, reference, upload("水费 通知.docx", uploads.document()))
    (link,) = links(client.get(f"/c/{reference}/"))
    assert "<img" not in client.get(f"/c/{reference}/").content.decode()
    answer = client.get(link)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E6%B0%B4%E8%B4%B9%20%E9%80%9A%E7%9F%A5.pdf"
    )


def test_she_answers_a_question_with_several_photos():
    client = browser()
    reference = opens(client)
    officer("accept", reference, town.LI_NA)
    officer("ask", reference, town.LI_NA, missing="Photos", text="Please send photos.")
    assert 'id="answer_files"' in client.get(f"/c/{reference}/").content.decode()
    sent = [upload("a.jpg"), upload("b.png", uploads.picture("PNG")), upload("c.pdf")]
    answer = adds(client, reference, *sent[:2], verb="answer", text="Two of them")
    assert answer.status_code == 302
    assert "a.jpg 1 kB b.png" in words_of(client.get(f"/c/{reference}/"))


def test_place_and_time_are_removed_unless_she_wants_them_kept():
    client = browser()
    reference = opens(client)
    adds(client, reference, upload("without.jpg"))
    adds(client, reference, upload("with.jpg"), keep_place="on")
    kept = {row.name: bytes(row.content) for row in KeptFile.objects.all()}
    assert b"Exif" not in kept["without.jpg"]
    assert b"Exif" in kept["with.jpg"]
    assert uploads.SERIAL.encode() not in kept["with.jpg"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("drawing.jpg", uploads.SVG, "SVG drawings cannot be sent"),
        ("page.jpg", uploads.SCRIPT, "Web pages cannot be sent"),
        ("letter.pdf", uploads.word_document(), "Save the document as a PDF"),
        ("all.jpg", uploads.archive(), "Send the files one by one"),
        ("cut.jpg", uploads.photo()[:-300], "damaged or not complete"),
        ("bomb.png", uploads.png_bomb(), "too many pixels"),
        ("nothing.jpg", b"", "There is nothing in this file"),
        ("IMG_1.HEIC", b"\0\0\0\x18ftypheic\0\0", "Most Compatible"),
        ("huge.jpg", uploads.photo() + b"\0" * MAX_BYTES, "at most 10 MB"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_written(name, content, words):
    client = browser()
    reference = opens(client)
    before = find(reference).state.seq
    answer = adds(client, reference, upload("good.jpg"), upload(name, content))
    assert answer.status_code == 422
    page = words_of(answer)
    assert words in page
    assert f"“{name.rsplit('.', 1)[0]}”" in page
    assert "Please choose your files again" in page
    assert "See the photo" in page
    assert find(reference).state.seq == before
    assert KeptFile.objects.count() == 0


def test_a_mistake_elsewhere_says_that_the_files_have_to_be_chosen_again():
    client = browser()
    reference = opens(client)
    answer = adds(client, reference, upload(), text="")
    assert answer.status_code == 422
    assert "Please choose your files again" in words_of(answer)
    assert "Please choose your files again" not in words_of(adds(client, reference, text=""))


def test_more_files_than_may_come_at_once_are_refused():
    client = browser()
    reference = opens(client)
    answer = adds(client, reference, *[upload(f"{one}.jpg") for one in range(MAX_FILES + 1)])
    assert answer.status_code == 422
    assert "At most 6 files can be sent." in words_of(answer)


def test_a_case_that_takes_no_more_says_so_on_the_form(monkeypatch):
    monkeypatch.setattr("dandang.lifecycle.casework.actions.files.MAX_OF_CASE", 10)
    client = browser()
    reference = opens(client)
    answer = adds(client, reference, upload())
    assert answer.status_code == 422
    assert "the most that is kept" in words_of(answer)
    assert "Please choose your files again" in words_of(answer)


@pytest.mark.parametrize(
    "name",
    [
        '"><script>alert(1)</script>.jpg',
        "<img src=x onerror=alert(1)>.jpg",
        "{{ 7|add:7 }}{% debug %}.jpg",
        "javascript:alert(1)//.jpg",
        "\u202egpj.exe",
        "../../../../etc/passwd",
        "水" * 300 + ".jpg",
        "x" * 300,
        "a'b&c.jpg",
    ],
)
def test_no_name_can_harm_a_page_or_a_header(name):
    client = browser()
    reference = opens(client)
    assert adds(client, reference, upload(name)).status_code == 302
    page = client.get(f"/c/{reference}/")
    text = page.content.decode()
    for harm in ("<script>", "onerror=alert(1)>", "\u202e", "etc/passwd", "<img src=x"):
        assert harm not in text
    (link,) = links(page)
    answer = client.get(link)
    assert answer.status_code == 200
    assert "\n" not in answer["Content-Disposition"]
    assert answer["Content-Disposition"].startswith("inline; filename")


# whose files


def two_with_photos():
    """Mrs Liu's case, joined by Mr Zhou; each has added a photo, and so has Li Na on site."""
    liu, zhou = browser(), browser()
    of_liu = opens(liu)
    receipt = perform(
        "attach",
        of_liu,
        {"text": "Number 5 is dry, too."},
        by=Actor.officer(town.ZHAO_MIN),
        now=town.MONDAY,
        files=[prepare("meter of zhou.jpg", uploads.photo())],
    ).receipt
    code = {"reference": receipt.reference, "access_code": receipt.access_code}
    assert zhou.post("/c/", code).status_code == 302
    adds(liu, of_liu, upload("kitchen of liu.jpg"))
    adds(zhou, receipt.reference, upload("child of zhou.jpg"))
    return liu, of_liu, zhou, receipt.reference


def site(reference: str, *, internal: str = "no"):
    return perform(
        "note",
        reference,
        {"text": "Seen on site", "internal": internal},
        by=Actor.officer(town.LI_NA),
        now=town.MONDAY,
        files=[prepare(f"site {internal}.jpg", uploads.photo())],
    )


def test_requesters_of_one_case_have_only_their_own_files():
    liu, of_liu, zhou, of_zhou = two_with_photos()
    of_her, of_him = liu.get(f"/c/{of_liu}/"), zhou.get(f"/c/{of_zhou}/")
    assert "kitchen of liu.jpg" in words_of(of_her)
    assert "of zhou" not in words_of(of_her)
    assert "meter of zhou.jpg" in words_of(of_him)
    assert "child of zhou.jpg" in words_of(of_him)
    assert "of liu" not in words_of(of_him)
    assert (len(links(of_her)), len(links(of_him))) == (1, 2)


def test_by_no_address_does_anybody_get_a_file_of_somebody_else():
    liu, of_liu, zhou, of_zhou = two_with_photos()
    of_both = {of_liu: links(liu.get(f"/c/{of_liu}/")), of_zhou: links(zhou.get(f"/c/{of_zhou}/"))}
    for client, own, other in ((liu, of_liu, of_zhou), (zhou, of_zhou, of_liu)):
        for link in of_both[own]:
            assert client.get(link).status_code == 200
            assert client.get(link.replace(own, other)).url == "/c/"
        for link in of_both[other]:
            assert client.get(link.replace(other, own)).status_code == 404
            assert client.get(link).url == "/c/"
    stranger, another = browser(), browser()
    elsewhere = opens(another, text="Another matter")
    for reference, found in of_both.items():
        for link in found:
            assert stranger.get(link).url == "/c/"
            assert another.get(link.replace(reference, elsewhere)).status_code == 404


@pytest.mark.parametrize("key", ["1", "0", "x", "..", "%00", "'", "a" * 500, "-1"])
def test_an_invented_file_is_not_there(key):
    client, reference, _ = with_photo()
    assert client.get(f"/c/{reference}/files/{key}/").status_code in {400, 404}


def test_an_officer_s_photo_is_seen_by_all_requesters_and_an_internal_one_by_none():
    liu, of_liu, zhou, of_zhou = two_with_photos()
    officer("accept", of_liu, town.LI_NA)
    site(of_liu)
    site(of_liu, internal="yes")
    for client, reference in ((liu, of_liu), (zhou, of_zhou)):
        page = client.get(f"/c/{reference}/")
        assert "site no.jpg" in words_of(page)
        assert "site yes.jpg" not in words_of(page)
        hidden = KeptFile.objects.get(name="site yes.jpg").pk
        assert client.get(f"/c/{reference}/files/{hidden}/").status_code == 404


def test_after_a_merge_each_still_has_the_own_files():
    liu, zhou = browser(), browser()
    of_liu, of_zhou = opens(liu), opens(zhou, text="Number 5 is dry")
    adds(liu, of_liu, upload("kitchen of liu.jpg"))
    adds(zhou, of_zhou, upload("meter of zhou.jpg"))
    now = later(hours=1)
    officer("merge", of_zhou, town.ZHAO_MIN, now, into=of_liu, text="The same outage")
    page = zhou.get(f"/c/{of_zhou}/")
    assert "meter of zhou.jpg" in words_of(page)
    assert "of liu" not in words_of(page)
    (link,) = links(page)
    assert zhou.get(link).status_code == 200


def test_who_has_left_gets_nothing_more():
    client, _, link = with_photo()
    client.post("/c/leave/")
    assert client.get(link).url == "/c/"


# how much may be sent, and where


def body(*, size: int, file: bool = True) -> tuple[bytes, str]:
    """Return the body of a form with one file of so many bytes, and its content type."""
    name = b'; filename="a.jpg"' if file else b""
    start = b'--b\r\nContent-Disposition: form-data; name="files"' + name + b"\r\n\r\n"
    return start + b"x" * size + b"\r\n--b--\r\n", "multipart/form-data; boundary=b"


def test_only_forms_that_take_files_may_be_large():
    client = browser()
    reference = opens(client)
    whole, kind = body(size=2 * MIB)
    for path in ("/c/", f"/c/{reference}/judge/", f"/c/{reference}/withdraw/", "/new/contact/"):
        assert client.post(path, whole, content_type=kind).status_code == 413
    for path in (f"/c/{reference}/note/", f"/c/{reference}/answer/", "/new/what/"):
        assert client.post(path, whole, content_type=kind).status_code in {422, 409}
        form = "application/x-www-form-urlencoded"
        assert client.post(path, b"text=" + whole, content_type=form).status_code == 413


def test_more_than_all_files_together_is_refused_in_words_about_files():
    client = browser()
    reference = opens(client)
    length = MAX_FILES * MAX_BYTES + 2 * MIB
    whole, kind = body(size=10)
    answer = client.generic(
        "POST", f"/c/{reference}/note/", whole, content_type=kind, CONTENT_LENGTH=str(length)
    )
    assert answer.status_code == 413
    assert "at most 6 at a time, of 10 MB each" in words_of(answer)


def test_a_text_as_large_as_a_file_is_refused():
    client = browser()
    reference = opens(client)
    whole, kind = body(size=2 * MIB, file=False)
    assert client.post(f"/c/{reference}/note/", whole, content_type=kind).status_code in {400, 413}


@pytest.mark.parametrize("length", ["", "0", "10"])
def test_nothing_is_read_beyond_the_declared_length(length):
    client = browser()
    reference = opens(client)
    whole, kind = body(size=2 * MIB)
    answer = client.generic(
        "POST", f"/c/{reference}/note/", whole, content_type=kind, CONTENT_LENGTH=length
    )
    assert answer.status_code in {400, 422}
    assert KeptFile.objects.count() == 0


def test_of_a_file_that_is_too_large_no_more_is_kept_than_shows_it():
    handler = InMemory()
    handler.new_file("files", "a.jpg", "image/jpeg", None)
    for start in range(0, 2 * MAX_BYTES, MIB):
        assert handler.receive_data_chunk(b"x" * MIB, start) is None
    file = handler.file_complete(2 * MAX_BYTES)
    assert file.size == 2 * MAX_BYTES
    assert len(file.read()) == MAX_BYTES + 1


def test_no_upload_ever_lies_in_a_file(monkeypatch):
    def never(*_args, **_more):
        raise AssertionError("a file was written")

    monkeypatch.setattr("django.core.files.temp.NamedTemporaryFile", never)
    client = browser()
    reference = opens(client)
    large = uploads.photo() + b"\0" * (4 * MIB)
    assert adds(client, reference, *[upload(content=large) for _ in range(3)]).status_code == 302
