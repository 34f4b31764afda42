"""What is kept of a file: what it shows, and nothing else of what somebody sent."""

import random
from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageChops, ImageStat

from dandang.lifecycle.casework.files.prepared import (
    MAX_BYTES,
    MAX_EDGE,
    MediaType,
    digests,
)
from dandang.lifecycle.casework.files.preparing import prepare
from dandang.terms import Code, Refusal
from tests.lifecycle import uploads
from tests.lifecycle.uploads import assert_has_no_canary, refused

BEGINNINGS = (
    *(b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"%PDF-1.7\n", b"GIF89a"),
    *(
        b"PK\x03\x04",
        b"<svg ",
        b"\0\0\0\x18ftypheic",
        b"BM",
        b"",
        b"\xff\xd8\xff\xe1\0\x10Exif\0\0",
    ),
)


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def test_of_a_photo_nothing_is_kept_but_its_pixels() -> None:
    sent = uploads.photo()
    assert b"Canary EOS" in sent
    kept = prepare("IMG_2041.JPG", sent)
    assert_has_no_canary(kept.content)
    assert kept.had_location
    assert dict(opened(kept.content).getexif()) == {}
    assert "icc_profile" not in opened(kept.content).info
    assert (kept.name, kept.media_type) == ("IMG_2041.jpg", MediaType.JPEG)
    assert (kept.width, kept.height, kept.size) == (64, 48, len(kept.content))
    assert "canary" not in repr(kept)
    assert "content" not in repr(kept)


def test_who_wants_it_keeps_place_and_time_and_still_no_camera() -> None:
    kept = prepare("IMG_2041.jpg", uploads.photo(), keep_original=True)
    exif = opened(kept.content).getexif()
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    assert place[ExifTags.GPS.GPSLatitude] == (30.0, 35.0, 12.5)
    assert place[ExifTags.GPS.GPSLongitudeRef] == "E"
    taken = exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal]
    assert taken == "2026:11:22 10:00:00"
    for secret in (uploads.CAMERA, uploads.SERIAL, "canary", "CANARY"):
        assert secret.encode() not in kept.content


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_place_and_time_can_be_kept_in_every_kind_of_picture(kind: str) -> None:
    sent = uploads.picture(kind, exif=uploads.exif())
    kept = prepare("x", sent, keep_original=True)
    assert opened(kept.content).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    assert uploads.CAMERA.encode() not in kept.content
    assert b"GPS" not in prepare("x", sent).content
    assert not opened(prepare("x", sent).content).getexif()


def test_a_place_that_is_no_place_is_not_kept() -> None:
    exif = Image.Exif()
    exif[ExifTags.IFD.GPSInfo] = {ExifTags.GPS.GPSLatitudeRef: "<script>canary", 2: (1.0, 2.0)}
    kept = prepare("x.jpg", uploads.picture(exif=exif), keep_original=True)
    assert_has_no_canary(kept.content)
    assert not opened(kept.content).getexif()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_looks_as_it_was_sent(kind: str) -> None:
    sent = uploads.picture(kind, size=(200, 120))
    kept = prepare("x", sent)
    assert opened(kept.content).format == kind
    difference = ImageChops.difference(opened(sent).convert("RGB"), opened(kept.content))
    assert max(ImageStat.Stat(difference.convert("RGB")).mean) < 3


@pytest.mark.parametrize(
    ("orientation", "corner"),
    [(1, (0, 0)), (2, (1, 0)), (3, (1, 1)), (4, (0, 1)), (6, (1, 0)), (8, (0, 1))],
)
def test_a_photo_stands_upright(orientation: int, corner: tuple[int, int]) -> None:
    image = Image.new("RGB", (64, 64), "white")
    image.paste("black", (0, 0, 32, 32))
    out = BytesIO()
    image.save(out, "JPEG", exif=uploads.exif(orientation))
    kept = opened(prepare("x.jpg", out.getvalue()).content)
    dark = [
        (x, y) for x in (0, 1) for y in (0, 1) if kept.getpixel((16 + 32 * x, 16 + 32 * y))[0] < 99
    ]
    assert dark == [corner]


