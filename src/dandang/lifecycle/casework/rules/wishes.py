"""What an actor wants, one frozen dataclass for each verb; field names are those of the table.

Texts are already checked (`terms.check_text`); codes are not.
"""

from dataclasses import dataclass
from datetime import datetime

from dandang.lifecycle.casework.files.prepared import PreparedFile
from dandang.lifecycle.states import Decision, Outcome


@dataclass(frozen=True, slots=True)
class Assign:
    """The dispatcher's choice of a post, with a corrected category where needed."""

    to_post: str
    category: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Accept:
    """Acknowledge holding."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """Give the case to another post."""

    to_post: str
    reason: str
    text: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Return:
    """Send the case back to where it came from."""

    reason: str
    text: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Dispute:
    """Disagree about who should hold the case."""

    to_post: str
    reason: str
    text: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class DecideDispute:
    """Settle who holds the case."""

    to_post: str
    basis: str
    text: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask the requester for a named missing item."""

    missing: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The requester's answer to the open question.

    An officer who takes it down says whose it is and how it came, on the phone if not said.
    """

    text: str
    request: int | None = None
    channel: str = ""
    files: tuple[PreparedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Contacted:
    """The holder spoke with the requester."""

    how: str
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note; internal ones are not shown to the requester.

    With a request it is what that requester told an officer outside the holder's unit.
    """

    text: str
    internal: bool = False
    request: int | None = None
    channel: str = ""
    files: tuple[PreparedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """A substantive reply to the requester."""

    text: str


@dataclass(frozen=True, slots=True)
class RequestAssist:
    """Ask another post for help."""

    of_post: str
    text: str


@dataclass(frozen=True, slots=True)
class GiveAssist:
    """The help that was asked for."""

    text: str


@dataclass(frozen=True, slots=True)
class AskOther:
    """Wait for a body outside the register: asked when, expected to answer by when."""

    body: str
    asked_at: datetime
    expected_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class PauseStep:
    """Let the step clock stand still until a condition is checked."""

    reason: str
    condition: str
    check_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on working after a question, a wait or a pause."""


@dataclass(frozen=True, slots=True)
class CheckCondition:
    """Whether a condition still holds, and when it is looked at again."""

    holds: bool
    text: str
    check_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AskExtension:
    """Ask for more working days on the total clock."""

    reason: str
    condition: str
    working_days: int
    text: str


@dataclass(frozen=True, slots=True)
class DecideExtension:
    """Grant the days that were asked for, or so many of them, or refuse."""

    decision: Decision
    text: str
    working_days: int | None = None


@dataclass(frozen=True, slots=True)
class AskLegalRoute:
    """Ask that the matter goes to the legally competent body."""

    article: str
    body: str
    acceptance_number: str
    due_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class EnterLegalRoute:
    """Agree to the legal route that was asked for."""

    text: str


@dataclass(frozen=True, slots=True)
class RefuseLegalRoute:
    """Refuse the legal route that was asked for."""

    text: str


@dataclass(frozen=True, slots=True)
class UpdateLegalRoute:
    """What is new on the legal route."""

    text: str


@dataclass(frozen=True, slots=True)
class LeaveLegalRoute:
    """Take the matter back from the legal route."""

    text: str


@dataclass(frozen=True, slots=True)
class MakePromise:
    """A date for the requester."""

    promised_for: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Correct:
    """Which entry was wrong, what was wrong, and what is right."""

    corrects_seq: int
    wrong: str
    text: str


@dataclass(frozen=True, slots=True)
class Propose:
    """Propose closing: what was done, or why it should be explained or declined.

    `confirm_not_before` is when the result can be seen, if not at once.
    """

    outcome: Outcome
    text: str
    contacted_by: str = ""
    reason: str = ""
    basis: str = ""
    confirm_not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class RejectProposal:
    """Send a proposal back."""

    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Explain:
    """Decide that the matter is lawful and in order."""

    reason: str
    basis: str
    text: str


@dataclass(frozen=True, slots=True)
class Decline:
    """Decide that the matter cannot be taken up."""

    reason: str
    text: str
    basis: str = ""
    alternative: str = ""
    second_reader: str = ""


@dataclass(frozen=True, slots=True)
class Reopen:
    """Take an ended case up again."""

    text: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The requester takes the request back."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class ChangeCategory:
    """Correct the category."""

    category: str
    text: str


@dataclass(frozen=True, slots=True)
class LinkExternal:
    """Say which number, and perhaps which deadline, the case has in the system above."""

    external_ref: str
    external_due: datetime | None = None


@dataclass(frozen=True, slots=True)
class NameSubject:
    """Say that the complaint is about a unit."""

    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class DeclareConflict:
    """Declare a conflict of interest of one's own."""

    text: str


@dataclass(frozen=True, slots=True)
class ObjectTo:
    """Object in writing; officers say to which post, requesters do not choose."""

    text: str
    to_post: str = ""


@dataclass(frozen=True, slots=True)
class AnswerObjection:
    """Answer an objection in writing; it is named by its event number."""

    objection_seq: int
    text: str


@dataclass(frozen=True, slots=True)
class Conclude:
    """End a matter that the law has dealt with: number and date of its final review."""

    reason: str
    review_number: str
    reviewed_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class CloseNotSolved:
    """End a matter that its requester refused more than once."""

    reason: str
    text: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class OpenAppeal:
    """Appeal against an end.

    An officer who takes it down says whose it is and how it came, on the phone if not said.
    """

    text: str
    request: int | None = None
    channel: str = ""


@dataclass(frozen=True, slots=True)
class DecideAppeal:
    """Grant or refuse an appeal."""

    decision: Decision
    text: str
