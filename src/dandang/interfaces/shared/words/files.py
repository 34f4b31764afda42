"""Words for files: why one is not kept and what to do instead; sizes."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dandang.lifecycle.casework.files.prepared import MEGABYTE
from dandang.lifecycle.casework.files.telling import Why

WHYS: Mapping[Why, str | Promise] = MappingProxyType(
    {
        Why.HEIC: _(
            "This picture is in the HEIC format, which many computers cannot show. On an iPhone "
            "choose Settings, Camera, Formats, Most Compatible; or send a screenshot of it."
        ),
        Why.GIF: _("GIF pictures cannot be sent. Send a photo (JPEG or PNG) instead."),
        Why.SVG: _("SVG drawings cannot be sent. Send a photo or a screenshot instead."),
        Why.HTML: _("Web pages cannot be sent. Send a screenshot, or print the page as a PDF."),
        Why.OFFICE: _("Office documents cannot be sent. Save the document as a PDF and send that."),
        Why.ARCHIVE: _("Archives (ZIP and the like) cannot be sent. Send the files one by one."),
        Why.OTHER_PICTURE: _("This kind of picture cannot be sent. Save it as JPEG or PNG."),
        Why.FILM: _("Films cannot be sent. Send a photo, and tell in words what moves."),
        Why.SOUND: _("Recordings cannot be sent. Please write what is heard, and when."),
        Why.TEXT: _("Text files cannot be sent. Please paste the text into the field above."),
        Why.PROGRAM: _("Programs cannot be sent."),
        Why.UNKNOWN: _("We do not know this kind of file. Photos and PDF documents can be sent."),
        Why.ANIMATED: _("Moving pictures cannot be sent. Send a photo or a screenshot instead."),
        Why.PIXELS: _("This picture has too many pixels. Make it smaller, or take a screenshot."),
        Why.PAGES: _("This PDF is too long. At most 100 pages: send only those that matter."),
        Why.LOCKED: _("This PDF asks for a password. Print it as a new PDF without one."),
    }
)
"""Each says what to do instead."""


def why(code: str) -> str:
    """Return the words for why a file is not kept; the code itself where there are none."""
    return str(WHYS[Why(code)]) if code in set(Why) else code


def size(number: int) -> str:
    """Return a size in bytes as people read it."""
    if number < MEGABYTE:
        return gettext("%(number)s kB") % {"number": max(1, round(number / 1024))}
    return gettext("%(number)s MB") % {"number": f"{number / MEGABYTE:.1f}"}
