"""Checks the parts of a policy against each other."""

from collections.abc import Mapping

from dandang.policy.categories import Draft
from dandang.policy.ladders import check_ladder
from dandang.policy.reading import Parts
from dandang.policy.report import Report
from dandang.policy.schema import CaseClass, Limits, Reason
from dandang.policy.vocabulary import (
    CONDITION_VERBS,
    REQUIRED_CLOCKS,
    ClockName,
    ReasonVerb,
)


def check_parts(parts: Parts, report: Report) -> None:
    """Note whatever does not fit together. Parts already known to be wrong are passed over."""
    if parts.default_class not in parts.classes and report.is_clean(("default_class",)):
        report.add("unknown_class", ("default_class",), case_class=parts.default_class)
    for case_class in parts.classes.values():
        _check_class(case_class, parts, report)
    for draft in parts.drafts.values():
        _check_category(draft, parts, report)
    for ladder in parts.ladders.values():
        check_ladder(ladder, report)
    for reason in parts.reasons.values():
        _check_reason(reason, report)
    _check_every_verb(parts.reasons, report)


def _check_class(case_class: CaseClass, parts: Parts, report: Report) -> None:
    code = case_class.code
    path = ("classes", code)
    for clock in sorted(REQUIRED_CLOCKS - case_class.clocks.keys()):
        where = (*path, "clocks", clock.value)
        if report.is_clean(where):
            report.add("missing_clock", where, case_class=code, clock=clock.value)
    if case_class.ladder not in parts.ladders and report.is_clean((*path, "ladder")):
        report.add("unknown_ladder", (*path, "ladder"), case_class=code, ladder=case_class.ladder)
    urgent = case_class.when_happening_now
    if urgent and urgent not in parts.classes:
        report.add("unknown_class", (*path, "when_happening_now"), case_class=urgent)
    _check_reminder(case_class, parts.limits, report)


def _check_reminder(case_class: CaseClass, limits: Limits, report: Report) -> None:
    """Note a reminder that would not come before the judgement window closes.

    Spans of different units cannot be compared without a calendar, so they are not allowed here.
    """
    window = case_class.clocks.get(ClockName.JUDGEMENT_WINDOW)
    path = ("limits", "judgement_reminder")
    if window is None or not report.is_clean(path):
        return
    reminder = limits.judgement_reminder
    if reminder.unit is not window.unit:
        report.add("units_differ", path, one=str(reminder), other=str(window))
    elif reminder.amount >= window.amount:
        report.add("reminder_too_late", path, reminder=str(reminder), window=str(window))


def _check_category(draft: Draft, parts: Parts, report: Report) -> None:
    path = ("categories", draft.code)
    if draft.case_class and draft.case_class not in parts.classes:
        report.add("unknown_class", (*path, "class"), case_class=draft.case_class)
    if draft.legal_route and draft.legal_route not in parts.legal_routes:
        report.add("unknown_legal_route", (*path, "legal_route"), legal_route=draft.legal_route)


def _check_reason(reason: Reason, report: Report) -> None:
    path = ("reasons", reason.code)
    if not report.is_clean(path):
        return
    if not reason.verbs:
        report.add("reason_without_verb", path, reason=reason.code)
    if reason.verbs & CONDITION_VERBS and reason.condition_zh is None:
        report.add("condition_missing", path, reason=reason.code)
    if ReasonVerb.DECLINE in reason.verbs and not reason.needs_basis:
        report.add("decline_without_basis", path, reason=reason.code)


def _check_every_verb(reasons: Mapping[str, Reason], report: Report) -> None:
    if not report.is_clean(("reasons",)):
        return
    given = {verb for reason in reasons.values() for verb in reason.verbs}
    for verb in sorted(set(ReasonVerb) - given):
        report.add("verb_without_reason", ("reasons",), verb=verb.value)
