"""Template tags and filters: words, times and the language of the page. `{% load dandang %}`."""

from datetime import datetime

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from dandang.interfaces.shared.words import cases, files, names, times
from dandang.interfaces.shared.words.languages import language_of

register = template.Library()

_LANGUAGES = (("zh-hans", "zh-Hans", "中文"), ("en", "en", "English"))


@register.simple_tag
def html_lang() -> str:
    """Return the BCP 47 tag of the page's language: `zh-Hans` or `en`."""
    return next((tag for code, tag, _ in _LANGUAGES if code == get_language()), "zh-Hans")


@register.simple_tag
def other_language() -> dict[str, str]:
    """Return the other language: its code, its tag and its own name for itself."""
    current = html_lang()
    code, tag, own_name = next(one for one in _LANGUAGES if one[1] != current)
    return {"code": code, "tag": tag, "name": own_name}


@register.filter
def lang(text: object) -> SafeString:
    """Return the attribute ` lang="…"` for a text that is not in the language of the page, or "".

    For what people wrote: `<blockquote{{ text|lang }}>{{ text }}</blockquote>`.
    """
    written_in = language_of(str(text))
    if not written_in or written_in == html_lang():
        return SafeString("")
    return mark_safe(f' lang="{written_in}"')  # noqa: S308 one of two tags of ours


@register.filter
def name(entry: names.Named) -> str:
    """Return the name of an entry of the register in the language of the page."""
    return names.name(entry)


@register.filter
def stamp(at: datetime | None) -> str:
    """Return an instant for tables: `2026-11-26 17:00`; two dashes where there is none."""
    return times.stamp(at) if at else "--"


@register.filter
def date_stamp(at: datetime) -> str:
    """Return the day of an instant for tables: `2026-11-26`."""
    return times.date_stamp(at)


@register.filter
def file_size(number: int) -> str:
    """Return a number of bytes as people read it: `340 kB`, `2.1 MB`."""
    return files.size(number)


@register.filter
def verdict_words(verdict: str) -> str:
    """Return the words for a requester's verdict."""
    return cases.word(cases.VERDICTS, verdict)
