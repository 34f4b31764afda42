"""Events that move a case between posts, or settle who holds it.

A custody event names the new holder as `to_post` and `to_unit`: the unit the post belonged to then.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from dandang.lifecycle.states import Behalf, State
from dandang.terms import Event


@dataclass(frozen=True, slots=True)
class CaseOpened(Event):
    """A request came in and became a case, held from the first instant by the intake post.

    `sent_at` is when the requester sent it (claimed, for imports); `counts_from` is when the total
    clock starts: the same, except for imports, whose clocks start at the import.

    `subject_units` are the units complained about. `external_ref` and `external_due` are those of
    the system above. A child names its `parent` and the `root` of the family by their ledger
    streams (base64url), and `parent_request` where one requester's request goes on in it;
    `begins_as` is its state then. `set_by` is the post that set a decision or a part, `due_by` the
    time the total clock of a part may not pass. `promised_by` is when the total clock is due in
    place of what the class says: a date that was set, or the deadline of a parent. `conflicts` are
    the officers who declared one in the case it is a part of. `may_publish`: its sender agreed that
    it is shown publicly, as an officer cleans it.

    `on_behalf` is who stood before the officer who took it in (None where its sender wrote it), a
    proxy with name and relation to the sender; `read_back` says that what was written down was
    read to them, and that they agreed. `files` are the SHA-256 (hexadecimal) of the files kept with
    the request.
    """

    personal: ClassVar[frozenset[str]] = frozenset(
        {
            *("title", "text", "location", "name", "phone", "email"),
            *("proxy_name", "proxy_relation", "files"),
        }
    )

    kind: str
    channel: str
    to_post: str
    to_unit: str
    policy: str
    case_class: str
    sent_at: datetime
    counts_from: datetime
    reachable: bool
    title: str
    text: str
    category: str | None = None
    area: str | None = None
    happening_now: bool = False
    location: str | None = None
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    subject_units: tuple[str, ...] = ()
    external_ref: str | None = None
    external_due: datetime | None = None
    parent: str | None = None
    root: str | None = None
    parent_request: int | None = None
    begins_as: State | None = None
    set_by: str | None = None
    due_by: datetime | None = None
    promised_by: datetime | None = None
    conflicts: tuple[str, ...] = ()
    may_publish: bool = False
    on_behalf: Behalf | None = None
    read_back: bool = False
    proxy_name: str | None = None
    proxy_relation: str | None = None
    files: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Assigned(Event):
    """The case went to a post. `why` is a routing code: duty, fallback, dispatcher."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    to_post: str
    to_unit: str
    why: str
    duty: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Accepted(Event):
    """An officer of the holding post acknowledged holding. No clock waits for this."""


@dataclass(frozen=True, slots=True)
class HandedOver(Event):
    """The holder handed the case over sideways."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    from_post: str
    from_unit: str
    to_post: str
    to_unit: str
    reason: str
    text: str
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Returned(Event):
    """The receiver sent the case back to the previous holder within its window."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    from_post: str
    from_unit: str
    to_post: str
    to_unit: str
    reason: str
    text: str
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class DisputeRaised(Event):
    """Two units disagree; the holder keeps the case until a deciding office has decided.

    `ground` is a code: by_holder, second_return, third_hand_over. `wanted_post` is where the
    holder wanted it to go.
    """

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    ground: str
    wanted_post: str
    wanted_unit: str
    reason: str
    text: str
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class DisputeDecided(Event):
    """A deciding office decided, bindingly, who holds the case; a precedent."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    to_post: str
    to_unit: str
    basis: str
    text: str


@dataclass(frozen=True, slots=True)
class CategoryChanged(Event):
    """The category was corrected; the case and its total clock stay the same."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    from_category: str | None
    to_category: str
    case_class: str
    text: str


@dataclass(frozen=True, slots=True)
class SubjectNamed(Event):
    """A unit is what the complaint is about: it can neither hold the case nor see the requester.

    `released` are posts of it that had been asked for help, which is asked of them no more.
    """

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    unit: str
    text: str
    released: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExternalLinked(Event):
    """The case has a number and perhaps a deadline in the system above; the earlier one rules."""

    external_ref: str
    external_due: datetime | None = None


@dataclass(frozen=True, slots=True)
class TotalMoved(Event):
    """The time that the total clock may not pass was moved. `cause` is a code: parent."""

    cause: str
    due_by: datetime


@dataclass(frozen=True, slots=True)
class ConflictDeclared(Event):
    """An officer declared a conflict of interest and may not act on this case."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    officer: str
    text: str


@dataclass(frozen=True, slots=True)
class Recused(Event):
    """The holding post may not hold the case any more; its substitute does. `cause` is a code.

    Causes: conflict (nobody in the post is without one), subject (the complaint is about its unit).
    """

    to_post: str
    to_unit: str
    cause: str = "conflict"


@dataclass(frozen=True, slots=True)
class PostInherited(Event):
    """The holding post has a new incumbent, who inherits the case with its clocks."""

    officer: str
    inherited_at: datetime


@dataclass(frozen=True, slots=True)
class Substituted(Event):
    """A substitute acts for the holding post from now until a date."""

    officer: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reopened(Event):
    """An ended case, or a refused proposal, is worked on again. `cause` is a code.

    Causes: judged_no, judged_partly, requester, deciding_office, appeal, recurred.
    """

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    to_post: str
    to_unit: str
    cause: str
    text: str | None = None
