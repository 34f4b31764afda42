"""Reads the parts of a policy from the tables of its file."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dandang.policy.categories import Draft, read_draft
from dandang.policy.ladders import read_ladder
from dandang.policy.schema import (
    CaseClass,
    End,
    Evaluation,
    Ladder,
    LegalRoute,
    Limits,
    LookBack,
    Reason,
    Source,
    Watch,
)
from dandang.policy.spans import Span
from dandang.policy.table import Table
from dandang.policy.vocabulary import (
    MISSABLE_CLOCKS,
    SPAN_CLOCKS,
    CallTarget,
    ClockName,
    EndName,
    ReasonVerb,
    SourceStatus,
)

FORMAT = 1
_LARGEST_SHARE = 1000


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that stands in a policy file, not yet checked against each other."""

    name: str
    version: int
    title_zh: str
    title_en: str
    default_class: str
    limits: Limits
    watch: Watch
    look_back: LookBack
    evaluation: Evaluation
    sources: tuple[Source, ...]
    classes: Mapping[str, CaseClass]
    drafts: Mapping[str, Draft]
    reasons: Mapping[str, Reason]
    ends: Mapping[EndName, End]
    ladders: Mapping[str, Ladder]
    missed: Mapping[ClockName, CallTarget]
    legal_routes: Mapping[str, LegalRoute]


def read_parts(root: Table) -> Parts:
    """Read a whole policy file. Problems are noted in the table's report."""
    root.number("format", FORMAT, FORMAT)
    common = _clocks(root.table_or_empty("clocks"))
    return Parts(
        name=root.slug("name"),
        version=root.number("version"),
        title_zh=root.name("title_zh"),
        title_en=root.name("title_en"),
        default_class=root.code("default_class"),
        limits=_limits(root.table("limits")),
        watch=_watch(root.table("watch")),
        look_back=_look_back(root.table_or_empty("look_back")),
        evaluation=_evaluation(root.table("evaluation")),
        sources=tuple(_source(code, table) for code, table in root.table("sources").coded()),
        classes=MappingProxyType(
            {
                code: _case_class(code, table, common)
                for code, table in root.table("classes").coded()
            }
        ),
        drafts={code: read_draft(code, table) for code, table in root.table("categories").coded()},
        reasons=MappingProxyType(
            {code: _reason(code, table) for code, table in root.table("reasons").coded()}
        ),
        ends=MappingProxyType(_ends(root.table("ends"))),
        ladders=MappingProxyType(
            {code: read_ladder(code, table) for code, table in root.table("ladders").coded()}
        ),
        missed=MappingProxyType(_missed(root.table_or_empty("missed"))),
        legal_routes=MappingProxyType(
            {
                code: _legal_route(code, table)
                for code, table in root.table_or_empty("legal_routes").coded()
            }
        ),
    )


def _clocks(table: Table) -> dict[ClockName, Span]:
    found = {name: table.span_or_none(name.value) for name in SPAN_CLOCKS}
    return {name: span for name, span in found.items() if span is not None}


def _case_class(code: str, table: Table, common: Mapping[ClockName, Span]) -> CaseClass:
    return CaseClass(
        code=code,
        name_zh=table.name("name_zh"),
        name_en=table.name("name_en"),
        urgent=table.flag("urgent", default=False),
        act_first=table.flag("act_first", default=False),
        ladder=table.code("ladder"),
        when_happening_now=table.code_or_none("when_happening_now"),
        clocks=MappingProxyType({**common, **_clocks(table.table_or_empty("clocks"))}),
    )


def _reason(code: str, table: Table) -> Reason:
    condition_zh, condition_en = table.text_pair("condition")
    return Reason(
        code=code,
        name_zh=table.name("name_zh"),
        name_en=table.name("name_en"),
        verbs=frozenset(table.many_of("verbs", ReasonVerb)),
        needs_basis=table.flag("needs_basis", default=False),
        needs_text=table.flag("needs_text", default=True),
        dispatcher_only=table.flag("dispatcher_only", default=False),
        condition_zh=condition_zh,
        condition_en=condition_en,
    )


def _ends(table: Table) -> dict[EndName, End]:
    tables = {name: table.table(name.value) for name in EndName}
    return {
        name: End(name, one.name("name_zh"), one.name("name_en")) for name, one in tables.items()
    }


def _limits(table: Table) -> Limits:
    return Limits(
        dispute_at_return=table.number("dispute_at_return"),
        dispute_at_hand_over=table.number("dispute_at_hand_over"),
        max_questions=table.number("max_questions"),
        question_time=table.span("question_time"),
        max_extensions=table.number("max_extensions"),
        longest_extension=table.span("longest_extension"),
        longest_unit_pause=table.span("longest_unit_pause"),
        judgement_reminder=table.span("judgement_reminder"),
        judgement_change=table.span("judgement_change"),
        deciding_at_no=table.number("deciding_at_no"),
        call_back=table.span("call_back"),
        reopen_window=table.span("reopen_window"),
        max_objections=table.number("max_objections"),
        objection_window=table.span("objection_window"),
        appeal_window=table.span("appeal_window"),
        recurrence_window=table.span("recurrence_window"),
        decline_sample_percent=table.number("decline_sample_percent", 1, 100),
        incident_requests=table.number("incident_requests", 2),
        incident_window=table.span("incident_window"),
        longest_instruction=table.span("longest_instruction"),
    )


def _missed(table: Table) -> dict[ClockName, CallTarget]:
    found = {name: table.one_of_or_none(name.value, CallTarget) for name in MISSABLE_CLOCKS}
    return {name: target for name, target in found.items() if target is not None}


def _watch(table: Table) -> Watch:
    return Watch(
        surge_calls_duty=table.flag("surge_calls_duty", default=True),
        starving_share=table.number("starving_share", 1, _LARGEST_SHARE),
        starving_least=table.number("starving_least"),
        roster_ahead=table.span("roster_ahead"),
    )


def _look_back(table: Table) -> LookBack:
    share = table.number("share", 0, 100) if table.has("share") else 0
    return LookBack(share=share)


def _legal_route(code: str, table: Table) -> LegalRoute:
    return LegalRoute(
        code=code,
        name_zh=table.name("name_zh"),
        name_en=table.name("name_en"),
        limit=table.span("limit"),
        extension=table.span_or_none("extension"),
    )


def _evaluation(table: Table) -> Evaluation:
    return Evaluation(
        period_months=table.number("period_months", 1, 12),
        periods_at_least=table.number("periods_at_least"),
    )


def _source(code: str, table: Table) -> Source:
    return Source(
        code=code,
        figure_zh=table.text("figure_zh"),
        figure_en=table.text("figure_en"),
        text_zh=table.text("text_zh"),
        text_en=table.text("text_en"),
        status=table.one_of("status", SourceStatus),
        backs=table.texts("backs"),
    )
