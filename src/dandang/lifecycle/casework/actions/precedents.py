"""Keeping decided disputes as precedents, in the transaction of the decision."""

from collections.abc import Sequence
from dataclasses import asdict

from dandang.ledger.append import Appended
from dandang.ledger.queries import last_of
from dandang.lifecycle.casework.events.custody import DisputeDecided, DisputeRaised
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.precedents import Precedent
from dandang.lifecycle.casework.rules.precedents import decision
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.terms import Recorded


def keep_precedents(
    case: Case, before: CaseState, records: Sequence[Recorded], appended: Sequence[Appended]
) -> None:
    """Write the row of each dispute that the events just appended decide. Needs a transaction.

    `before` is the case as it stood when it was decided.
    """
    for recorded, written in zip(records, appended, strict=True):
        if isinstance(recorded.event, DisputeDecided):
            raised = _raised(bytes(case.stream), before_seq=written.seq)
            made = decision(written.event_id, recorded, before, raised)
            Precedent.objects.create(case=case, **asdict(made))


def _raised(stream: bytes, *, before_seq: int) -> DisputeRaised | None:
    """Return the dispute that was decided, as the ledger has it; its text stays there."""
    found = last_of(stream, DisputeRaised.type_name(), before_seq=before_seq)
    return DisputeRaised.from_fields(found.fields) if found else None
