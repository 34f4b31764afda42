"""Time between two acts of the city: what comes due happens then, and who was called is told."""

from dataclasses import dataclass
from datetime import datetime

from dandang.demo.answering import Called
from dandang.ledger.queries import StoredEvent, recorded_since
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.escalation.actions.fire import next_due
from dandang.lifecycle.work import fire_until
from dandang.policy import CallTarget

__all__ = ["Heard", "heard_since", "next_due", "run_out"]


def run_out(at: datetime) -> None:
    """Fire everything due at this instant or before, and what becomes due by that: all of it now.

    Raises RuntimeError where a clock could not be dealt with: a city has none of those.
    """
    worked = fire_until(at, begins=at)
    if worked.aside:
        raise RuntimeError(f"{worked.aside} clocks were set aside at {at}")


@dataclass(frozen=True, slots=True)
class Heard:
    """What was recorded that people answer: calls, and cases whose requesters are asked again.

    `until` is the number of the event to ask with next; `asked` are references.
    """

    until: int
    calls: list[Called]
    asked: list[str]


def heard_since(number: int) -> Heard:
    """Return what was recorded after the event of this number."""
    events = recorded_since(number, "called_upon")
    asked = [
        event for event in recorded_since(number, "look_back_asked") if event.fields.get("drawn")
    ]
    streams = {event.stream for event in (*events, *asked)}
    rows = Case.objects.filter(stream__in=list(streams)).values_list("stream", "reference")
    references = {bytes(stream): reference for stream, reference in rows}
    return Heard(
        until=max([number, *(event.event_id for event in (*events, *asked))]),
        calls=[_called(event, references[bytes(event.stream)]) for event in events],
        asked=[references[bytes(event.stream)] for event in asked],
    )


def _called(event: StoredEvent, reference: str) -> Called:
    fields = event.fields
    answered_by = fields["answered_by"]
    assert isinstance(answered_by, list)
    return Called(
        reference=reference,
        seq=event.seq,
        post=str(fields["called_post"]),
        target=CallTarget(str(fields["target"])),
        answers=tuple(str(one) for one in answered_by),
        at=event.occurred_at,
        due_at=datetime.fromisoformat(str(fields["due_at"])),
    )
