"""Events that split a case, or join requests and cases. Cases are named by ledger stream."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from dandang.lifecycle.states import Behalf, State
from dandang.terms import Event


@dataclass(frozen=True, slots=True)
class SplitRequested(Event):
    """A unit asked for a split; the dispatcher decides."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    text: str


@dataclass(frozen=True, slots=True)
class SplitRefused(Event):
    """The dispatcher refused the split that was asked for."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    text: str


@dataclass(frozen=True, slots=True)
class Split(Event):
    """Parts of the case go on as cases of their own. Causes: parts, judged_no, judged_partly.

    `request` is the one that goes on in the child when its sender does not accept the result.
    """

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    children: tuple[str, ...]
    cause: str
    request: int | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class ChildEnded(Event):
    """A child of this case ended. `results_in` is the state of this case afterwards."""

    child: str
    end: State
    results_in: State


@dataclass(frozen=True, slots=True)
class ChildReopened(Event):
    """A child of this case is worked on again. `results_in` is the state of this case then."""

    child: str
    results_in: State


@dataclass(frozen=True, slots=True)
class Merged(Event):
    """The case was joined into another one."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    into: str
    text: str


@dataclass(frozen=True, slots=True)
class Unmerged(Event):
    """A merge was undone; the case is as before, under the same total clock."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    out_of: str
    to_post: str
    to_unit: str
    results_in: State
    text: str


@dataclass(frozen=True, slots=True)
class RequestAttached(Event):
    """Another requester's request joined the case and keeps its own reference and judgement.

    `from_case` and `from_request` name where it came from when cases were merged (a ledger stream,
    base64url); its words and files stay there. `due_by` is then the time that case was due.
    `on_behalf`, `read_back`, the proxy and `files` are those of an opening.
    """

    personal: ClassVar[frozenset[str]] = frozenset(
        {"text", "name", "phone", "email", "proxy_name", "proxy_relation", "files"}
    )

    request: int
    channel: str
    sent_at: datetime
    reachable: bool
    text: str
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    from_case: str | None = None
    from_request: int | None = None
    due_by: datetime | None = None
    may_publish: bool = False
    on_behalf: Behalf | None = None
    read_back: bool = False
    proxy_name: str | None = None
    proxy_relation: str | None = None
    files: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class RequestDetached(Event):
    """A request left the case again: the merge that brought it was undone.

    `results_in` is the state of the case afterwards.
    """

    request: int
    to_case: str
    results_in: State


@dataclass(frozen=True, slots=True)
class Recurred(Event):
    """The same place and cause came back within the policy's time; the old case goes on."""

    recurrence_of: str
