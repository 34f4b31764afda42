"""Events of how a requester is reached, and of the access code."""

from dataclasses import dataclass
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
