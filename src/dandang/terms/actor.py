"""Who acts."""

from dataclasses import dataclass
from enum import StrEnum

from typing_extensions import override


class ActorKind(StrEnum):
    """The four kinds of actor an event can have."""

    REQUESTER = "requester"
    OFFICER = "officer"
    SYSTEM = "system"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an officer, the requester of one of the case's requests, an import, or the system.

    `code` is never a name: officers have a staff code, requesters the number of their request
    ("1", "2", …), an import the name of its map. It may stand in the ledger.
    """

    kind: ActorKind
    code: str = ""

    @classmethod
    def officer(cls, code: str) -> "Actor":
        """Return the officer with this staff code."""
        return cls(ActorKind.OFFICER, code)

    @classmethod
    def requester(cls, request_number: int) -> "Actor":
        """Return the sender of this request of the case."""
        return cls(ActorKind.REQUESTER, str(request_number))

    @classmethod
    def system(cls) -> "Actor":
        """Return the system itself: clocks and automatic assignment."""
        return cls(ActorKind.SYSTEM)

    @classmethod
    def importer(cls, map_name: str) -> "Actor":
        """Return an import run with this map."""
        return cls(ActorKind.IMPORT, map_name)

    @override
    def __str__(self) -> str:
        """Return the ledger form, for example `officer:W-017` or `system`."""
        return f"{self.kind}:{self.code}" if self.code else self.kind.value

    @classmethod
    def parse(cls, text: str) -> "Actor":
        """Read the ledger form back. Raises ValueError on an unknown kind."""
        kind, _, code = text.partition(":")
        return cls(ActorKind(kind), code)
