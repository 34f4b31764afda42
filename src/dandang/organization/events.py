"""What can have happened to the body as a whole. These events stand in the body's own chain."""

from dataclasses import dataclass
from datetime import date

from dandang.terms import Event


@dataclass(frozen=True, slots=True)
class PolicyAdopted(Event):
    """A policy took effect; `hash` is the fingerprint of its content."""

    policy: str
    version: int
    hash: str


@dataclass(frozen=True, slots=True)
class NoticeAdopted(Event):
    """A calendar notice was added. `working` and `rest` are its days, sorted, as YYYY-MM-DD."""

    source: str
    published: date
    first: date
    last: date
    working: tuple[str, ...]
    rest: tuple[str, ...]


BODY_EVENTS = (PolicyAdopted, NoticeAdopted)
