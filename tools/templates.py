"""Finds the texts of templates that are not marked for translation."""

import re
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import Lexer, TokenType
from typing_extensions import override

SEEN_ATTRIBUTES = frozenset({"alt", "aria-label", "placeholder", "title"})
UNSEEN_ELEMENTS = frozenset({"script", "style"})
VOID_ELEMENTS = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr"})
BUTTONS = frozenset({"submit", "button", "reset"})
_LETTER = re.compile(r"[^\W\d_]")


def find_templates(package: Path) -> list[Path]:
    """Return every file below a folder named `templates`, in order."""
    return sorted(
        path
        for folder in package.rglob("templates")
        for path in folder.rglob("*")
        if path.suffix in {".html", ".txt", ".svg"}
    )


def unmarked_texts(source: str) -> list[tuple[int, str]]:
    """Return line and text of all words that a reader would see in one language only.

    Words that stay as they are (a name, the other language's own name) stand in an element with
    the HTML attribute `translate="no"`.
    """
    reader = _Reader()
    reader.feed(_without_tags(source))
    reader.close()
    return reader.found


def _without_tags(source: str) -> str:
    """Return the template without its tags, comments and marked texts, lines kept in place."""
    kept = ""
    closing = ""
    for token in Lexer(source).tokenize():
        kept += "\n" * ((token.lineno or 1) - 1 - kept.count("\n"))
        if token.token_type is TokenType.BLOCK:
            word, *rest = token.split_contents()
            if closing:
                closing = "" if word == closing else closing
            elif word in {"blocktranslate", "blocktrans", "comment"} or _names_classes(word, rest):
                closing = f"end{word}"
        elif token.token_type is TokenType.TEXT and not closing:
            kept += token.contents
    return kept


def _names_classes(word: str, rest: list[str]) -> bool:
    """Say whether a block fills a class attribute of the page it extends."""
    return word == "block" and rest[0].endswith("_class")


def _seen_attributes(tag: str, values: dict[str, str]) -> frozenset[str]:
    if tag == "input" and values.get("type") in BUTTONS:
        return SEEN_ATTRIBUTES | {"value"}
    if tag == "meta" and values.get("name") == "description":
        return SEEN_ATTRIBUTES | {"content"}
    return SEEN_ATTRIBUTES


class _Reader(HTMLParser):
    """Collects visible words, passing over elements that say `translate="no"`."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self._silent = ""
        self._depth = 0

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == self._silent:
            self._depth += 1
        elif self._silent:
            return
        elif values.get("translate") == "no" or tag in UNSEEN_ELEMENTS:
            if tag not in VOID_ELEMENTS:
                self._silent, self._depth = tag, 1
        else:
            for name in _seen_attributes(tag, values):
                self._note(values.get(name, ""))

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._depth -= 1
            if not self._depth:
                self._silent = ""

    @override
    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._note(data)

    def _note(self, text: str) -> None:
        if _LETTER.search(text):
            lead = len(text) - len(text.lstrip())
            line = self.getpos()[0] + text[:lead].count("\n")
            self.found.append((line, " ".join(text.split())))
