"""What a rule may know when it decides: the case, the actor, the organization, the promise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dandang.lifecycle.casework.rules.state import CaseState
from dandang.organization.directory import Directory, Post
from dandang.policy import CaseClass, Policy
from dandang.terms import Actor, ActorKind
from dandang.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a rule is given. `posts` are the posts the acting officer holds at `now`.

    `post` is the post acted for, once the verb table has settled it ("" for others). `tag` names
    the case and `other` a second one that the act is about; `family` holds the cases that the act
    may change with this one, by tag (all are ledger streams, base64url).
    `digests` are those of the personal values of the case, for an act that is about them, and
    `contacts` the names, phone numbers and e-mail addresses of its requesters.
    `kin_units` hold the parent of the case or a part of it. `has_code` says that the request which
    the act is about can be opened with an access code.
    """

    case: CaseState
    by: Actor
    posts: tuple[Post, ...]
    directory: Directory
    policy: Policy
    calendar: WorkCalendar
    now: datetime
    post: str = ""
    tag: str = ""
    family: Mapping[str, CaseState] = field(default_factory=dict)
    other: str = ""
    digests: tuple[str, ...] = ()
    kin_units: frozenset[str] = frozenset()
    contacts: tuple[str, ...] = ()
    has_code: bool = False

    @property
    def case_class(self) -> CaseClass:
        """The class of the case under the policy it was opened with."""
        return self.policy.classes[self.case.case_class]

    @property
    def category_path(self) -> tuple[str, ...]:
        """The category from root to leaf; empty where none was set."""
        return self.policy.category_path(self.case.category) if self.case.category else ()

    @property
    def request_number(self) -> int | None:
        """The number of the request whose sender acts, or None."""
        return int(self.by.code) if self.by.kind is ActorKind.REQUESTER else None
