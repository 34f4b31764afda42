"""What is kept of a document: its pages as they look, and nothing that acts or tells."""

import zlib
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from dandang.lifecycle.casework.files.prepared import MAX_PAGES, MediaType
from dandang.lifecycle.casework.files.preparing import prepare
from dandang.terms import Code
from tests.lifecycle import uploads
from tests.lifecycle.uploads import assert_has_no_canary, refused


def all_of(content: bytes) -> str:
    with pikepdf.open(BytesIO(content)) as pdf:
        return " ".join(repr(each) for each in [*pdf.objects, pdf.trailer])


@pytest.mark.parametrize("harm", uploads.HARMFUL_DOCUMENTS)
def test_a_document_keeps_its_pages_and_loses_what_acts_or_tells(
    harm: Callable[[pikepdf.Pdf], None],
) -> None:
    sent = uploads.document(change=harm)
    kept = prepare("letter.pdf", sent)
    assert (kept.name, kept.media_type) == ("letter.pdf", MediaType.PDF)
    assert (kept.width, kept.height, kept.had_location) == (None, None, False)
    assert_has_no_canary(kept.content)
    everything = all_of(kept.content)
    for name in ("JavaScript", "/JS", "OpenAction", "Launch", "/AA", "EmbeddedFile", "/URI"):
        assert name not in everything
    for name in ("Author", "Metadata", "PieceInfo", "Annots", "/Names", "canary", "/etc"):
        assert name not in everything
    with pikepdf.open(BytesIO(kept.content)) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        picture = pikepdf.PdfImage(pdf.pages[0].Resources.XObject.Im0).as_pil_image()
        assert picture.size == (64, 48)


def test_what_was_filled_into_a_form_can_still_be_read() -> None:
    def fills_in(pdf: pikepdf.Pdf) -> None:
        look = pdf.make_stream(b"q 1 0 0 rg 0 0 50 20 re f Q")
        look.Type, look.Subtype = Name.XObject, Name.Form
        look.BBox = Array([0, 0, 50, 20])
        field = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Stamp,
            Rect=Array([10, 10, 60, 30]),
            F=4,
            AP=Dictionary(N=look),
        )
        pdf.pages[0].Annots = Array([pdf.make_indirect(field)])

    kept = prepare("form.pdf", uploads.document(change=fills_in))
    with pikepdf.open(BytesIO(kept.content)) as pdf:
        forms = [name for name, each in pdf.pages[0].Resources.XObject.items() if name != "/Im0"]
        assert len(forms) == 1
        drawn = b"".join(part.read_bytes() for part in pdf.pages[0].Contents)
        assert forms[0].encode() in drawn


@pytest.mark.parametrize("packed", [True, False])
def test_pictures_in_documents_tell_nothing_either(packed: bool) -> None:  # noqa: FBT001 a test
    def packs(pdf: pikepdf.Pdf) -> None:
        image = pdf.pages[0].Resources.XObject.Im0
        if packed:
            both = Array([Name.FlateDecode, Name.DCTDecode])
            image.write(zlib.compress(uploads.photo()), filter=both)

    sent = uploads.document(change=packs)
    if not packed:
        assert b"Canary EOS" in sent
    kept = prepare("scan.pdf", sent)
    with pikepdf.open(BytesIO(kept.content)) as pdf:
        raw = pdf.pages[0].Resources.XObject.Im0.read_raw_bytes()
    assert_has_no_canary(raw)
    assert Image.open(BytesIO(raw)).size == (64, 48)


def test_a_document_that_asks_for_a_password_is_refused_and_one_that_does_not_is_unlocked() -> None:
    locked = uploads.document(encryption=pikepdf.Encryption(owner="a", user="b"))
    assert refused(locked) == (Code.FILE_KIND_REFUSED, "locked")
    restricted = uploads.document(encryption=pikepdf.Encryption(owner="a", user=""))
    with pikepdf.open(BytesIO(prepare("x.pdf", restricted).content)) as pdf:
        assert not pdf.is_encrypted


def test_a_document_of_too_many_pages_is_refused() -> None:
    assert prepare("x.pdf", uploads.document(pages=MAX_PAGES))
    assert refused(uploads.document(pages=MAX_PAGES + 1)) == (Code.FILE_KIND_REFUSED, "pages")


def test_a_document_without_a_page_is_refused() -> None:
    empty = BytesIO()
    pikepdf.Pdf.new().save(empty)
    assert refused(empty.getvalue())[0] is Code.FILE_UNREADABLE


def test_a_document_that_unpacks_into_all_memory_is_refused() -> None:
    def grows(pdf: pikepdf.Pdf) -> None:
        image = pdf.pages[0].Resources.XObject.Im0
        both = Array([Name.FlateDecode, Name.DCTDecode])
        image.write(zlib.compress(uploads.photo() + b"\0" * 200_000_000), filter=both)

    assert refused(uploads.document(change=grows))[0] is Code.FILE_UNREADABLE
