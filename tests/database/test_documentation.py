"""The how-to page knows every variable, and the messages say what to do."""

import re
from pathlib import Path

import pytest

from dandang.database import errors

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/how-to/database.md").read_text(encoding="utf-8")
SOURCES = sorted((ROOT / "src/dandang/database").glob("*.py"))


def test_every_variable_that_is_read_is_on_the_page():
    read = {
        name
        for source in SOURCES
        for name in re.findall(r'"((?:DANDANG|DATABASE|XDG)_[A-Z_]+)"', source.read_text())
    }
    assert read == set(re.findall(r"^\| `([A-Z_]+)` \|", PAGE, flags=re.MULTILINE))


@pytest.mark.parametrize("error", errors.DatabaseError.__subclasses__(), ids=lambda e: e.__name__)
def test_every_error_fills_its_message(error):
    details = {name: f"<{name}>" for name in re.findall(r"\{(\w+)\}", error.__doc__)}
    if error is errors.ServerDidNotStart:
        details["lines"] = "<lines>"
    message = str(error(**details))
    assert all(shown in message for shown in details.values())
    assert not re.search(r"[{}]", message)
