"""Events of the work on a case: contact, questions, pauses, promises, help."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from dandang.lifecycle.states import Decision
from dandang.terms import Event


@dataclass(frozen=True, slots=True)
class AssistRequested(Event):
    """The holder asked another unit for help; custody stays."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    from_post: str
    of_post: str
    of_unit: str
    due_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class AssistGiven(Event):
    """The assisting unit gave its part."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    by_post: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionAsked(Event):
    """The holder asked the requester for a named missing item."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    missing: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionAnswered(Event):
    """The requester answered. `waited_minutes` is the working time the case waited.

    `channel` is how an officer got the answer, and `request` whose it is; None for who answers on
    the web. `files` are the SHA-256 (hexadecimal) of the files kept with it.
    """

    personal: ClassVar[frozenset[str]] = frozenset({"text", "files"})

    waited_minutes: int
    text: str
    request: int | None = None
    channel: str | None = None
    files: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class OtherBodyAsked(Event):
    """A body outside the register was asked for something; the case waits for it, nothing pauses.

    `asked_at` is the date of the request to it, `expected_at` when somebody looks again.
    """

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    body: str
    asked_at: datetime
    expected_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class RequesterContacted(Event):
    """The holder spoke with the requester. `how` is a code: phone, visit, message."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    how: str
    text: str


@dataclass(frozen=True, slots=True)
class NoteAdded(Event):
    """Somebody added a note. An internal one is not shown to the requester.

    With a `channel` it is what the sender of `request` told an officer, who wrote it down. `files`
    are the SHA-256 (hexadecimal) of the files kept with it.
    """

    personal: ClassVar[frozenset[str]] = frozenset({"text", "files"})

    internal: bool
    text: str
    request: int | None = None
    channel: str | None = None
    files: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class ReplySent(Event):
    """The holder sent the requester a substantive reply."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    text: str


@dataclass(frozen=True, slots=True)
class Paused(Event):
    """A step clock is paused for a reason that names a checkable condition."""

    personal: ClassVar[frozenset[str]] = frozenset({"condition", "text"})

    reason: str
    condition: str
    check_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Resumed(Event):
    """Work goes on. `cause` is a code.

    Causes: decided, condition_met, check_passed, question_time_spent, other_answered, moved_on.

    `waited_minutes` is the working time the case waited, as far as it counts.
    """

    cause: str
    waited_minutes: int = 0


@dataclass(frozen=True, slots=True)
class ConditionChecked(Event):
    """The condition of a pause, an extension or a decline was checked: whether it still holds.

    `check_at` is when it is checked again.
    """

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    holds: bool
    text: str
    check_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LegalRouteRequested(Event):
    """The holder asked that the matter goes to the legally competent body."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    article: str
    body: str
    acceptance_number: str
    due_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class LegalRouteRefused(Event):
    """The deciding office did not agree to the legal route."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    text: str


@dataclass(frozen=True, slots=True)
class LegalRouteEntered(Event):
    """The matter is with the legally competent body: article, acceptance number, statutory due."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    article: str
    body: str
    acceptance_number: str
    due_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class LegalRouteUpdated(Event):
    """News from the legal route; `left` when the matter came back."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    left: bool
    text: str


@dataclass(frozen=True, slots=True)
class ExtensionRequested(Event):
    """The holder asked, before it was due, for more time on the total clock."""

    personal: ClassVar[frozenset[str]] = frozenset({"condition", "text"})

    reason: str
    condition: str
    working_days: int
    text: str


@dataclass(frozen=True, slots=True)
class ExtensionDecided(Event):
    """A deciding office granted or refused the extension."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    decision: Decision
    working_days: int
    text: str


@dataclass(frozen=True, slots=True)
class PromiseMade(Event):
    """The holder gave the requester a date."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    promised_for: datetime
    text: str


@dataclass(frozen=True, slots=True)
class PromiseKept(Event):
    """What was promised was done in time."""

    promised_for: datetime


@dataclass(frozen=True, slots=True)
class PromiseBroken(Event):
    """The promised date passed without the promised thing."""

    promised_for: datetime


@dataclass(frozen=True, slots=True)
class Corrected(Event):
    """An earlier entry was wrong: says which, what was wrong, and what is right."""

    personal: ClassVar[frozenset[str]] = frozenset({"wrong", "text"})

    corrects_seq: int
    wrong: str
    text: str


@dataclass(frozen=True, slots=True)
class ObjectionFiled(Event):
    """An officer objected in writing, or a requester to an explanation; the author is protected."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    to_post: str
    to_unit: str
    text: str


@dataclass(frozen=True, slots=True)
class ObjectionAnswered(Event):
    """The addressee answered an objection in writing."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    objection_seq: int
    text: str
