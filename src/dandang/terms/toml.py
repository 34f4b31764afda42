"""Reads a TOML text into values and the lines where they stand; pure."""

import re
import tomllib

from dandang.terms.problem import InputError, Problem
from dandang.terms.toml_positions import Lines, find_lines

MAX_CHARACTERS = 1_000_000
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_TWICE = re.compile(r"Cannot (declare|overwrite|mutate|redefine)|Duplicate inline table key")


def read_toml(text: str, source: str) -> tuple[dict[str, object], Lines]:
    """Return the content and its lines.

    Raises InputError with one problem: `file_too_large`, `text_unusable` (lone surrogates),
    `duplicate_key` or `not_toml`. The standard parser stops at the first error, so there is
    never more than one.
    """
    _check_characters(text, source)
    try:
        return tomllib.loads(text), find_lines(text)
    except RecursionError:
        problem = Problem("not_toml", source, 0, {"detail": "nested too deeply"})
    except ValueError as error:
        problem = _explain(str(error), text, source)
    raise InputError([problem])


def _check_characters(text: str, source: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise InputError([Problem("file_too_large", source, 0, {"limit": MAX_CHARACTERS})])
    try:
        text.encode()
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise InputError([Problem("text_unusable", source, line, {"field": ""})]) from None


def _explain(message: str, text: str, source: str) -> Problem:
    detail = _PLACE.sub("", message)
    line = _line(message, text)
    if _TWICE.match(detail):
        return Problem("duplicate_key", source, line)
    return Problem("not_toml", source, line, {"detail": detail})


def _line(message: str, text: str) -> int:
    place = _PLACE.search(message)
    if place is None:
        return 0
    return int(place[1]) if place[1] else len(text.rstrip("\n").split("\n"))
