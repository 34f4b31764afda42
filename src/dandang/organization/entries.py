"""The entries of an organisation: plain frozen records, each known by a code that never changes.

Days (`starts`, `ends`) are days of the body's own time zone and both are included. Instants
(`starts_at`, `ends_at`) are aware; the first is included, the second is not. `ended` marks an
entry that is gone from the register and kept because history names it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class DutyType(StrEnum):
    """How a unit answers for a duty (for townships: 基本, 配合, 上级收回)."""

    LEAD = "lead"
    ASSIST_ONLY = "assist_only"
    WITHDRAWN = "withdrawn"


class PostKind(StrEnum):
    """What a post is there for; a post can be there for several things."""

    DUTY = "duty"
    HEAD = "head"
    INTAKE = "intake"
    DISPATCH = "dispatch"
    SUPERVISION = "supervision"
    LEADER = "leader"
    CALL_BACK = "call_back"
    AUDIT = "audit"
    ADMINISTRATION = "administration"


APART = frozenset({PostKind.AUDIT, PostKind.ADMINISTRATION})
"""Kinds of post whose work is not the cases themselves: no case is given to them."""


class Calendar(StrEnum):
    """Where the working days of a body come from: China's notices, or the country's own rules."""

    CHINA = "china"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class Body:
    """The public body. `fallback_post` holds what nobody else holds (兜底).

    `time_zone` is an IANA name, `country` an ISO 3166 code of two letters, `policy` names
    the policy it works under.
    """

    code: str
    name_zh: str
    name_en: str
    time_zone: str
    country: str
    calendar: Calendar
    policy: str
    fallback_post: str


@dataclass(frozen=True, slots=True)
class Area:
    """A place the body serves; areas form a tree."""

    code: str
    name_zh: str
    name_en: str
    parent: str | None = None
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisational unit; units form a tree.

    `area` is where it works; without one it works where the unit above it does.
    `supervised_by` names a unit outside its subtree that is asked before the units above it.
    """

    code: str
    name_zh: str
    name_en: str
    parent: str | None = None
    area: str | None = None
    supervised_by: str | None = None
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A position in a unit. Posts hold cases; officers come and go."""

    code: str
    unit: str
    name_zh: str
    name_en: str
    kinds: frozenset[PostKind] = frozenset()
    phone: str = ""
    ended: date | None = None

    @property
    def works_on_cases(self) -> bool:
        """Whether cases can be given to it; a post of no kind takes them, too."""
        return not self.kinds or not self.kinds <= APART


@dataclass(frozen=True, slots=True)
class Officer:
    """A person who can be in a post. `code` is a staff code, never a name."""

    code: str
    name_zh: str
    name_en: str
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class Appointment:
    """An officer is in a post from one day to another, or until further notice."""

    officer: str
    post: str
    starts: date
    ends: date | None = None

    def covers(self, day: date) -> bool:
        """Say whether it is in force on this day."""
        return _covers(self.starts, self.ends, day)


@dataclass(frozen=True, slots=True)
class Roster:
    """An officer is on duty for a post between two instants; this goes before appointments."""

    post: str
    officer: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Substitute:
    """`officer` stands in for a post's appointed officers, or for one `absent` officer anywhere.

    Exactly one of `post` and `absent` is given.
    """

    officer: str
    starts: date
    ends: date
    post: str | None = None
    absent: str | None = None

    def covers(self, day: date) -> bool:
        """Say whether it is in force on this day."""
        return _covers(self.starts, self.ends, day)


@dataclass(frozen=True, slots=True)
class Duty:
    """A unit answers for a category in an area; `post` receives it, `basis` says by what rule.

    An empty `category` means every category, an empty `area` the whole body and cases without a
    known area. Only a lead duty needs a post. A missing day means without that limit.
    """

    category: str
    area: str
    unit: str
    post: str
    type: DutyType
    basis: str = ""
    starts: date | None = None
    ends: date | None = None

    def covers(self, day: date) -> bool:
        """Say whether it is in force on this day."""
        return _covers(self.starts, self.ends, day)


class TemplateVerb(StrEnum):
    """The verbs whose text can begin with a standard one."""

    REPLY = "reply"
    ASK = "ask"
    PROPOSE = "propose"
    PROMISE = "promise"
    HAND_OVER = "hand-over"
    EXPLAIN = "explain"
    DECLINE = "decline"
    REJECT_PROPOSAL = "reject-proposal"


PLACES = ("{reference}", "{unit}", "{due}")
"""What in a standard text is filled in for each case."""


@dataclass(frozen=True, slots=True)
class ReplyTemplate:
    """A standard text that officers begin with and change as they need.

    An empty `category` offers it for every category, an empty `unit` to every unit; both hold for
    everything below them, too.
    """

    code: str
    name_zh: str
    name_en: str
    verb: TemplateVerb
    text_zh: str
    text_en: str
    category: str = ""
    unit: str = ""
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class Organization:
    """Everything an organisation folder says, in its own order."""

    body: Body
    areas: tuple[Area, ...] = ()
    units: tuple[Unit, ...] = ()
    posts: tuple[Post, ...] = ()
    officers: tuple[Officer, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    rosters: tuple[Roster, ...] = ()
    substitutes: tuple[Substitute, ...] = ()
    duties: tuple[Duty, ...] = ()
    reply_templates: tuple[ReplyTemplate, ...] = ()


def _covers(starts: date | None, ends: date | None, day: date) -> bool:
    return (starts is None or starts <= day) and (ends is None or day <= ends)
