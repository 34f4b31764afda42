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
    Watch,
)
from dandang.policy.spans import Span, SpanUnit
from dandang.policy.vocabulary import (
    DERIVED_CLOCKS,
    GIVEN_CLOCKS,
    MISSABLE_CLOCKS,
    SPAN_CLOCKS,
    CallAnswer,
    CallTarget,
    ClockName,
    Colour,
    EndName,
    LadderStart,
    ReasonVerb,
    SourceStatus,
    Trigger,
)

__all__ = [
    "DERIVED_CLOCKS",
    "GIVEN_CLOCKS",
    "MISSABLE_CLOCKS",
    "SPAN_CLOCKS",
    "CallAnswer",
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
    "Trigger",
    "Watch",
    "load_policy",
    "parse_policy",
    "ready_policies",
    "ready_policy",
]
