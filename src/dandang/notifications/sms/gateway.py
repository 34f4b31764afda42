"""What is said of an SMS gateway: read from a small TOML file, all problems at once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from dandang.notifications.words import TEMPLATES
from dandang.terms import InputError, Problem
from dandang.terms.toml import read_toml
from dandang.terms.toml_positions import Lines

PLACEHOLDERS = frozenset({"phone", "text", "signature", "template", "reference", "id", "secret"})
"""What can stand in braces in a header or a value of the body."""

_PLACE = re.compile(r"\{(\w*)\}")
_TYPES: Mapping[str, tuple[type, str]] = {
    **dict.fromkeys(
        ("url", "method", "signature", "secret_from", "format", "accepted_if", "country_code"),
        (str, "text"),
    ),
    **dict.fromkeys(("headers", "body", "templates"), (dict, "table")),
    "timeout_seconds": (int, "whole_number"),
}
_METHODS = ("POST", "PUT")
_FORMATS = ("json", "form")
_LONGEST_TIMEOUT = 60
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")
_COUNTRY = re.compile(r"\+[1-9]\d{0,2}")

Body = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Gateway:
    """How text messages are handed to a provider.

    `body` are the fields that are sent, with placeholders; `templates` the provider's own ids by
    template ("" key: for every other). `accepted_if` is a text that a good answer holds ("" where
    the status is enough). `country_code` is put before numbers without one; "" leaves them.
    """

    url: str
    method: str = "POST"
    format: str = "json"
    signature: str = ""
    secret_from: str = ""
    timeout_seconds: int = 10
    accepted_if: str = ""
    country_code: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Body = field(default_factory=dict)
    templates: Mapping[str, str] = field(default_factory=dict)


def read_gateway(text: str, source: str) -> Gateway:
    """Return the gateway that a file describes. Raises InputError with every problem found."""
    content, lines = read_toml(text, source)
    problems = list(_Check(content, source, lines).problems())
    if problems:
        raise InputError(problems)
    return Gateway(**content)  # type: ignore[arg-type]  # every value was checked just above


def fill(value: object, values: Mapping[str, str]) -> object:
    """Return a value of the body with its placeholders filled, tables and lists included."""
    if isinstance(value, str):
        return _PLACE.sub(lambda found: values[found[1]], value)
    if isinstance(value, dict):
        return {key: fill(one, values) for key, one in value.items()}
    if isinstance(value, list):
        return [fill(one, values) for one in value]
    return value


class _Check:
    """Looks for everything that is wrong with one file."""

    def __init__(self, content: Mapping[str, object], source: str, lines: Lines) -> None:
        self._content = content
        self._source = source
        self._lines = lines

    def problems(self) -> Iterator[Problem]:
        for key in sorted(self._content.keys() - _TYPES.keys()):
            yield self._problem("unknown_key", key)
        yield from self._types()
        if not isinstance(self._content.get("url"), str):
            if "url" not in self._content:
                yield self._problem("missing_key", "url")
            return
        yield from self._values()
        yield from self._placeholders()

    def _types(self) -> Iterator[Problem]:
        for key, (kind, expected) in _TYPES.items():
            if key in self._content and type(self._content[key]) is not kind:
                yield self._problem("wrong_type", key, expected=expected)
        for key in ("headers", "templates"):
            for name, value in self._table(key).items():
                if not isinstance(value, str):
                    yield self._problem("wrong_type", f"{key}.{name}", expected="text")
        seconds = self._content.get("timeout_seconds", 1)
        if type(seconds) is int and not 1 <= seconds <= _LONGEST_TIMEOUT:
            yield self._problem(
                "number_out_of_range", "timeout_seconds", low=1, high=_LONGEST_TIMEOUT
            )

    def _values(self) -> Iterator[Problem]:
        if not _is_url(self._text("url")):
            yield self._problem("url_invalid", "url")
        for key, options in (("method", _METHODS), ("format", _FORMATS)):
            if key in self._content and self._text(key) not in options:
                value, allowed = self._text(key), ", ".join(options)
                yield self._problem("unknown_word", key, value=value, allowed=allowed)
        for key, pattern in (("secret_from", _VARIABLE), ("country_code", _COUNTRY)):
            if self._text(key) and not pattern.fullmatch(self._text(key)):
                yield self._problem("value_invalid", key)
        for name in self._table("templates").keys() - TEMPLATES.keys() - {"", "digest", "test"}:
            yield self._problem("unknown_template", f"templates.{name}", template=name)

    def _placeholders(self) -> Iterator[Problem]:
        used: set[str] = set()
        for place, value in _texts({name: self._table(name) for name in ("headers", "body")}):
            for name in _PLACE.findall(value):
                used.add(name)
                if name not in PLACEHOLDERS:
                    yield self._problem("unknown_placeholder", place, placeholder=name)
        if "phone" not in used:
            yield self._problem("placeholder_missing", "body", placeholder="phone")
        if not used & {"text", "template"}:
            yield self._problem("placeholder_missing", "body", placeholder="text")
        if "secret" in used and not self._text("secret_from"):
            yield self._problem("missing_key", "secret_from")

    def _text(self, key: str) -> str:
        value = self._content.get(key, "")
        return value if isinstance(value, str) else ""

    def _table(self, key: str) -> dict[str, object]:
        value = self._content.get(key, {})
        return value if isinstance(value, dict) else {}

    def _problem(self, code: str, key: str, **params: str | int) -> Problem:
        line = self._lines.of(tuple(key.split(".")))
        return Problem(code, self._source, line, {"key": key, **params})


def _texts(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text in a value with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _texts(one, f"{place}.{key}" if place else str(key))
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one, place)


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    good = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
    return good and text.isascii() and text.isprintable() and " " not in text
