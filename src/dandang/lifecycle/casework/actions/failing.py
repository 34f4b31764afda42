"""What is known of an error when many cases are dealt with and one of them fails."""

from pathlib import Path

from django.db import InterfaceError, OperationalError

PASSING = (InterfaceError, OperationalError)
"""Errors of the database and of the way to it. They say nothing about a case, so nothing is set
aside for them: whoever works tries again later."""


def name_of(error: Exception) -> str:
    """Return the kind of an error and where it was raised: no value that it may speak of."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    parts = [type(error).__name__, str(getattr(error, "code", ""))]
    if trace is not None:
        parts.append(f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}")
    return " ".join(filter(None, parts))[:200]
