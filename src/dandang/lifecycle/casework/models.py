"""How the present state of a case is kept: rows that only `casework.actions` writes.

Every responsibility column is rebuilt by `replay` from the ledger. Personal text is not here: it
stands in the erasable rows of the ledger alone.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from typing_extensions import override

from dandang.ledger import base64url
from dandang.lifecycle.casework.apart import Apart
from dandang.lifecycle.casework.clocks import Clock, clock_rows
from dandang.lifecycle.casework.files.rows import KeptFile
from dandang.lifecycle.casework.incumbents import Incumbent
from dandang.lifecycle.casework.placing import PLACING
from dandang.lifecycle.casework.precedents import Precedent
from dandang.lifecycle.casework.promises import PromiseRow
from dandang.lifecycle.casework.rules.particulars import kept_particulars, particulars_of
from dandang.lifecycle.casework.rules.state import CaseState, RequestState
from dandang.lifecycle.casework.undecided import UNDECIDED_FIRST
from dandang.lifecycle.states import Outcome, State, Verdict
from dandang.policy import ClockName
from dandang.terms import Due

__all__ = [
    "Apart",
    "Case",
    "Clock",
    "Incumbent",
    "KeptFile",
    "Precedent",
    "PromiseRow",
    "Request",
    "clock_rows",
]

SAME_COLUMNS = (
    "holder",
    "holder_unit",
    "kind",
    "channel",
    "policy",
    "case_class",
    "sent_at",
    "counts_from",
    "held_since",
    "seq",
    "state_seq",
    "category",
    "area",
    "happening_now",
    "routed_by",
    "came_from",
    "hand_overs",
    "bound",
    "acted_at",
    "first_response_at",
    "wanted_unit",
    "questions",
    "asked_at",
    "waited_minutes",
    "paused_minutes",
    "inherited_at",
    "parent",
    "root",
    "set_by",
    "children",
    "open_children",
    "merged_into",
    "before_merge",
    "cap",
    "external_ref",
    "external_due",
    "extensions",
    "extended_days",
    "promised_for",
    "check_at",
    "confirm_not_before",
    "lapsed",
    "last_entry_at",
    "listed_at",
    "published_at",
    "sponsor",
    "relapses",
    "objected",
    "appealed",
    "outcome_reason",
    "proposed_at",
    "refusals",
    "ended_at",
    "end_cause",
)
"""Columns that have the name and the value of the field of `CaseState`."""

STATE_COLUMNS = (
    *SAME_COLUMNS,
    "state",
    "outcome",
    "returns",
    "particulars",
    "total_due_at",
    "total_provisional",
    "total_missed",
)
"""The columns of a case that `state_of` reads."""


class Case(models.Model):
    """One case: exactly one holder, always.

    `stream` is its random tag in the ledger, `reference` that of its first request,
    `opening_event` the ledger row that holds its title (for a child that one requester's request
    goes on in, that of its parent). `due_at` and `due_clock` are the running
    clock that is due first. Instants are UTC.
    """

    stream = models.BinaryField(unique=True)
    reference = models.CharField(max_length=16, unique=True)
    opening_event = models.BigIntegerField()
    state = models.CharField(max_length=20, choices=[(one, one) for one in State])
    holder = models.CharField(max_length=64)
    holder_unit = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    channel = models.CharField(max_length=20)
    policy = models.CharField(max_length=64)
    case_class = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    counts_from = models.DateTimeField()
    held_since = models.DateTimeField()
    seq = models.IntegerField()
    state_seq = models.IntegerField()
    category = models.CharField(max_length=64, null=True)  # noqa: DJ001 unknown is not empty
    area = models.CharField(max_length=64, null=True)  # noqa: DJ001 unknown is not empty
    happening_now = models.BooleanField()
    routed_by = models.CharField(max_length=20, blank=True)
    came_from = models.CharField(max_length=64, blank=True)
    hand_overs = models.IntegerField()
    returns = models.JSONField(default=dict)
    bound = models.BooleanField()
    acted_at = models.DateTimeField(null=True)
    first_response_at = models.DateTimeField(null=True)
    wanted_unit = models.CharField(max_length=64, blank=True)
    questions = models.IntegerField()
    asked_at = models.DateTimeField(null=True)
    waited_minutes = models.IntegerField()
    paused_minutes = models.IntegerField(default=0)
    inherited_at = models.DateTimeField(null=True)
    parent = models.CharField(max_length=22, blank=True, default="")
    root = models.CharField(max_length=22, blank=True, default="")
    set_by = models.CharField(max_length=64, blank=True, default="")
    children = models.IntegerField(default=0)
    open_children = models.IntegerField(default=0)
    merged_into = models.CharField(max_length=22, blank=True, default="")
    before_merge = models.CharField(max_length=20, blank=True, default="")
    cap = models.DateTimeField(null=True)
    external_ref = models.CharField(max_length=300, blank=True, default="")
    external_due = models.DateTimeField(null=True)
    extensions = models.IntegerField(default=0)
    extended_days = models.IntegerField(default=0)
    promised_for = models.DateTimeField(null=True)
    check_at = models.DateTimeField(null=True)
    confirm_not_before = models.DateTimeField(null=True)
    lapsed = models.BooleanField(default=False)
    last_entry_at = models.DateTimeField(null=True)
    listed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    sponsor = models.CharField(max_length=64, blank=True, default="")
    relapses = models.IntegerField(default=0)
    objected = models.IntegerField(default=0)
    appealed = models.IntegerField(default=0)
    particulars = models.JSONField(default=dict)
    outcome = models.CharField(max_length=20, blank=True)
    outcome_reason = models.CharField(max_length=64, blank=True)
    proposed_at = models.DateTimeField(null=True)
    refusals = models.IntegerField()
    ended_at = models.DateTimeField(null=True)
    end_cause = models.CharField(max_length=64, blank=True)
    total_due_at = models.DateTimeField(null=True)
    total_provisional = models.BooleanField()
    total_missed = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True)
    due_clock = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(holder="") & ~Q(holder_unit=""), name="case_has_a_holder"
            ),
        ]
        indexes = [
            models.Index(
                fields=["holder", "due_at", "id"],
                include=["state", "outcome"],  # as below: counted without a look at the rows
                condition=Q(ended_at=None),
                name="case_open_holder",
            ),
            models.Index(
                fields=["holder_unit", "due_at", "id"],
                include=["state", "outcome", "last_entry_at", "counts_from"],
                condition=Q(ended_at=None),
                name="case_open_unit",
            ),
            models.Index(
                fields=["state", "due_at", "id"],
                include=["outcome"],
                condition=Q(ended_at=None),
                name="case_open_state",
            ),
            models.Index(fields=["due_at", "id"], condition=Q(ended_at=None), name="case_open_due"),
            models.Index(fields=["holder_unit", "-id"], name="case_unit_newest"),
            models.Index(fields=["root"], condition=~Q(root=""), name="case_family"),
            models.Index(
                fields=["due_at", "id"],
                include=["due_clock"],
                condition=Q(ended_at__isnull=False, due_at__isnull=False),
                name="case_ended_due",
            ),
            models.Index(
                fields=["listed_at", "id"],
                condition=Q(ended_at=None, listed_at__isnull=False),
                name="case_listed",
            ),
            models.Index(
                fields=["sponsor", "id"],
                condition=Q(ended_at=None) & ~Q(sponsor=""),
                name="case_sponsored",
            ),
            models.Index(
                fields=["total_due_at", "id"],
                include=["holder_unit", "sent_at"],
                condition=Q(ended_at=None, published_at__isnull=False),
                name="case_published",
            ),
            *(*PLACING, *UNDECIDED_FIRST),
            models.Index(  # how long nothing of substance was entered
                Coalesce("last_entry_at", "counts_from"),
                "id",
                condition=Q(ended_at=None),
                name="case_quiet",
            ),
            GinIndex(  # who was asked for help or called, whose answer an objection waits for
                fields=["particulars"],
                opclasses=["jsonb_path_ops"],
                condition=~Q(particulars={}),
                name="case_particulars",
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.reference

    @property
    def tag(self) -> str:
        """The name by which other cases know this one: its ledger stream in base64url."""
        return base64url.encode(bytes(self.stream))

    def facts(self, requests: Iterable["Request"], clocks: Iterable["Clock"]) -> CaseState:
        """Return the state the rules work on."""
        return state_of(
            vars(self),
            {clock.name: clock.facts() for clock in clocks},
            tuple(request.facts() for request in requests),
        )

    def take_over(self, state: CaseState) -> list[str]:
        """Put a state into the columns, without saving; return those that changed."""
        values = _columns(state)
        changed = [name for name, value in values.items() if getattr(self, name) != value]
        for name in changed:
            setattr(self, name, values[name])
        return changed


def state_of(
    columns: Mapping[str, Any],
    clocks: Mapping[str, Due],
    requests: tuple[RequestState, ...],
) -> CaseState:
    """Return the state the rules work on, from the columns of a row by name."""
    total = None
    if columns["total_due_at"] is not None:
        total = Due(
            ClockName.TOTAL,
            columns["total_due_at"],
            columns["total_provisional"],
            missed=columns["total_missed"],
        )
    return CaseState.restored(
        {
            **{name: columns[name] for name in SAME_COLUMNS},
            **particulars_of(columns["particulars"]),
            "state": State(columns["state"]),
            "outcome": Outcome(columns["outcome"]) if columns["outcome"] else None,
            "returns": columns["returns"],
            "total": total,
            "clocks": clocks,
            "requests": requests,
        }
    )


def _columns(state: CaseState) -> dict[str, object]:
    due = state.next_due
    return {
        **{name: getattr(state, name) for name in SAME_COLUMNS},
        "state": state.state.value,
        "outcome": state.outcome.value if state.outcome else "",
        "returns": dict(state.returns),
        "particulars": kept_particulars(state),
        "total_due_at": state.total.at if state.total else None,
        "total_provisional": state.total.provisional if state.total else False,
        "total_missed": state.total.missed if state.total else False,
        "due_at": due.at if due else None,
        "due_clock": due.clock if due else "",
    }


class Request(models.Model):
    """What one requester sent, without its words: reference, access, judgement.

    `access_hash` is SHA-256 of the access code; None where nobody has one. `source` and
    `source_id` name the row of another system, `submission` the form it was sent with; both are
    unique, so that nothing is taken in twice.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="requests")
    number = models.IntegerField()
    reference = models.CharField(max_length=16, unique=True)
    access_hash = models.BinaryField(null=True)
    sent_at = models.DateTimeField()
    reachable = models.BooleanField()
    verdict = models.CharField(max_length=20, blank=True)
    judged_at = models.DateTimeField(null=True)
    stars = models.SmallIntegerField(null=True)
    rated_at = models.DateTimeField(null=True)
    holds = models.BooleanField(null=True)
    withdrawn = models.BooleanField(default=False)
    moved = models.BooleanField(default=False)
    from_case = models.CharField(max_length=22, blank=True, default="")
    from_request = models.IntegerField(default=0)
    submission = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 many have none
    source = models.CharField(max_length=64, null=True)  # noqa: DJ001 most come from nowhere else
    source_id = models.CharField(max_length=128, null=True)  # noqa: DJ001 see source

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="request_number"),
            models.UniqueConstraint(fields=["source", "source_id"], name="request_source"),
        ]
        indexes = [
            models.Index(
                fields=["from_case", "from_request"],
                condition=~Q(from_case=""),
                name="request_comes_from",
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.reference

    def facts(self) -> RequestState:
        """Return the state the rules work on."""
        return RequestState(
            number=self.number,
            sent_at=self.sent_at,
            reachable=self.reachable,
            verdict=Verdict(self.verdict) if self.verdict else None,
            judged_at=self.judged_at,
            stars=self.stars,
            rated_at=self.rated_at,
            holds=self.holds,
            withdrawn=self.withdrawn,
            moved=self.moved,
            from_case=self.from_case,
            from_request=self.from_request,
        )

    def take_over(self, state: RequestState) -> bool:
        """Put a state into the columns, without saving; say whether anything changed."""
        before = self.facts()
        self.sent_at = state.sent_at
        self.reachable = state.reachable
        self.verdict = state.verdict.value if state.verdict else ""
        self.judged_at = state.judged_at
        self.stars = state.stars
        self.rated_at = state.rated_at
        self.holds = state.holds
        self.withdrawn = state.withdrawn
        self.moved = state.moved
        self.from_case = state.from_case
        self.from_request = state.from_request
        return before != state
