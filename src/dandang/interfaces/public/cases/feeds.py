"""Atom feeds of published cases (RFC 4287): what changed last, by area and by category."""

import hashlib
import re
import uuid
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dandang.interfaces.public.cases.pages import NOT_KEPT, Card, card
from dandang.interfaces.shared import clock
from dandang.interfaces.shared.words.names import Names, name
from dandang.organization.queries import current_policy, directory
from dandang.publication.cases.queries import Shown, changed
from dandang.publication.cases.searching import Sought

_ATOM = "http://www.w3.org/2005/Atom"
_XML = "http://www.w3.org/XML/1998/namespace"
_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_IDS = uuid.uuid5(uuid.NAMESPACE_URL, "dandang public cases")

ET.register_namespace("", _ATOM)


@require_safe
def area_feed(request: HttpRequest, code: str) -> HttpResponse:
    """Send what changed last in an area and below it."""
    known = directory()
    if code not in known.areas:
        raise Http404
    title = _("Public cases in %(area)s") % {"area": name(known.areas[code])}
    return _send(request, f"area/{code}", title, Sought(area=code))


@require_safe
def category_feed(request: HttpRequest, code: str) -> HttpResponse:
    """Send what changed last in a category and below it."""
    policy = current_policy()
    if code not in policy.categories:
        raise Http404
    title = _("Public cases: %(category)s") % {"category": name(policy.categories[code])}
    return _send(request, f"category/{code}", title, Sought(category=code))


def _send(request: HttpRequest, what: str, title: str, sought: Sought) -> HttpResponse:
    """Send a feed, or that it is still the very one that was fetched last.

    It bears no date of change: where the newest entry is taken back, what is left is older, and
    whoever asks by date would be told to keep what they have.
    """
    cases = changed(sought)
    at = max((one.changed_at for one in cases), default=_BEFORE_ALL)
    content = _written(request, what, title, cases, at)
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag)
    if response is None or not isinstance(response, HttpResponse):
        response = HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
    response.headers["ETag"] = etag
    # Kept, but asked about each time: what is taken back has to be gone.
    response.headers["Cache-Control"] = "no-cache"
    response.headers["X-Robots-Tag"] = NOT_KEPT
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


def _written(
    request: HttpRequest, what: str, title: str, cases: list[Shown], at: datetime
) -> bytes:
    names, now = Names(directory(), current_policy()), clock.now()
    feed = ET.Element(_name("feed"), {f"{{{_XML}}}lang": _language()})
    _add(feed, "id", uuid.uuid5(_IDS, f"{settings.LEDGER_ORIGIN}/{what}").urn)
    _add(feed, "title", title)
    _add(feed, "updated", at.isoformat())
    author = ET.SubElement(feed, _name("author"))
    _add(author, "name", name(directory().body))
    _link(feed, "self", _absolute(request, request.path), "application/atom+xml")
    kind, code = what.split("/", 1)
    listing = f"{reverse('public-cases')}?{kind}={code}"
    _link(feed, "alternate", _absolute(request, listing), "text/html")
    for one in cases:
        _entry(ET.SubElement(feed, _name("entry")), request, one, card(one, names, now))
    body: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return body


def _entry(entry: ET.Element, request: HttpRequest, one: Shown, words: Card) -> None:
    address = reverse("public-case", args=[one.reference])
    _add(entry, "id", uuid.uuid5(_IDS, f"{settings.LEDGER_ORIGIN}/case/{one.reference}").urn)
    _add(entry, "title", one.title)
    _add(entry, "updated", one.changed_at.isoformat())
    _add(entry, "published", one.published_at.isoformat())
    _link(entry, "alternate", _absolute(request, address), "text/html")
    parts = (words.state, words.unit, words.category, words.place)
    _add(entry, "summary", " · ".join(part for part in parts if part))
    _add(entry, "content", one.text).set("type", "text")


def _add(parent: ET.Element, tag: str, text: str) -> ET.Element:
    child = ET.SubElement(parent, _name(tag))
    child.text = _NOT_IN_XML.sub("", text)
    return child


def _link(parent: ET.Element, rel: str, href: str, media_type: str) -> None:
    ET.SubElement(parent, _name("link"), {"rel": rel, "href": href, "type": media_type})


def _name(tag: str) -> str:
    return f"{{{_ATOM}}}{tag}"


def _language() -> str:
    return "zh-Hans" if (get_language() or "zh").startswith("zh") else "en"


def _absolute(request: HttpRequest, path: str) -> str:
    if settings.PUBLIC_URL:
        return f"{settings.PUBLIC_URL}{path}"
    return str(request.build_absolute_uri(path))
