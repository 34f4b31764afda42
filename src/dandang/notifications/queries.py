"""Asking about messages: how the follower and the channels are, what is dead, who reads what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Count, Q, QuerySet

from dandang.ledger.queries import last_index
from dandang.ledger.sequencer import lag
from dandang.lifecycle.casework.keeping_out import KeptOut, closed_to
from dandang.lifecycle.casework.statements import Statement, ask, statement_of
from dandang.notifications.channels import CHANNELS, ON_PAGE, channel
from dandang.notifications.following import FOLLOWER
from dandang.notifications.models import ChannelState, Cursor, Message, MessageState, SetAside, Stop
from dandang.notifications.rendering import Names, Unknown, names_now, text_of
from dandang.notifications.rules.notices import Kind, Recipient

PAGE = 50
_NONE = (0, 0)
_MOST_KEPT = 1024


@dataclass(frozen=True, slots=True)
class ChannelStatus:
    """One channel. `due` are those that should be out already; `down_until` is the next try."""

    name: str
    is_ready: bool
    waiting: int
    due: int
    dead: int
    failures: int
    down_until: datetime | None
    error: str

    @property
    def is_well(self) -> bool:
        """Whether its server answers and nothing was given up."""
        return not self.failures and not self.dead


@dataclass(frozen=True, slots=True)
class Status:
    """How the follower is: events it has not read, events it failed for, and the channels."""

    behind: int
    set_aside: int
    channels: tuple[ChannelStatus, ...]

    @property
    def is_well(self) -> bool:
        """Whether nothing needs anybody's attention."""
        return not self.set_aside and all(one.is_well for one in self.channels)


@dataclass(frozen=True, slots=True)
class Listed:
    """One message as a list shows it. `headline` is in the language of the moment."""

    id: int
    reference: str
    template: str
    headline: str
    recipient: str
    channel: str
    happened_at: datetime
    urgent: bool
    tries: int
    error: str
    read_at: datetime | None


def status(*, now: datetime) -> Status:
    """Return how things are. Six queries, whatever the number of messages."""
    reached = Cursor.objects.filter(name=FOLLOWER).values_list("idx", flat=True).first()
    return Status(
        behind=last_index() - (-1 if reached is None else reached) + lag().waiting,
        set_aside=SetAside.objects.filter(follower=FOLLOWER).count(),
        channels=_channels(now),
    )


def _channels(now: datetime) -> tuple[ChannelStatus, ...]:
    # One query for each state: both are counted from indexes that hold nothing else.
    waiting = _counted(MessageState.WAITING, now)
    given_up = _counted(MessageState.DEAD, now)
    states = ChannelState.objects.in_bulk()
    return tuple(
        _channel(name, waiting.get(name, _NONE), given_up.get(name, _NONE), states.get(name))
        for name in CHANNELS
    )


def _counted(state: MessageState, now: datetime) -> dict[str, tuple[int, int]]:
    """Return how many messages are in a state, and how many of them are due, by channel."""
    rows = (
        Message.objects.filter(state=state)
        .values("channel")
        .annotate(number=Count("id"), due=Count("id", filter=Q(due_at__lte=now)))
    )
    return {row["channel"]: (row["number"], row["due"]) for row in rows}


def _channel(
    name: str,
    waiting: tuple[int, int],
    given_up: tuple[int, int],
    state: ChannelState | None,
) -> ChannelStatus:
    return ChannelStatus(
        name=name,
        is_ready=channel(name).is_ready(),
        waiting=waiting[0],
        due=waiting[1],
        dead=given_up[0],
        failures=state.failures if state else 0,
        down_until=state.next_try_at if state else None,
        error=state.error if state else "",
    )


def dead(*, limit: int = PAGE, after: int = 0) -> list[Listed]:
    """Return messages that were given up, the oldest first, from this one on."""
    rows = Message.objects.filter(state=MessageState.DEAD, channel__in=list(CHANNELS), id__gt=after)
    return _listed(rows.order_by("channel", "id")[:limit])


def inbox(
    officer: str,
    *,
    limit: int = PAGE,
    unread_only: bool = False,
    before: int | None = None,
    hidden_from: KeptOut | None = None,
) -> list[Listed]:
    """Return what an officer was told, the newest first; `before` is the number of a message.

    `hidden_from` leaves out what is about cases closed to the officer by now.
    """
    rows = _open_to(hidden_from, officer)
    if unread_only:
        rows = rows.filter(read_at=None)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return _listed(rows.order_by("-id")[:limit])


def unread(officer: str, *, hidden_from: KeptOut | None = None) -> int:
    """Return how many messages an officer has not read yet."""
    ((number,),) = ask(_counting_unread(officer, hidden_from))
    return int(number)


@lru_cache(maxsize=_MOST_KEPT)  # every page of the desk asks it
def _counting_unread(officer: str, hidden_from: KeptOut | None) -> Statement:
    rows = _open_to(hidden_from, officer).filter(read_at=None).order_by()
    text, values = statement_of(rows.values("pk"))
    return f"SELECT count(*) FROM ({text}) AS one", values  # noqa: S608 no value is in the text


def wants_none(reference: str) -> bool:
    """Say whether the sender of a request has stopped every message about it."""
    return Stop.objects.filter(reference=reference, channel="").exists()


def _open_to(hidden_from: KeptOut | None, officer: str) -> QuerySet[Message]:
    rows = Message.objects.filter(recipient=_officer(officer), channel=ON_PAGE)
    if hidden_from is None:
        return rows
    return rows.exclude(reference__in=closed_to(hidden_from).values("reference"))


def _officer(code: str) -> str:
    return str(Recipient(Kind.OFFICER, code))


def _listed(rows: Iterable[Message]) -> list[Listed]:
    names = names_now()
    return [
        Listed(
            id=row.pk,
            reference=row.reference,
            template=row.template,
            headline=_headline(row, names),
            recipient=row.recipient,
            channel=row.channel,
            happened_at=row.happened_at,
            urgent=row.urgent,
            tries=row.tries,
            error=row.error,
            read_at=row.read_at,
        )
        for row in rows
    ]


def _headline(row: Message, names: Names) -> str:
    try:
        return text_of(row.template, row.params, names).headline
    except (KeyError, Unknown):
        return row.template
