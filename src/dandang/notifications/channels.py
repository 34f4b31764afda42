"""What a channel is, and which there are.

To add a channel, make a folder `notifications/<name>/` with a module `channel` that has a class
with the members of `Channel`, and name it in `CHANNELS`. Nothing else knows any channel:

* `following` asks `is_ready()` and `address_of(contact)` to find out whether a person can be
  reached on it, and writes one row a person and channel into `notifications_message`;
* `sending` claims due rows, looks up the address, fills the words, and calls what `opened()`
  gives for each of them, in order. A channel raises `Outage` when its server does not answer (then
  everything waits and nothing counts as a failed try) and `Refused` when it does not take this one
  message; anything else is a mistake in the program.

A channel never keeps, logs or raises an address or a text: error codes are all it may tell.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Protocol

from dandang.notifications.rules.notices import Kind
from dandang.organization.queries import frozen_time


@dataclass(frozen=True, slots=True)
class Contact:
    """Where somebody can be reached; "" where nothing is known. Never kept, never logged.

    A requester left `phone` and `email` with the request; officers have `addresses` by channel.
    """

    phone: str = ""
    email: str = ""
    addresses: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message, ready to be sent.

    `message_id` is the same whenever this message is sent again. `text` may be long, `short` is
    for text messages; `subject` and `short` hold nothing personal but the reference.
    """

    message_id: str
    address: str
    language: str
    subject: str
    text: str
    short: str
    template: str
    reference: str
    kind: Kind


class Outage(Exception):
    """The channel's server cannot be reached or is in no state to work; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Refused(Exception):
    """The server does not take this message; `for_good` when trying again would be no use."""

    def __init__(self, code: str, *, for_good: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.for_good = for_good


Send = Callable[[Outgoing], None]
"""Sends one message. Raises Outage or Refused."""


class Channel(Protocol):
    """A way by which messages reach people.

    `goes_out` says that it leads out of these pages, to somebody's telephone or mailbox: while the
    time stands still, for training or a demonstration, nobody is written to by it.
    """

    name: str
    goes_out: bool

    def is_ready(self) -> bool:
        """Say whether it is set up here. Messages are only written for channels that are."""

    def check(self) -> None:
        """Raise InputError with everything that is wrong in the files it is set up with."""

    def serves(self, kind: Kind, *, urgent: bool, template: str) -> bool:
        """Say whether such people get such messages on it."""

    def address_of(self, contact: Contact) -> str:
        """Return where somebody is reached on it; "" for nowhere."""

    def opened(self) -> AbstractContextManager[Send]:
        """Open it for a batch. Raises Outage."""


CHANNELS: Mapping[str, str] = MappingProxyType(
    {
        "inbox": "dandang.notifications.inbox.channel:Inbox",
        "mail": "dandang.notifications.mail.channel:Mail",
        "sms": "dandang.notifications.sms.channel:Sms",
        "call": "dandang.notifications.call_back.channel:Call",
    }
)
"""By name, in the order of preference for requesters."""

ON_PAGE = "inbox"
"""Its rows are read where they are: nothing has to be sent."""


@cache
def channel(name: str) -> Channel:
    """Return the channel of this name. Raises KeyError."""
    module, _, attribute = CHANNELS[name].partition(":")
    found: Channel = getattr(import_module(module), attribute)()
    return found


def channels_in_use() -> tuple[Channel, ...]:
    """Return the channels by which messages may go now, in the order of preference. One query."""
    # The numbers of a fictional city may be those of real people.
    only_inside = frozen_time() is not None
    found = (channel(name) for name in CHANNELS)
    return tuple(one for one in found if not (only_inside and one.goes_out))


def ready_channels() -> tuple[Channel, ...]:
    """Return those of them that are set up here."""
    return tuple(one for one in channels_in_use() if one.is_ready())
