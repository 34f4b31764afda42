"""Events of how a requester is reached, who looked at it, and of the access code."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from dandang.terms import Event


@dataclass(frozen=True, slots=True)
class ContactChanged(Event):
    """The contact of a request is another one from now on: what is not given is none any more.

    `digests` name the values it had before, which were erased with this. `checked` is how an
    officer made sure who asked for it; a requester's own change has none. `reachable` is whether
    an answer can be asked for afterwards.
    """

    personal: ClassVar[frozenset[str]] = frozenset({"name", "phone", "email", "checked"})

    request: int
    reachable: bool
    digests: tuple[str, ...] = ()
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    checked: str | None = None


@dataclass(frozen=True, slots=True)
class ContactErased(Event):
    """The contact of a request was erased. `digests` name the values; messages end with it.

    `reachable` is whether its sender can still be asked for an answer: on the own page.
    """

    request: int
    reachable: bool
    digests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccessCodeReplaced(Event):
    """A request has another access code: the old one, links and open pages end with it.

    `how` is `one_time_code` (the requester, by a code sent to the contact left) or `officer`, with
    how the officer made sure who asked for it.
    """

    personal: ClassVar[frozenset[str]] = frozenset({"checked"})

    request: int
    how: str
    checked: str | None = None


@dataclass(frozen=True, slots=True)
class IdentityUnmasked(Event):
    """An officer looked at who sent a request and how to reach them, and says why.

    Until `until`, the end of the body's day, this officer sees it. `purpose` is one of
    `verbs.contact.PURPOSES`, `text` says more. `second_officer` allowed it where four eyes are
    needed.
    """

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    request: int
    purpose: str
    until: datetime
    second_officer: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class EarlierRequestsSeen(Event):
    """An officer looked at what the sender of a request sent before, and says why.

    Until `until`, the end of the body's day, this officer sees them. `purpose` is one of
    `verbs.contact.EARLIER_PURPOSES`, `text` says more.
    """

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    request: int
    purpose: str
    until: datetime
    text: str | None = None


@dataclass(frozen=True, slots=True)
class UnmaskingRequested(Event):
    """An officer whose work it is not asked to see who sent a request, and says why.

    By `due_at` a second officer decides; earlier ledgers name no time.
    """

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    request: int
    purpose: str
    due_at: datetime | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class UnmaskingAllowed(Event):
    """A second officer allowed `officer` to look, until `until`: `asked_seq` is what was asked."""

    asked_seq: int
    request: int
    officer: str
    until: datetime


@dataclass(frozen=True, slots=True)
class UnmaskingRefused(Event):
    """A second officer refused it to `officer`, with the reason: `asked_seq` is what was asked."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    asked_seq: int
    request: int
    officer: str
    text: str
