"""Pictures written anew from their pixels, so that nothing else of what was sent survives."""

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from threading import Lock
from typing import Any

from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

from dandang.lifecycle.casework.files.prepared import (
    MAX_EDGE,
    MAX_PIXELS,
    MAX_PIXELS_WHOLE,
    MediaType,
)
from dandang.lifecycle.casework.files.telling import Why
from dandang.terms import Code, Refusal

_FORMATS = {MediaType.JPEG: "JPEG", MediaType.PNG: "PNG", MediaType.WEBP: "WEBP"}
_SAVING: Mapping[MediaType, Mapping[str, Any]] = {
    MediaType.JPEG: {"quality": 85, "optimize": True},
    MediaType.PNG: {},
    MediaType.WEBP: {"quality": 85},
}
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SCAN = b"\xff\xda"
_MOST_SCANS = 100  # a picture of ten thousand scans takes minutes and looks no better

_ONE_AT_A_TIME = Lock()
"""Opened pictures take up to 400 MB: so much, and not that times the number of threads."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept: bytes, edges in pixels; whether it told where it was taken."""

    content: bytes = field(repr=False)
    width: int
    height: int
    had_location: bool


def clean_picture(
    content: bytes, media_type: MediaType, *, keep_place_and_time: bool = False
) -> Picture:
    """Return a picture with the same pixels and nothing else, upright and not too large.

    With `keep_place_and_time` where and when it was taken are written into it again, as far as
    they can be read. Refuses `file_kind_refused` (`animated`, `pixels`) and `file_unreadable`.
    """
    if content.count(_SCAN) > _MOST_SCANS:
        raise Refusal(Code.FILE_UNREADABLE)
    try:
        with _ONE_AT_A_TIME, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is odd about it is lost with the original
            return _clean(content, media_type, keep_place_and_time=keep_place_and_time)
    except Refusal:
        raise
    except Image.DecompressionBombError:
        raise Refusal(Code.FILE_KIND_REFUSED, why=Why.PIXELS.value) from None
    except Exception:  # noqa: BLE001 decoders raise whatever comes to them on broken pictures
        raise Refusal(Code.FILE_UNREADABLE) from None


def _clean(content: bytes, media_type: MediaType, *, keep_place_and_time: bool) -> Picture:
    with Image.open(BytesIO(content), formats=[_FORMATS[media_type]]) as image:
        _check(image, media_type)
        exif = _exif(image)
        pixels = _pixels(image)
    turn = _UPRIGHT.get(exif.get(ExifTags.Base.Orientation, 1))
    if turn is not None:
        pixels = pixels.transpose(turn)
    # A picture that never knew the original cannot carry anything over from it.
    clean = Image.new(pixels.mode, pixels.size)
    clean.paste(pixels)
    kept = _place_and_time(exif) if keep_place_and_time else None
    out = BytesIO()
    saving = {**_SAVING[media_type], **({"exif": kept} if kept else {})}
    clean.save(out, _FORMATS[media_type], **saving)
    had_location = bool(_part(exif, ExifTags.IFD.GPSInfo))
    return Picture(out.getvalue(), clean.width, clean.height, had_location)


def _check(image: Image.Image, media_type: MediaType) -> None:
    most = MAX_PIXELS if media_type is MediaType.JPEG else MAX_PIXELS_WHOLE
    if image.width * image.height > most:
        raise Refusal(Code.FILE_KIND_REFUSED, why=Why.PIXELS.value)
    # Telephones put a second, smaller picture behind a JPEG; that is no film.
    if media_type is not MediaType.JPEG and getattr(image, "is_animated", False):
        raise Refusal(Code.FILE_KIND_REFUSED, why=Why.ANIMATED.value)


def _pixels(image: Image.Image) -> Image.Image:
    """Return the pixels in a mode that every reader knows, at most `MAX_EDGE` on an edge."""
    if image.format in {"JPEG", "MPO"}:
        image.thumbnail((MAX_EDGE, MAX_EDGE))  # decoded small at once, in the mode it has
        image.load()
        return image if image.mode in {"L", "RGB"} else image.convert("RGB")
    image.load()
    found = _in_plain_mode(image)
    found.thumbnail((MAX_EDGE, MAX_EDGE))
    return found


def _in_plain_mode(image: Image.Image) -> Image.Image:
    if image.mode == "I;16":  # converting cuts off whatever is brighter than 255 of 65,535
        image = image.point(lambda value: value * (1 / 256))
    plain = "L" if image.mode in {"1", "L", "I;16"} else "RGB"
    wanted = "RGBA" if image.has_transparency_data else plain
    return image if image.mode == wanted else image.convert(wanted)


def _exif(image: Image.Image) -> Image.Exif:
    """Return what a picture says of itself; nothing where that cannot be read."""
    try:
        return image.getexif()
    except Exception:  # noqa: BLE001 the pixels may be fine all the same
        return Image.Exif()


def _part(exif: Image.Exif, part: ExifTags.IFD) -> dict[int, Any]:
    try:
        return dict(exif.get_ifd(part))
    except Exception:  # noqa: BLE001 as above
        return {}


def _place_and_time(exif: Image.Exif) -> Image.Exif | None:
    """Return place and time alone, each value checked; None where there is neither."""
    kept = Image.Exif()
    for part, shapes in _KEPT.items():
        found = _part(exif, part)
        values = {
            tag: found[tag] for tag, fits in shapes.items() if tag in found and fits(found[tag])
        }
        if values:
            kept[part] = values
    return kept if len(kept) else None


def _is(pattern: str) -> Any:  # noqa: ANN401 a check of whatever stands there
    compiled = re.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value.rstrip("\0"))


def _is_number(value: object) -> bool:
    return isinstance(value, IFDRational) and value.denominator != 0


def _are_numbers(value: object) -> bool:
    return isinstance(value, tuple) and len(value) == 3 and all(map(_is_number, value))  # noqa: PLR2004 degrees, minutes, seconds


_GPS, _BASE = ExifTags.GPS, ExifTags.Base
_DAY = r"\d{4}:\d\d:\d\d"
_KEPT: Mapping[ExifTags.IFD, Mapping[int, Any]] = {
    ExifTags.IFD.GPSInfo: {
        _GPS.GPSLatitudeRef: _is("[NS]"),
        _GPS.GPSLatitude: _are_numbers,
        _GPS.GPSLongitudeRef: _is("[EW]"),
        _GPS.GPSLongitude: _are_numbers,
        _GPS.GPSAltitude: _is_number,
        _GPS.GPSTimeStamp: _are_numbers,
        _GPS.GPSDateStamp: _is(_DAY),
    },
    ExifTags.IFD.Exif: {
        _BASE.DateTimeOriginal: _is(rf"{_DAY} \d\d:\d\d:\d\d"),
        _BASE.OffsetTimeOriginal: _is(r"[+-]\d\d:\d\d"),
    },
}
