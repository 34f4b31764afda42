"""Events of what the public may read of a case: the sender's agreement, an officer's decision."""

from dataclasses import dataclass
from typing import ClassVar

from dandang.terms import Event


@dataclass(frozen=True, slots=True)
class PublishingAllowed(Event):
    """The sender of a request agreed that the matter is shown publicly, or took that back.

    Of a matter that an office set, the office says so as `request` 1.
    """

    request: int
    allowed: bool


@dataclass(frozen=True, slots=True)
class TextPublished(Event):
    """An officer published a text of the case as the public reads it, without what names people."""

    personal: ClassVar[frozenset[str]] = frozenset({"title", "text", "place"})

    title: str
    text: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class TextWithheld(Event):
    """An officer decided that the public reads nothing of the case. `cause` is a code.

    Causes: recognisable, third_party, proceedings, not_public.
    """

    cause: str
