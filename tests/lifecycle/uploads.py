"""Files people send: ordinary ones, and a corpus of those that were made to do harm."""

import struct
import zipfile
import zlib
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import ExifTags, Image

from dandang.lifecycle.casework.files.preparing import prepare
from dandang.terms import Refusal

CAMERA = "Canary EOS 5D"
SERIAL = "SN-CANARY-7"
SCRIPT = b"<html><script>alert('canary')</script></html>"


def picture(kind="JPEG", size=(64, 48), **saving):
    """Return an ordinary picture with some detail in it."""
    image = Image.radial_gradient("L").resize(size).convert("RGB")
    out = BytesIO()
    image.save(out, kind, **saving)
    return out.getvalue()


def exif(orientation=1):
    """Return what a telephone writes into its photos: camera, place, time, serial number."""
    found = Image.Exif()
    found[ExifTags.Base.Make] = CAMERA
    found[ExifTags.Base.Orientation] = orientation
    found[ExifTags.IFD.GPSInfo] = {
        ExifTags.GPS.GPSLatitudeRef: "N",
        ExifTags.GPS.GPSLatitude: (30.0, 35.0, 12.5),
        ExifTags.GPS.GPSLongitudeRef: "E",
        ExifTags.GPS.GPSLongitude: (114.0, 18.0, 1.0),
        ExifTags.GPS.GPSProcessingMethod: b"CANARY",
    }
    found[ExifTags.IFD.Exif] = {
        ExifTags.Base.DateTimeOriginal: "2026:11:22 10:00:00",
        ExifTags.Base.BodySerialNumber: SERIAL,
    }
    return found


def photo(orientation=1):
    """Return a photo as a telephone takes it, with a comment."""
    return picture(exif=exif(orientation), comment=b"canary comment", icc_profile=b"canary" * 30)


def chunk(kind, content):
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def png_bomb(edge=30_000):
    """Return a few hundred kilobytes that say they are a picture of 900 million pixels."""
    header = struct.pack(">IIBBBBB", edge, edge, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 50_000_000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def png_text_bomb():
    """Return a small picture with a compressed text of a gigabyte."""
    whole = picture("PNG")
    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"a" * 100_000_000))
    return whole[:33] + text + whole[33:]


def many_scans():
    """Return a JPEG that is whole, and decoded again and again."""
    whole = picture(progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:last] + whole[last:-2] * 500 + b"\xff\xd9"


def archive(name="photo.jpg", content=b"x"):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return out.getvalue()


def archive_of_archives():
    """Return an archive that would unpack to a hundred thousand times its size."""
    inner = archive("0.dll", b"\0" * 1_000_000)
    for _ in range(3):
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for number in range(16):
                packed.writestr(f"lib {number}.zip", inner)
        inner = out.getvalue()
    return inner


def word_document():
    return archive("word/document.xml", b"<w:document/>")


def animated(kind):
    out = BytesIO()
    first, second = Image.new("RGB", (8, 8), "red"), Image.new("RGB", (8, 8), "blue")
    first.save(out, kind, save_all=True, append_images=[second], duration=100)
    return out.getvalue()


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
GIF_SCRIPT = b"GIF89a/*" + b"\0" * 20 + b"*/=alert('canary');"


def document(pages=1, change=lambda pdf: None, **saving):
    """Return a PDF with a picture from a telephone on its first page."""
    pdf = Pdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(200, 200))
    first = pdf.pages[0]
    image = Stream(pdf, photo())
    image.Type, image.Subtype, image.Filter = Name.XObject, Name.Image, Name.DCTDecode
    image.Width, image.Height, image.BitsPerComponent = 64, 48, 8
    image.ColorSpace = Name.DeviceRGB
    first.Resources = Dictionary(XObject=Dictionary(Im0=pdf.make_indirect(image)))
    first.Contents = pdf.make_stream(b"q 200 0 0 200 0 0 cm /Im0 Do Q")
    pdf.docinfo["/Author"] = "Canary Author"
    change(pdf)
    out = BytesIO()
    pdf.save(out, **saving)
    return out.getvalue()


def acts_on_opening(pdf):
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert('canary')")
    scripts = Array([pikepdf.String("start"), Dictionary(S=Name.JavaScript, JS="canary()")])
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=scripts))


def starts_a_program(pdf):
    pdf.pages[0].AA = Dictionary(O=Dictionary(S=Name.Launch, F="canary.exe"))
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([0, 0, 100, 100]),
        A=Dictionary(S=Name.Launch, F="canary.exe"),
    )
    pdf.pages[0].Annots = Array([pdf.make_indirect(link)])


def carries_a_file(pdf):
    pdf.attachments["canary.exe"] = b"MZ canary program"


def tells_of_its_author(pdf):
    with pdf.open_metadata() as metadata:
        metadata["dc:creator"] = ["Canary Author"]
    pdf.pages[0].PieceInfo = Dictionary(Canary=Dictionary(Private="canary"))
    pdf.pages[0].Resources.XObject.Im0.Metadata = pdf.make_stream(b"<x>canary</x>")


def leads_elsewhere(pdf):
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([0, 0, 100, 100]),
        A=Dictionary(S=Name.URI, URI="https://canary.example/"),
    )
    pdf.pages[0].Annots = Array([pdf.make_indirect(link)])


def reads_another_file(pdf):
    stream = pdf.make_stream(b"")
    stream.F = "/etc/canary"
    pdf.pages[0].Resources.XObject.Out = stream


def speaks_postscript(pdf):
    program = pdf.make_stream(b"canary showpage", Type=Name.XObject, Subtype=Name.PS)
    pdf.pages[0].Resources.XObject.Ps = program
    pdf.pages[0].Rotate = pdf.make_indirect(90)


HARMFUL_DOCUMENTS = (
    acts_on_opening,
    starts_a_program,
    carries_a_file,
    tells_of_its_author,
    leads_elsewhere,
    reads_another_file,
    speaks_postscript,
)


def refused(content, name="photo.jpg"):
    """Return code and reason with which a file is refused."""
    with pytest.raises(Refusal) as caught:
        prepare(name, content)
    return caught.value.code, str(caught.value.details.get("why", ""))


def assert_has_no_canary(content):
    """Nothing of what the harmful files hide is left."""
    assert b"canary" not in content.lower()
    assert b"Exif" not in content
    assert SERIAL.encode() not in content
