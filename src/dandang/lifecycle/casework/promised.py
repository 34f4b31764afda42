"""What was promised in a case, and what became of it; read only."""

from dandang.lifecycle.casework.promises import PromiseRow
from dandang.lifecycle.casework.rules.promises import Promise


def promises_of(stream: bytes) -> list[Promise]:
    """Return every promise made in the case of this ledger stream, the newest first. One query."""
    rows = PromiseRow.objects.filter(case__stream=stream).order_by("-event_id")
    return [row.facts() for row in rows]
