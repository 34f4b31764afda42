"""Long texts as options: on the command line, from a file, or from stdin."""

import sys
from pathlib import Path

from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.faults import Failure
from dandang.interfaces.cli.languages import translate as _
from dandang.terms import MAX_TEXT

STDIN = "-"
# A little more than a text may have, so that the rule can say that it is too long.
_MOST = 4 * MAX_TEXT


def read_text(name: str) -> str:
    """Return the text of a file in UTF-8; `-` is stdin.

    Raises Failure `file_unreadable`, `not_utf8`.
    """
    try:
        if name == STDIN:
            content = sys.stdin.buffer.read(_MOST)
        else:
            with Path(name).open("rb") as file:
                content = file.read(_MOST)
    except OSError as error:
        words = _("{file} cannot be read: {reason}").format(file=name, reason=error.strerror)
        raise Failure(Exit.USAGE, "file_unreadable", words, file=name) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = _("{file} is not written in UTF-8.").format(file=name)
        raise Failure(Exit.USAGE, "not_utf8", words, file=name) from None
