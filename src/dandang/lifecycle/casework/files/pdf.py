"""Documents written anew: their pages as they look, and nothing in them that can act or tell."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream
from pikepdf.settings import set_qpdf_limits

from dandang.lifecycle.casework.files.embedded import bare_jpeg, bare_jpeg2000
from dandang.lifecycle.casework.files.prepared import MAX_PAGES, MEGABYTE
from dandang.lifecycle.casework.files.telling import Why
from dandang.terms import Code, Refusal

_MOST_OBJECTS = 50_000
_MOST_UNPACKED = 64 * MEGABYTE
# Process-wide and not synchronised, so set once: a document may not unpack into all our memory.
set_qpdf_limits(
    doc_max_warnings=100,
    flate_max_memory=_MOST_UNPACKED,
    run_length_max_memory=_MOST_UNPACKED,
    png_max_memory=_MOST_UNPACKED,
    tiff_max_memory=_MOST_UNPACKED,
)

_END, _END_WITHIN = b"%%EOF", 2048

_OF_A_PAGE = frozenset(
    {
        "/Type",
        "/Parent",
        "/Contents",
        "/Resources",
        "/MediaBox",
        "/CropBox",
        "/BleedBox",
        "/TrimBox",
        "/ArtBox",
        "/Rotate",
        "/UserUnit",
        "/Group",
    }
)
"""What a page keeps: how it looks. Annotations are drawn into it before; links are lost."""

_NOWHERE = (
    *("/AA", "/OpenAction", "/JS", "/JavaScript", "/EF", "/AF", "/RichMediaContent"),
    *("/Metadata", "/PieceInfo", "/LastModified", "/OPI", "/Ref", "/Alternates", "/OC", "/Thumb"),
)
_ELSEWHERE = ("/F", "/FFilter", "/FDecodeParms")
"""Where a stream says that its data stand in another file."""


def clean_pdf(content: bytes) -> bytes:
    """Return a document with the same pages and nothing else.

    Filled-in forms and stamps are drawn into the pages. Scripts, actions, embedded files, links,
    outlines, metadata and whatever no page uses are gone, also from the pictures in the pages.
    Refuses `file_kind_refused` (`locked`, `pages`) and `file_unreadable`.
    """
    try:
        return _clean(content)
    except Refusal:
        raise
    except pikepdf.PasswordError:
        raise Refusal(Code.FILE_KIND_REFUSED, why=Why.LOCKED.value) from None
    except Exception:  # noqa: BLE001 the parser raises whatever comes to it on broken documents
        raise Refusal(Code.FILE_UNREADABLE) from None


def _clean(content: bytes) -> bytes:
    if _END not in content[-_END_WITHIN:]:
        raise Refusal(Code.FILE_UNREADABLE)  # cut off; what could be rescued is not the whole
    with Pdf.open(BytesIO(content)) as found, Pdf.new() as clean:
        if len(found.pages) > MAX_PAGES or len(found.objects) > _MOST_OBJECTS:
            raise Refusal(Code.FILE_KIND_REFUSED, why=Why.PAGES.value)
        found.generate_appearance_streams()
        found.flatten_annotations("all")
        for page in found.pages:
            _strip(page.obj, [key for key, _ in page.obj.items() if key not in _OF_A_PAGE])
            clean.pages.append(page)
        for each in clean.objects:
            _scrub(each, clean)
        out = BytesIO()
        clean.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none, deterministic_id=True)
        return out.getvalue()


def _scrub(whole: Object, document: Pdf) -> None:
    """Take out of an object, and what stands directly in it, whatever could act or tell."""
    for each in _within(whole):
        _strip(each, _NOWHERE)
        if isinstance(each, Stream):
            _strip(each, _ELSEWHERE)
            _bare(each, document)
            if each.get("/Subtype") == Name.PS:
                each.write(b"")  # a program for printers; what it draws stands nowhere else


def _within(whole: Object) -> Iterator[Object]:
    """Yield an object and all that stand in it themselves, not by reference."""
    waiting = [whole]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Dictionary | Stream):
            yield each
            waiting += [part for _, part in each.items() if _is_inside(part)]
        elif isinstance(each, Array):
            waiting += [part for part in each if _is_inside(part)]


def _is_inside(part: object) -> bool:
    return isinstance(part, Dictionary | Array) and not part.is_indirect


def _strip(each: Object, keys: tuple[str, ...] | list[str]) -> None:
    for key in keys:
        if key in each:
            del each[key]


_BARE = {"/DCTDecode": bare_jpeg, "/DCT": bare_jpeg, "/JPXDecode": bare_jpeg2000}


def _bare(stream: Stream, document: Pdf) -> None:
    """Take away what a picture in a page says of itself beside its pixels."""
    given = stream.get("/Filter")
    filters = list(given) if isinstance(given, Array) else [given] if given is not None else []
    bare = _BARE.get(str(filters[-1])) if filters else None
    if bare is None:
        return
    content = stream.read_raw_bytes()
    if len(filters) > 1:
        packed = Stream(document, content)
        packed.Filter = Array(filters[:-1])
        content = packed.read_bytes()
    decoding = stream.get("/DecodeParms")
    last = decoding[-1] if isinstance(decoding, Array) and len(decoding) else decoding
    last = last if isinstance(last, Dictionary) else None
    stream.write(bare(content), filter=Name(str(filters[-1])), decode_parms=last)
