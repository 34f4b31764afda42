"""What a row of the verb table is made of, and the fields many rows share."""

from dataclasses import dataclass
from enum import StrEnum

from dandang.lifecycle.states import State
from dandang.policy import CallAnswer


class Who(StrEnum):
    """Who may do a verb. Checked by `casework.rules.permit`.

    A sender is the requester, even of a request that was withdrawn. To `contact` requesters is the
    work of the holder's own officers and of those who take in, call back, dispatch and supervise;
    an onlooker is any other officer who may read the case, and `allowed` is one whom a second
    officer let look.
    """

    REQUESTER = "requester"
    JOINING = "joining"
    SENDER = "sender"
    HOLDER = "holder"
    ASSISTANT = "assistant"
    DISPATCHER = "dispatcher"
    INTAKE = "intake"
    DECIDING = "deciding"
    UNIT_HEAD = "unit_head"
    CALL_BACK = "call_back"
    OFFICER = "officer"
    TAKER = "taker"
    COLLECTOR = "collector"
    CHECKER = "checker"
    SETTER = "setter"
    ADDRESSEE = "addressee"
    CALLED = "called"
    CONTACT = "contact"
    ALLOWED = "allowed"
    ONLOOKER = "onlooker"
    SUPERVISION = "supervision"
    SYSTEM = "system"
    IMPORT = "import"


class Kind(StrEnum):
    """How a field is asked for and checked."""

    LINE = "line"
    TEXT = "text"
    REASON = "reason"
    POST = "post"
    CATEGORY = "category"
    AREA = "area"
    OFFICER = "officer"
    UNIT = "unit"
    CASE = "case"
    INSTANT = "instant"
    CHOICE = "choice"
    YES_NO = "yes_no"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing the actor has to say. `choices` only for Kind.CHOICE."""

    name: str
    kind: Kind
    required: bool = True
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verb:
    """One row of the table.

    `goes_to` names the possible states afterwards (empty: unchanged). `custody` says whether the
    holder may change. `guarded` verbs are refused with `changed_meanwhile` when custody or state
    moved since the actor looked. Whoever does a verb that `answers` calls has acted on those upon
    them, with an event `acted_on_call` of its own.
    """

    name: str
    who: frozenset[Who]
    states: frozenset[State]
    events: tuple[str, ...]
    goes_to: frozenset[State] = frozenset()
    fields: tuple[Field, ...] = ()
    custody: bool = False
    guarded: bool = True
    answers: CallAnswer | None = None
    ready: bool = False

    @property
    def undoes_a_merge(self) -> bool:
        """Whether it is done to a merged case itself, not to the one it went into."""
        return self.states == {State.MERGED}

    @property
    def reasons(self) -> tuple[str, ...]:
        """The verbs of the policy whose reason codes the field `reason` takes."""
        if self.name == "propose":
            return ("explain", "decline")
        if self.name == "ask-extension":
            return ("extension",)
        return (self.name.replace("-", "_"),)


TEXT = Field("text", Kind.TEXT)
TEXT_OPTIONAL = Field("text", Kind.TEXT, required=False)
REASON = Field("reason", Kind.REASON)
BASIS = Field("basis", Kind.LINE)
BASIS_OPTIONAL = Field("basis", Kind.LINE, required=False)
TO_POST = Field("to_post", Kind.POST)
REQUEST = Field("request", Kind.NUMBER, required=False)
CHANNEL = Field("channel", Kind.CHOICE, required=False, choices=("phone", "counter", "letter"))
"""How an officer got what a requester said."""


def who(*roles: Who) -> frozenset[Who]:
    """Return the roles as a set."""
    return frozenset(roles)


def states(*names: State) -> frozenset[State]:
    """Return the states as a set."""
    return frozenset(names)
