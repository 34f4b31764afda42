"""Policies as data: categories, classes, clocks, limits, ladders, reasons, and their sources."""

from dandang.policy.loading import load_policy, ready_policies, ready_policy
from dandang.policy.parsing import parse_policy
from dandang.policy.policy import Policy
from dandang.policy.schema import (
    CaseClass,
    Category,
    End,
    Evaluation,
    Ladder,
    LegalRoute,
    Limits,
    Reason,
    Source,
    Step,
)
from dandang.policy.spans import Span, SpanUnit
from dandang.policy.vocabulary import (
    GIVEN_CLOCKS,
    CallTarget,
    ClockName,
    Colour,
    EndName,
    LadderStart,
    ReasonVerb,
    SourceStatus,
)

__all__ = [
    "GIVEN_CLOCKS",
    "CallTarget",
    "CaseClass",
    "Category",
    "ClockName",
    "Colour",
    "End",
    "EndName",
    "Evaluation",
    "Ladder",
    "LadderStart",
    "LegalRoute",
    "Limits",
    "Policy",
    "Reason",
    "ReasonVerb",
    "Source",
    "SourceStatus",
    "Span",
    "SpanUnit",
    "Step",
    "load_policy",
    "parse_policy",
    "ready_policies",
    "ready_policy",
]
