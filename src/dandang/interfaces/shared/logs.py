"""Keeps what must stay secret out of the logs: addresses that are themselves a key."""

import logging
import re

from typing_extensions import override

_SECRET = re.compile(r"(/desk/calendar/|/c/link/)[^/\s\"']+")


class HideSecrets(logging.Filter):
    """Puts `…` in place of a secret in an address before a line is written. Lets every line by."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _hidden(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_hidden(one) for one in record.args)
        return True


def _hidden(value: object) -> object:
    return _SECRET.sub(r"\1…", value) if isinstance(value, str) else value