def test_a_photo_taken_upright_is_higher_than_wide() -> None:
    kept = prepare("x.jpg", uploads.photo(orientation=6))
    assert (kept.width, kept.height) == (48, 64)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_large_picture_is_made_smaller(kind: str) -> None:
    kept = prepare("x", uploads.picture(kind, size=(5000, 2500)))
    assert (kept.width, kept.height) == (MAX_EDGE, MAX_EDGE // 2)
    assert opened(kept.content).size == (MAX_EDGE, MAX_EDGE // 2)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_can_be_read_afterwards(mode: str) -> None:
    out = BytesIO()
    Image.new(mode, (20, 10)).save(out, "PNG")
    assert opened(prepare("x.png", out.getvalue()).content).mode in {"L", "RGB", "RGBA"}


def test_bright_pictures_of_sixteen_bits_stay_as_bright() -> None:
    out = BytesIO()
    Image.new("I;16", (4, 4), 40_000).save(out, "PNG")
    assert opened(prepare("x.png", out.getvalue()).content).getpixel((0, 0)) == 40_000 // 256


def test_what_can_be_seen_through_still_can() -> None:
    out = BytesIO()
    Image.new("RGBA", (4, 4), (10, 20, 30, 0)).save(out, "PNG")
    assert opened(prepare("x.png", out.getvalue()).content).getpixel((0, 0))[3] == 0


def test_a_printer_s_photo_becomes_one_for_screens() -> None:
    out = BytesIO()
    Image.new("CMYK", (20, 10)).save(out, "JPEG")
    assert opened(prepare("x.jpg", out.getvalue()).content).mode == "RGB"


@pytest.mark.parametrize(
    "tail", [uploads.SCRIPT, uploads.archive("canary.exe"), b"%PDF-1.4 canary", b"<?php canary ?>"]
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_hangs_behind_a_picture_is_gone(kind: str, tail: bytes) -> None:
    kept = prepare("photo.jpg", uploads.picture(kind) + tail)
    assert_has_no_canary(kept.content)
    assert b"PK\x03\x04" not in kept.content
    assert b"%PDF" not in kept.content


def test_what_hides_in_the_comment_of_a_picture_is_gone() -> None:
    sent = uploads.picture(comment=b"*/=alert('canary')/*")
    assert_has_no_canary(prepare("x.jpg", sent).content)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (uploads.SVG, "svg"),
        (b"<svg/onload=alert(1)>", "svg"),
        (uploads.SCRIPT, "html"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><p>x", "html"),
        (uploads.GIF_SCRIPT, "gif"),
        (uploads.animated("GIF"), "gif"),
        (uploads.animated("PNG"), "animated"),
        (uploads.animated("WEBP"), "animated"),
        (uploads.word_document(), "office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "office"),
        (b"{\\rtf1 hello}", "office"),
        (uploads.archive(), "archive"),
        (uploads.archive_of_archives(), "archive"),
        (b"\x1f\x8b\x08\0", "archive"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0", "heic"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "film"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "sound"),
        (uploads.picture("BMP"), "other_picture"),
        (uploads.picture("TIFF"), "other_picture"),
        (b"MZ\x90\0\x03", "program"),
        (b"#!/bin/sh\nrm -rf /", "program"),
        ("没有水，请帮忙".encode(), "text"),
        (("水" * 5000).encode()[:9999], "text"),
        (b"\0\1\2\3", "unknown"),
        (b"\xfe\xed" * 50, "unknown"),
        (uploads.png_bomb(), "pixels"),
    ],
)
def test_other_files_are_refused_by_what_they_are_and_not_by_their_names(
    content: bytes, why: str
) -> None:
    for name in ("photo.jpg", "photo.png", "letter.pdf"):
        assert refused(content, name) == (Code.FILE_KIND_REFUSED, why)


@pytest.mark.parametrize(
    "content",
    [
        uploads.photo()[:-400],
        uploads.photo()[:30],
        uploads.picture("PNG")[:-40],
        uploads.picture("WEBP")[:-40],
        b"\xff\xd8\xff\xe0" + b"\0" * 500,
        b"%PDF-1.7\nnothing",
        uploads.many_scans(),
        uploads.png_text_bomb(),
        uploads.document()[:400],
    ],
    ids=range(9),
)
def test_a_damaged_file_is_refused(content: bytes) -> None:
    assert refused(content) == (Code.FILE_UNREADABLE, "")


def test_an_empty_file_and_a_huge_one_are_refused() -> None:
    assert refused(b"")[0] is Code.FILE_EMPTY
    assert refused(uploads.photo() + b"\0" * MAX_BYTES)[0] is Code.FILE_TOO_LARGE


def test_a_picture_that_would_grow_beyond_the_limit_is_refused() -> None:
    noise = random.Random(1).randbytes(2048 * 2048)
    out = BytesIO()
    Image.frombytes("L", (2048, 2048), noise).convert("P").save(out, "PNG")
    assert out.tell() < MAX_BYTES
    image = Image.frombytes("P", (2048, 2048), noise)
    image.putpalette(random.Random(2).randbytes(768))
    out = BytesIO()
    image.save(out, "PNG")
    assert out.tell() < MAX_BYTES
    assert refused(out.getvalue())[0] is Code.FILE_TOO_LARGE


def test_the_same_file_is_named_by_the_same_digest() -> None:
    one, two = prepare("a.jpg", uploads.photo()), prepare("b.jpg", uploads.photo())
    assert one.sha256 == two.sha256
    assert digests([one, two]) == (one.sha256, two.sha256)
    assert digests([]) is None


@given(st.sampled_from(BEGINNINGS), st.binary(max_size=600))
@example(b"%PDF-", b"1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>")
def test_whatever_the_bytes_a_file_is_prepared_or_refused(start: bytes, rest: bytes) -> None:
    try:
        prepare("x", start + rest)
    except Refusal as refused:
        assert refused.code.value.startswith("file_")  # noqa: PT017 anything else is raised


@given(st.sampled_from(["JPEG", "PNG", "WEBP", "PDF"]), st.data())
def test_a_file_that_was_damaged_anywhere_is_prepared_or_refused(
    kind: str, data: st.DataObject
) -> None:
    whole = uploads.document() if kind == "PDF" else uploads.picture(kind)
    broken = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(8, len(whole) - 1))
        broken[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(8, len(whole)))
    try:
        prepare("x", bytes(broken[:cut]))
    except Refusal as refused:
        assert refused.code.value.startswith("file_")  # noqa: PT017 anything else is raised


@pytest.mark.parametrize(("kind", "edge"), [("JPEG", 8001), ("PNG", 5001), ("WEBP", 5001)])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(
    kind: str, edge: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = uploads.picture(kind, size=(edge, edge))
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", _never)
    assert refused(sent) == (Code.FILE_KIND_REFUSED, "pixels")


def _never(_image: object) -> None:
    raise AssertionError("the picture was decoded")


def test_a_photo_whose_place_cannot_be_read_is_kept_without_one() -> None:
    entry = (0x8825).to_bytes(2, "big") + b"\0\2" + (4).to_bytes(4, "big") + b"abc\0"
    broken = b"Exif\0\0MM\0*" + (8).to_bytes(4, "big") + b"\0\1" + entry + b"\0" * 4
    kept = prepare("x.jpg", uploads.picture(exif=broken), keep_original=True)
    assert not kept.had_location
    assert not opened(kept.content).getexif()


def test_a_photo_is_kept_even_where_reading_its_place_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(*_args: object) -> None:
        raise ValueError("a pointer to nowhere")

    monkeypatch.setattr(Image.Exif, "get_ifd", fails)
    assert not prepare("x.jpg", uploads.picture(), keep_original=True).had_location
