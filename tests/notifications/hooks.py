"""Receivers of webhooks and what the city gives them to receive."""

import json
from datetime import UTC, datetime

from dandang.ledger.sequencer import sequence_once
from dandang.notifications.webhook.sending import Worked, deliver_once
from tests import town
from tests.notifications.city import does, opens
from tests.notifications.receiver import Receiver

NOW = town.MONDAY
REAL = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


def indexed() -> None:
    while sequence_once():
        pass


def works(now: datetime = NOW) -> Worked:
    """Let turns be given until nothing is due; return what was done in all."""
    indexed()
    total = Worked()
    while not (done := deliver_once(now=now, clock=lambda: REAL)).is_idle:
        for name in ("taken_in", "sent", "failed", "dead"):
            setattr(total, name, getattr(total, name) + getattr(done, name))
    return total


def events(there: Receiver) -> list[dict]:
    return [json.loads(one.body) for one in there.taken]


def told(there: Receiver) -> list[str]:
    return [one["type"].removeprefix("dandang.case.") for one in events(there)]


def handed_over() -> str:
    """A case with some history: opened and assigned, accepted, handed over."""
    reference = opens("water_supply")
    does("accept", reference, town.LI_NA, now=NOW)
    why = {"reason": "not_our_duty", "text": "Mrs Liu says so", "basis": "List no. 3"}
    does("hand-over", reference, town.LI_NA, now=NOW, to_post="housing-duty", **why)
    return reference
