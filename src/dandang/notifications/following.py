"""Reading the ledger by its index and writing down who is told what; nothing is sent here.

A batch of events, the messages that come of it and the place reached are one transaction: killed
at any point, it has been done or not begun. Read again from an earlier place, the same messages
come of the same events, and those that are there already are left as they are.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from dandang.ledger.queries import StoredEvent, follow
from dandang.notifications.channels import ON_PAGE, Channel, ready_channels
from dandang.notifications.contacts import Reached, reached
from dandang.notifications.models import Cursor, Message, MessageState, SetAside, Stop
from dandang.notifications.reading import cases_of, happened
from dandang.notifications.rules.notices import (
    CaseFacts,
    Kind,
    Notice,
    Recipient,
    Situation,
    Urgency,
)
from dandang.notifications.rules.officers import to_officers
from dandang.notifications.rules.requesters import to_requesters
from dandang.notifications.rules.timing import TOO_OLD, due_at, next_digest
from dandang.organization.queries import Present, present
from dandang.terms import Code, Refusal

FOLLOWER = "messages"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Told:
    """One notice with the event it is about."""

    event: StoredEvent
    notice: Notice


def follow_once(*, now: datetime, limit: int = 500) -> int:
    """Deal with at most `limit` events of the ledger; return how many. `now` is aware.

    0 when there is nothing new, when another process is at it, and before there is an
    organisation.
    """
    try:
        known = present()
    except Refusal as refusal:
        if refusal.code is Code.NO_ORGANIZATION:
            return 0
        raise
    with transaction.atomic():
        cursor = _cursor()
        page = follow(cursor.idx, limit=limit) if cursor else []
        if cursor is None or not page:
            return 0
        _write([event for _, event in page], known, now)
        cursor.idx = page[-1][0]
        cursor.save(update_fields=["idx"])
    return len(page)


def _cursor() -> Cursor | None:
    """Return the place reached, locked; None when another process has it."""
    Cursor.objects.get_or_create(name=FOLLOWER)
    return Cursor.objects.select_for_update(skip_locked=True).filter(name=FOLLOWER).first()


def _write(events: Sequence[StoredEvent], known: Present, now: datetime) -> None:
    recent = [event for event in events if now - event.occurred_at <= TOO_OLD]
    cases = cases_of(event.stream for event in recent)
    told: list[_Told] = []
    failed: list[SetAside] = []
    for event in recent:
        case = cases.get(event.stream)
        if case is None:
            continue
        try:
            told += _notices(event, case, known, now)
        except Exception as error:  # noqa: BLE001 one event that cannot be read holds up no other
            kind = type(error).__name__
            _log.error("no message came of event %s: %s", event.event_id, kind)
            failed.append(
                SetAside(follower=FOLLOWER, event_id=event.event_id, error=kind[:64], at=now)
            )
    SetAside.objects.bulk_create(failed, ignore_conflicts=True)
    rows = _Writer(told, known, now).rows()
    Message.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


def _notices(event: StoredEvent, case: CaseFacts, known: Present, now: datetime) -> list[_Told]:
    situation = Situation(happened=happened(event), case=case, directory=known.directory, now=now)
    notices = chain(to_requesters(situation), to_officers(situation))
    return [_Told(event, notice) for notice in notices]


class _Writer:
    """Turns notices into rows: on which channels, and when."""

    def __init__(self, told: Sequence[_Told], known: Present, now: datetime) -> None:
        recipients = {one.notice.recipient for one in told}
        self._told = told
        self._known = known
        self._now = now
        self._channels = ready_channels()
        self._reached = reached(recipients)
        self._stopped = stopped(recipients)
        self._recent = _recently(recipients, now) if told else Counter()

    def rows(self) -> Iterator[Message]:
        """Yield the rows to write."""
        for one in self._told:
            for channel in self._ways(one.notice):
                yield self._row(one, channel)

    def _ways(self, notice: Notice) -> tuple[Channel, ...]:
        person = self._reached[notice.recipient]
        stops = self._stopped.get(notice.recipient.code, frozenset())
        return ways(self._channels, notice, person, stops)

    def _row(self, told: _Told, channel: Channel) -> Message:
        notice = told.notice
        arrived = channel.name == ON_PAGE
        at = self._now if arrived else self._due_at(notice, channel.name)
        return Message(
            event_id=told.event.event_id,
            recipient=str(notice.recipient),
            channel=channel.name,
            template=notice.template,
            reference=notice.params.get("reference", ""),
            params=dict(notice.params),
            urgent=notice.urgency is not Urgency.ORDINARY,
            happened_at=told.event.occurred_at,
            created_at=self._now,
            due_at=at,
            next_try_at=at,
            state=MessageState.SENT if arrived else MessageState.WAITING,
            sent_at=self._now if arrived else None,
        )

    def _due_at(self, notice: Notice, channel: str) -> datetime:
        hours, calendar = settings.MESSAGE_HOURS, self._known.calendar
        at = due_at(self._now, notice.recipient.kind, notice.urgency, hours, calendar)
        if notice.recipient.kind is Kind.OFFICER and notice.urgency is Urgency.ORDINARY:
            key = (str(notice.recipient), channel)
            self._recent[key] += 1
            if self._recent[key] > hours.digest_after:
                return max(at, next_digest(self._now, hours, calendar))
        return at


def ways(
    channels: Sequence[Channel], notice: Notice, person: Reached, stops: Iterable[str]
) -> tuple[Channel, ...]:
    """Return the channels a notice goes out on.

    Officers get it on each that serves them. Requesters get it on the first by which they can be
    reached and which they have not stopped; `stops` are channels, "" for all of them.
    """
    kind, urgent = notice.recipient.kind, notice.urgency is not Urgency.ORDINARY
    refused = set(stops)
    found = tuple(
        channel
        for channel in channels
        if channel.serves(kind, urgent=urgent, template=notice.template)
        and channel.name not in refused
        and channel.address_of(person.contact)
    )
    if kind is Kind.OFFICER:
        return found
    return () if "" in refused else found[:1]


def stopped(recipients: Iterable[Recipient]) -> Mapping[str, frozenset[str]]:
    """Return the channels that requesters have stopped, by reference. One query."""
    references = {one.code for one in recipients if one.kind is Kind.REQUESTER}
    found: dict[str, set[str]] = defaultdict(set)
    rows = Stop.objects.filter(reference__in=references).values_list("reference", "channel")
    for reference, channel in rows:
        found[reference].add(channel)
    return {reference: frozenset(channels) for reference, channels in found.items()}


def _recently(recipients: Iterable[Recipient], now: datetime) -> Counter[tuple[str, str]]:
    """Return how many messages officers were given lately, by recipient and channel. One query."""
    since = now - settings.MESSAGE_HOURS.digest_window
    rows = (
        Message.objects.filter(
            recipient__in=[str(one) for one in recipients if one.kind is Kind.OFFICER],
            created_at__gt=since,
            urgent=False,
        )
        .values("recipient", "channel")
        .annotate(n=Count("*"))
    )
    return Counter({(row["recipient"], row["channel"]): row["n"] for row in rows})
