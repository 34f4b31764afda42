"""Keeping promises in mind, and what became of them, in the transaction of the event."""

from collections.abc import Sequence
from dataclasses import asdict

from dandang.ledger.append import Appended
from dandang.lifecycle.casework.events.work import PromiseMade
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.promises import PromiseRow
from dandang.lifecycle.casework.rules.promises import Fate, fate_of, made
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.terms import Recorded


def keep_promises(
    case: Case,
    before: CaseState,
    after: CaseState,
    records: Sequence[Recorded],
    appended: Sequence[Appended],
) -> None:
    """Write what the events just appended make of the promises of a case. Needs a transaction.

    The events are those of one act, between these two states.
    """
    is_open = before.promised_for is not None
    for recorded, written in zip(records, appended, strict=True):
        fate = fate_of(recorded.event, still_promised=True)
        if is_open and fate is not None:
            _settle(case, fate, recorded)
            is_open = False
        if isinstance(recorded.event, PromiseMade):
            promise = made(written.event_id, recorded, before.holder_unit)
            PromiseRow.objects.create(case=case, **{**asdict(promise), "fate": ""})
            is_open = True
    if is_open and after.promised_for is None:
        _settle(case, Fate.DROPPED, records[-1])


def _settle(case: Case, fate: Fate, recorded: Recorded) -> None:
    PromiseRow.objects.filter(case=case, fate="").update(
        fate=fate.value, settled_at=recorded.occurred_at
    )
