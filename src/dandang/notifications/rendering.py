"""Filling the words of messages, in the language and by the clock of who reads them."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import get_language

from dandang.notifications.rules.notices import Kind, Params
from dandang.notifications.words import (
    CODED,
    DIGEST_MORE,
    DIGEST_SUBJECT,
    INSTANTS,
    TEMPLATES,
    TO_CASE,
    TO_OPEN,
    TO_PAGE,
)
from dandang.organization.directory import Directory
from dandang.organization.queries import current_policy, directory
from dandang.policy import Policy
from dandang.terms import Code, Refusal

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WEEKDAYS_ZH = "一二三四五六日"
_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)


class Unknown(Exception):
    """A sentence needs a value that this message does not have."""


@dataclass(frozen=True, slots=True)
class Text:
    """A message in words. `subject` and `short` hold nothing personal but the reference.

    `short` is for text messages, `headline` for lists; `body` has a paragraph a line.
    """

    subject: str
    headline: str
    body: str
    short: str


@dataclass(frozen=True, slots=True)
class Opens:
    """A link that opens a page once, until then."""

    address: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Names:
    """Where the names for codes are looked up. A code that is not known stands for itself."""

    directory: Directory
    policy: Policy | None

    def of(self, key: str, code: str) -> str:
        """Return the name of a unit, a post or a reason in the language of the moment."""
        tables: Mapping[str, Mapping[str, object]] = {
            "unit": self.directory.units,
            "post": self.directory.posts,
            "reason": self.policy.reasons if self.policy else {},
        }
        found = tables.get(key, {}).get(code)
        return code if found is None else str(getattr(found, f"name_{_tongue()}"))

    @property
    def time_zone(self) -> ZoneInfo:
        """The body's clock."""
        return ZoneInfo(self.directory.body.time_zone)

    def body(self) -> str:
        """Return the name of the body itself."""
        return str(getattr(self.directory.body, f"name_{_tongue()}"))


def names_now() -> Names:
    """Return the names of units, posts and reasons as they are now. Refuses `no_organization`."""
    try:
        policy = current_policy()
    except Refusal as refusal:
        if refusal.code is not Code.NO_POLICY:
            raise
        policy = None
    return Names(directory(), policy)


def spoken(language: str) -> AbstractContextManager[None]:
    """Return a context in which words are those of a language; "" is the body's own."""
    return translation.override(language or settings.LANGUAGE_CODE)


def text_of(template: str, params: Params, names: Names, *, opens: Opens | None = None) -> Text:
    """Return a message in the language of the moment. Raises KeyError on an unknown template.

    `opens` is a link that opens the requester's page, for a mail.
    """
    words = TEMPLATES[template]
    values = _Values(params, names)
    headline = str(words.headline) % values
    short = _sentences(words.short, values) or [f"{values['reference']}: {headline}"]
    where = [link(words.kind, str(params.get("reference", "")))]
    if opens is not None:
        until = moment(opens.until, names.time_zone)
        where.insert(0, str(TO_OPEN) % {"address": opens.address, "until": until})
    return Text(
        subject=f"{values['reference']}: {headline}",
        headline=headline,
        body="\n".join([*_sentences(words.sentences, values), *filter(None, where)]),
        short=_joined(short),
    )


def digest_of(lines: Sequence[tuple[str, Params]], names: Names, *, left: int) -> Text:
    """Return many messages to an officer as one; `left` more come with the next."""
    told = [
        f"{params.get('reference', '')}: {text_of(template, params, names).headline}"
        for template, params in lines
    ]
    subject = str(DIGEST_SUBJECT) % {"count": len(lines) + left}
    more = [str(DIGEST_MORE) % {"count": left}] if left else []
    address = settings.PUBLIC_URL and f"{settings.PUBLIC_URL}/desk/"
    where = ["", str(TO_CASE) % {"address": address}] if address else []
    return Text(subject, subject, "\n".join([*told, *more, *where]), subject)


def link(kind: Kind, reference: str) -> str:
    """Return where the case is found on the web, in words; "" where no address is known."""
    base = settings.PUBLIC_URL
    if not base:
        return ""
    if kind is Kind.OFFICER:
        return str(TO_CASE) % {"address": f"{base}/desk/{reference}/"}
    return str(TO_PAGE) % {"address": f"{base}/c/"}


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Return an instant in a sentence, by the body's clock: `11月26日（周四）17:00`."""
    local = timezone.localtime(at, zone)
    clock = f"{local:%H:%M}"
    if _tongue() == "zh":
        return f"{local.month}月{local.day}日（周{_WEEKDAYS_ZH[local.weekday()]}）{clock}"
    return f"{clock} {_WEEKDAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]}"


def _tongue() -> str:
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


def _sentences(sentences: Sequence[str | Promise], values: "_Values") -> list[str]:
    told = []
    for sentence in sentences:
        try:
            told.append(str(sentence) % values)
        except Unknown:
            continue
    return told


def _joined(sentences: Sequence[str]) -> str:
    return ("" if _tongue() == "zh" else " ").join(sentences)


class _Values(dict[str, str]):
    """The values of a message in words, looked up only when a sentence asks for them."""

    def __init__(self, params: Params, names: Names) -> None:
        super().__init__()
        self._params = params
        self._names = names

    def __missing__(self, key: str) -> str:
        value = str(self._params.get(key, ""))
        if not value:
            raise Unknown(key)
        if key in INSTANTS:
            return moment(datetime.fromisoformat(value), self._names.time_zone)
        if key in CODED:
            return str(CODED[key].get(value, value))
        return self._names.of(key, value)
