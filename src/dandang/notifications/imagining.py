"""Who would be told of an act that is only imagined, by which channel and in which words."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from dandang.lifecycle.casework.rules.state import CaseState
from dandang.notifications.channels import ready_channels
from dandang.notifications.contacts import reached
from dandang.notifications.following import stopped, ways
from dandang.notifications.reading import cases_of
from dandang.notifications.rendering import Text, names_now, spoken, text_of
from dandang.notifications.rules.notices import (
    CaseFacts,
    Happened,
    Kind,
    Notice,
    Situation,
)
from dandang.notifications.rules.officers import to_officers
from dandang.notifications.rules.requesters import to_requesters
from dandang.organization.queries import present
from dandang.terms import Recorded


@dataclass(frozen=True, slots=True)
class Telling:
    """A message that several people would get in the same words.

    `officers` are their staff codes. `channels` says how many get it on which channel, "" for
    those who cannot be reached; `text` is how it reads, in the language of the body.
    """

    kind: Kind
    template: str
    text: Text
    channels: Mapping[str, int]
    officers: tuple[str, ...] = ()


def would_tell(
    stream: bytes, after: CaseState, records: Sequence[Recorded], now: datetime
) -> tuple[Telling, ...]:
    """Return who would be told of these events of a case that then stands as `after`.

    Nothing is written or sent. A set number of queries, whatever the number of requesters.
    """
    before = cases_of([stream]).get(stream)
    if before is None:
        return ()
    directory = present().directory
    case = _facts_after(before, after)
    notices = list(
        chain.from_iterable(
            chain(to_requesters(it), to_officers(it))
            for it in (
                Situation(happened=_happened(one), case=case, directory=directory, now=now)
                for one in records
            )
        )
    )
    return tuple(_told(notices)) if notices else ()


def _told(notices: Sequence[Notice]) -> Iterator[Telling]:
    recipients = {notice.recipient for notice in notices}
    people, stops, channels = reached(recipients), stopped(recipients), ready_channels()
    groups: dict[tuple[Kind, str], list[Notice]] = {}
    for notice in notices:
        groups.setdefault((notice.recipient.kind, notice.template), []).append(notice)
    names = names_now()
    for (kind, template), same in groups.items():
        counted: Counter[str] = Counter()
        for notice in same:
            code = notice.recipient.code
            found = ways(channels, notice, people[notice.recipient], stops.get(code, frozenset()))
            counted.update([one.name for one in found] or [""])
        with spoken(""):
            text = text_of(template, same[0].params, names)
        officers = [one.recipient.code for one in same] if kind is Kind.OFFICER else []
        yield Telling(kind, template, text, dict(counted), tuple(dict.fromkeys(officers)))


def _happened(record: Recorded) -> Happened:
    return Happened(
        event_id=0,
        type=record.event.type_name(),
        fields=record.event.to_fields(),
        by=record.by,
        occurred_at=record.occurred_at,
        dues=record.dues,
    )


def _facts_after(before: CaseFacts, after: CaseState) -> CaseFacts:
    """Return a case as it would stand, with the references that its senders know."""
    known = {one.number: one for one in before.requests}
    return replace(
        before,
        state=after.state.value,
        holder=after.holder,
        holder_unit=after.holder_unit,
        is_open=after.is_open,
        requests=tuple(
            replace(
                known[one.number],
                is_active=one.is_active,
                has_judged=one.verdict is not None,
            )
            for one in after.requests
            if one.number in known
        ),
        subject_units=after.subject_units,
        conflicts=after.conflicts,
        due={
            due.clock: due.at
            for due in after.clocks.values()
            if due.at is not None and not due.paused
        },
    )
