"""Names under which files are kept, and what files are by their first bytes."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dandang.lifecycle.casework.files.embedded import bare_jpeg, bare_jpeg2000
from dandang.lifecycle.casework.files.naming import MAX_STEM, safe_name
from dandang.lifecycle.casework.files.prepared import MediaType
from dandang.lifecycle.casework.files.telling import Why, tell
from tests.lifecycle import uploads


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("IMG_2041.jpeg", "IMG_2041.jpg"),
        ("厕所漏水 照片.JPG", "厕所漏水 照片.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("..\\..\\windows\\system32\\cmd.exe", "cmd.jpg"),
        ("C:\\fakepath\\photo.png", "photo.jpg"),
        ("photo.jpg.exe", "photo.jpg"),
        ("photo.html.jpg", "photo.jpg"),
        ("a\0b\x1b[31m.jpg", "ab[31m.jpg"),
        ("\u202egpj.exe", "gpj.jpg"),
        ("invoice\u202egpj.scr", "invoicegpj.jpg"),
        ("\u2066a\u2069\u200b\ufeffb.jpg", "ab.jpg"),
        ("<script>alert(1)</script>.jpg", "script_.jpg"),
        ('"><img src=x onerror=alert(1)>.png', "___img src=x onerror=alert(1)_.jpg"),
        ("a\r\nSet-Cookie: x=1.jpg", "a Set-Cookie_ x=1.jpg"),
        ("  many   spaces .jpg", "many spaces.jpg"),
        ("e\u0301.jpg", "é.jpg"),
        ("CON.jpg", "_CON.jpg"),
        ("com1", "_com1.jpg"),
        ("100%.jpg", "100_.jpg"),
        ("....", "file.jpg"),
        (".htaccess", "htaccess.jpg"),
        (".jpg", "jpg.jpg"),
        ("", "file.jpg"),
        ("\ud800.jpg", "jpg.jpg"),
    ],
)
def test_a_name_is_made_safe(sent: str, kept: str) -> None:
    assert safe_name(sent, ".jpg") == kept


def test_a_long_name_is_cut_in_characters_and_in_bytes() -> None:
    assert safe_name("x" * 300 + ".jpg", ".jpg") == "x" * MAX_STEM + ".jpg"
    chinese = safe_name("水" * 300 + ".jpg", ".jpg")
    assert chinese == "水" * 66 + ".jpg"
    assert len(chinese.encode()) <= 255


@given(st.text(max_size=400), st.sampled_from([one.extension for one in MediaType]))
@example("\u202e" * 300, ".pdf")
@example("a." * 200, ".pdf")
def test_whatever_the_name_the_kept_one_is_harmless(sent: str, extension: str) -> None:
    kept = safe_name(sent, extension)
    assert kept.endswith(extension)
    assert 5 <= len(kept) <= MAX_STEM + 6
    assert len(kept.encode()) <= 255
    assert not set(kept) & set('<>:"/\\|?*%\0\r\n')
    assert not kept.startswith((".", " "))
    assert all(unicodedata.category(char)[0] != "C" for char in kept)
    assert safe_name(kept, extension) == kept


def test_what_stands_where_nothing_is_left_can_be_said() -> None:
    assert safe_name("\u202e", ".pdf", otherwise="document") == "document.pdf"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_pictures_are_known_by_their_content(kind: str) -> None:
    assert tell(uploads.picture(kind)) is MediaType[kind]


def test_a_type_says_its_extension_and_whether_it_is_a_picture() -> None:
    assert [one.extension for one in MediaType] == [".jpg", ".png", ".webp", ".pdf"]
    assert [one.is_picture for one in MediaType] == [True, True, True, False]


@given(st.binary(max_size=200))
def test_whatever_the_bytes_it_is_said_what_they_are(content: bytes) -> None:
    assert isinstance(tell(content), MediaType | Why)


def test_a_jpeg_loses_its_segments_and_its_tail() -> None:
    bare = bare_jpeg(uploads.photo() + uploads.SCRIPT)
    assert b"anary" not in bare
    assert bare.endswith(b"\xff\xd9")
    assert bare == bare_jpeg(bare)


def test_a_jpeg_with_fill_bytes_and_restarts_is_read_to_its_end() -> None:
    header = b"\xff\xd8" + b"\xff\xff\xff\xfe\x00\x04hi" + b"\xff\xee\x00\x04Ad"
    scan = b"\xff\xda\x00\x04xx" + b"abc\xff\x00def\xff\xd0ghi"
    assert bare_jpeg(header + scan + b"\xff\xd9tail") == (
        b"\xff\xd8\xff\xee\x00\x04Ad" + scan + b"\xff\xd9"
    )
    assert bare_jpeg(b"\xff\xd8\xff\x01\xff\xd9") == b"\xff\xd8\xff\x01\xff\xd9"


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b"\xff\xd8", b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\xff\xffx"]
)
def test_what_is_no_whole_jpeg_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises((ValueError, IndexError)):
        bare_jpeg(content)


def box(kind: bytes, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4, "big") + kind + content


def test_a_jpeg_2000_loses_its_boxes_of_free_content() -> None:
    long = (1).to_bytes(4, "big") + b"uuid" + (16 + 6).to_bytes(8, "big") + b"canary"
    last = (0).to_bytes(4, "big") + b"jp2c" + b"pixels"
    sent = box(b"jP  ", b"\r\n") + box(b"xml ", b"canary") + long + last
    assert bare_jpeg2000(sent) == box(b"jP  ", b"\r\n") + last
    assert bare_jpeg2000(b"\xff\x4f\xff\x51bare") == b"\xff\x4f\xff\x51bare"
    with pytest.raises(ValueError, match="longer"):
        bare_jpeg2000(box(b"jP  ", b"\r\n")[:-1])
