"""Calls upon an officer that are answered or over, from the messages that told of them."""

from dataclasses import dataclass

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.shared.words.events import event_line
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.ledger.queries import StoredEvent, last_of_each
from dandang.lifecycle.casework.queries import streams_of
from dandang.lifecycle.casework.wanted import Wanted
from dandang.notifications.queries import Listed, inbox

MOST = 20
_MESSAGES = 200


@dataclass(frozen=True, slots=True)
class Earlier:
    """A call that no longer waits. `answer` is "" where nobody had to answer it any more."""

    reference: str
    called: str
    answer: str = ""
    by: str = ""
    answered: str = ""


def earlier_calls(officer: Officer, waiting: Wanted, names: Names) -> list[Earlier]:
    """Return the last calls of which the officer was told, the newest first.

    Without those that still wait, and without cases closed to the officer. Three queries.
    """
    told: dict[str, Listed] = {}
    for one in inbox(officer.code, limit=_MESSAGES):
        if one.template == "called_upon":
            told.setdefault(one.reference, one)
    streams = streams_of(told, but=waiting)
    acts = last_of_each(list(streams.values()), ("acted_on_call",))
    found = [
        _earlier(one, acts.get(streams[reference]), officer, names)
        for reference, one in told.items()
        if reference in streams
    ]
    return found[:MOST]


def _earlier(one: Listed, act: StoredEvent | None, officer: Officer, names: Names) -> Earlier:
    called = moment(one.happened_at, officer.now)
    if act is None or act.occurred_at < one.happened_at:
        return Earlier(one.reference, called)
    return Earlier(
        reference=one.reference,
        called=called,
        answer=event_line(act.type, act.fields, names),
        by=names.post_with_unit(act.post),
        answered=moment(act.occurred_at, officer.now),
    )
