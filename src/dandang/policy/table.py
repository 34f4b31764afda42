"""Takes values out of a parsed file one by one, and notes everything that is wrong with them.

A wrong value is reported and replaced by a harmless one, so that reading goes on and all problems
of a file come to light together. Whoever reads must call `Report.check` before using the result.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from dandang.policy.report import Report
from dandang.policy.spans import Span, SpanUnit
from dandang.terms import Refusal, check_text
from dandang.terms.toml_positions import Path

NAME_LENGTH = 60
TEXT_LENGTH = 1000
LARGEST_NUMBER = 1_000_000
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_SLUG = re.compile(r"[a-z][a-z0-9-]{0,39}")
_QUOTED = 60

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


class Table:
    """One table of the file. Each method reads one key, required unless its name says otherwise.

    `shape` is the path with `*` for codes and indexes. A table that is missing as a whole is
    reported once: it is `silent` about the keys in it.
    """

    def __init__(
        self,
        values: Mapping[str, object],
        path: Path,
        report: Report,
        *,
        shape: str = "",
        silent: bool = False,
    ) -> None:
        self.path = path
        self.report = report
        self._values = values
        self._shape = shape
        self._silent = silent
        self._known: dict[str, str] = {}
        report.watch(self)

    def has(self, key: str) -> bool:
        """Say whether the key is there."""
        self._known[key] = key
        return key in self._values

    def text(self, key: str, limit: int = TEXT_LENGTH) -> str:
        """Read a text that is not empty."""
        value = self._get(key, str, "text")
        if value is None:
            return ""
        try:
            return check_text(self._name(key), value, limit=limit)
        except Refusal as refusal:
            self.report.add(refusal.code.value, (*self.path, key), **refusal.details)
            return ""

    def name(self, key: str) -> str:
        """Read a short text for screens."""
        return self.text(key, NAME_LENGTH)

    def text_pair(self, key: str) -> tuple[str, str] | tuple[None, None]:
        """Read `key_zh` and `key_en`: both or neither."""
        keys = f"{key}_zh", f"{key}_en"
        there = [self.has(one) for one in keys]
        if not any(there):
            return None, None
        return self.text(keys[0]), self.text(keys[1])

    def code(self, key: str) -> str:
        """Read a code: small letters, digits and underscores."""
        value = self._get(key, str, "text")
        return self._check_code(value, (*self.path, key)) if value is not None else ""

    def slug(self, key: str) -> str:
        """Read a name that may stand in a file name: small letters, digits and hyphens."""
        value = self._get(key, str, "text")
        if value is not None and not _SLUG.fullmatch(value):
            self._add("bad_code", key, value=_short(value))
        return value or ""

    def code_or_none(self, key: str) -> str | None:
        """Read a code that may be absent."""
        return self.code(key) if self.has(key) else None

    def number(self, key: str, low: int = 1, high: int = LARGEST_NUMBER) -> int:
        """Read a whole number from `low` to `high`."""
        value = self._get(key, int, "whole_number")
        if value is None:
            return low
        if not low <= value <= high:
            self._add("number_out_of_range", key, low=low, high=high)
            return low
        return value

    def number_or_none(self, key: str, low: int = 1, high: int = LARGEST_NUMBER) -> int | None:
        """Read a whole number that may be absent."""
        return self.number(key, low, high) if self.has(key) else None

    def flag(self, key: str, *, default: bool) -> bool:
        """Read true or false, which may be absent."""
        value = self._get(key, bool, "flag") if self.has(key) else default
        return default if value is None else value

    def span(self, key: str, *, zero_ok: bool = False) -> Span:
        """Read a span of time; `zero_ok` reads `0 min` too."""
        value = self._get(key, str, "text")
        if value is None:
            return Span(1, SpanUnit.DAYS)
        try:
            return Span.parse(value, zero_ok=zero_ok)
        except ValueError:
            self._add("bad_span", key, value=_short(value))
            return Span(1, SpanUnit.DAYS)

    def span_or_none(self, key: str, *, zero_ok: bool = False) -> Span | None:
        """Read a span of time that may be absent; `zero_ok` reads `0 min` too."""
        return self.span(key, zero_ok=zero_ok) if self.has(key) else None

    def one_of(self, key: str, words: type[E]) -> E:
        """Read one word of a closed list."""
        value = self._get(key, str, "text")
        first = next(iter(words))
        return first if value is None else self._word(value, words, (*self.path, key)) or first

    def one_of_or_none(self, key: str, words: type[E]) -> E | None:
        """Read one word of a closed list, which may be absent."""
        return self.one_of(key, words) if self.has(key) else None

    def many_of(self, key: str, words: type[E]) -> tuple[E, ...]:
        """Read a list of words of a closed list."""
        found = [self._word(text, words, path) for path, text in self._texts(key)]
        return tuple(word for word in found if word is not None)

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts."""
        return tuple(text for _, text in self._texts(key))

    def table(self, key: str) -> "Table":
        """Read a table."""
        values = self._get(key, dict, "table")
        return self._below(values or {}, key, key, silent=values is None)

    def table_or_empty(self, key: str) -> "Table":
        """Read a table that may be absent."""
        return self.table(key) if self.has(key) else self._below({}, key, key, silent=True)

    def coded(self) -> Iterator[tuple[str, "Table"]]:
        """Read all keys of this table as codes of tables."""
        for code, values in self._values.items():
            self._known[code] = "*"
            self._check_code(code, (*self.path, code))
            if isinstance(values, dict):
                yield code, self._below(values, code, "*")
            else:
                self._add("wrong_type", code, expected="table")
                yield code, self._below({}, code, "*", silent=True)

    def rows(self, key: str) -> Iterator["Table"]:
        """Read a list of tables."""
        for index, values in enumerate(self._get(key, list, "list") or []):
            path = (*self.path, key, index)
            if isinstance(values, dict):
                yield Table(values, path, self.report, shape=f"{self._shape}{key}.*.")
            else:
                self.report.add("wrong_type", path, key=self._name(key), expected="table")

    def known_keys(self) -> frozenset[str]:
        """Return the shapes of the keys that were asked for."""
        return frozenset(f"{self._shape}{shape}" for shape in self._known.values())

    def note_unknown_keys(self) -> None:
        """Report the keys that nobody asked for."""
        for key in self._values:
            if key not in self._known:
                self._add("unknown_key", key)

    def _get(self, key: str, kind: type[T], expected: str) -> T | None:
        self._known[key] = key
        if key not in self._values:
            if not self._silent:
                self._add("missing_key", key)
            return None
        value = self._values[key]
        # In Python a flag is a number; in a policy it is not.
        if isinstance(value, kind) and isinstance(value, bool) == (kind is bool):
            return value
        self._add("wrong_type", key, expected=expected)
        return None

    def _texts(self, key: str) -> Iterator[tuple[Path, str]]:
        """Yield the items of a list of texts that occur for the first time, with their paths."""
        seen = set()
        for index, value in enumerate(self._get(key, list, "list") or []):
            path = (*self.path, key, index)
            if not isinstance(value, str):
                self.report.add("wrong_type", path, key=self._name(key), expected="text")
            elif value in seen:
                self.report.add("duplicate_value", path, key=self._name(key), value=_short(value))
            else:
                seen.add(value)
                yield path, value

    def _word(self, text: str, words: type[E], path: Path) -> E | None:
        if text in {word.value for word in words}:
            return words(text)
        allowed = ", ".join(words)
        self.report.add(
            "unknown_word", path, key=_dotted(path), value=_short(text), allowed=allowed
        )
        return None

    def _check_code(self, code: str, path: Path) -> str:
        if _CODE.fullmatch(code):
            return code
        self.report.add("bad_code", path, key=_dotted(path), value=_short(code))
        return ""

    def _below(
        self, values: Mapping[str, object], key: str, shape: str, *, silent: bool = False
    ) -> "Table":
        shape = f"{self._shape}{shape}."
        return Table(values, (*self.path, key), self.report, shape=shape, silent=silent)

    def _name(self, key: str) -> str:
        return _dotted((*self.path, key))

    def _add(self, code: str, key: str, **params: str | int) -> None:
        self.report.add(code, (*self.path, key), key=self._name(key), **params)


def _dotted(path: Path) -> str:
    """Return the path as people write it; items of lists count from 1."""
    return ".".join(_short(str(part + 1 if isinstance(part, int) else part)) for part in path)


def _short(text: str) -> str:
    return text[:_QUOTED]
