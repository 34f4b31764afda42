"""Events that split a case or join cases."""

from dataclasses import dataclass
from typing import ClassVar

from dandang.lifecycle.states import State
from dandang.terms import Event


@dataclass(frozen=True, slots=True)
class SplitRequested(Event):
    """A unit asked for a split; the dispatcher decides."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    parts: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Split(Event):
    """The case was split. Children are named by their ledger streams (base64url)."""

    children: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChildEnded(Event):
    """A child of this case ended."""

    child: str
    end: State


@dataclass(frozen=True, slots=True)
class Merged(Event):
    """The case was joined into another, named by its ledger stream (base64url)."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    into: str
    text: str


@dataclass(frozen=True, slots=True)
class Unmerged(Event):
    """A merge was undone; the case is as before, under the same total clock."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    out_of: str
    text: str
