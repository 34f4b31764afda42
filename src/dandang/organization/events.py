"""What can have happened to the body as a whole. These events stand in the body's own chain."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

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


class What(StrEnum):
    """What became of an entry of the register."""

    ADDED = "added"
    CHANGED = "changed"
    ENDED = "ended"
    TAKEN_BACK = "taken_back"
    """It ended before it began, and the register keeps no trace of it."""


@dataclass(frozen=True, slots=True)
class RegisterChanged(Event):
    """An entry of the register was added, changed or ended by a single act.

    `code` tells it apart in its table (staff codes, never names), `fields` are the columns that
    were given or changed, `values` those that name nobody and reach nobody, as `column=value`.
    """

    table: str
    code: str
    what: What
    fields: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterLoaded(Event):
    """Files were loaded that changed the register: how many entries were added, changed, ended."""

    added: int
    changed: int
    ended: int


@dataclass(frozen=True, slots=True)
class ConfigurationExported(Event):
    """Somebody took the whole configuration away, the names of officers among it."""

    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccountAdministered(Event):
    """An administrator did something about the account of an officer.

    `officer` is the staff code; `act` is a word of `organization.access.kinds.Happened`.
    """

    officer: str
    act: str


@dataclass(frozen=True, slots=True)
class SampleDrawn(Event):
    """A sample of ended cases was drawn: from what, by which seed, how many of how many.

    `ends` are kinds of end; of `percent` and `number` one is 0. `upto` is the number of the last
    ledger entry at that time, whose hash went into `seed`; `frame_digest` is the SHA-256 of the
    sorted streams it was drawn from (both hex).
    """

    sample: int
    first: date
    last: date
    unit: str
    ends: tuple[str, ...]
    percent: int
    number: int
    upto: int
    seed: str
    frame: int
    frame_digest: str
    cases: int


@dataclass(frozen=True, slots=True)
class DutyProposed(Event):
    """Somebody proposed to amend the register of duties; why stands in the proposal alone.

    `change` is a word of `proposals.Amendment`, `starts` the day from which.
    """

    proposal: int
    change: str
    category: str
    area: str
    unit: str
    to_post: str
    duty_type: str
    starts: date


@dataclass(frozen=True, slots=True)
class DutyProposalDecided(Event):
    """Another officer decided such a proposal; `verdict` is a word of `proposals.Verdict`."""

    proposal: int
    verdict: str


@dataclass(frozen=True, slots=True)
class PolicyProposed(Event):
    """Somebody proposed to put a policy into force; `hash` is the fingerprint of its content."""

    proposal: int
    policy: str
    version: int
    hash: str


@dataclass(frozen=True, slots=True)
class PolicyProposalDecided(Event):
    """Such a proposal was decided by another officer, or withdrawn (`proposals.Verdict`)."""

    proposal: int
    verdict: str


@dataclass(frozen=True, slots=True)
class PersonSearched(Event):
    """An officer looked for requests by a phone number, an e-mail address or a name.

    `way` is phone, email or name, `purpose` why. `mark` is a keyed digest (hex) that only this
    installation can make: it tells that two searches were for the same, never for whom.
    """

    way: str
    purpose: str
    mark: str


BODY_EVENTS = (
    PolicyAdopted,
    NoticeAdopted,
    RegisterChanged,
    RegisterLoaded,
    ConfigurationExported,
    DutyProposed,
    DutyProposalDecided,
    AccountAdministered,
    SampleDrawn,
    PersonSearched,
    PolicyProposed,
    PolicyProposalDecided,
)
