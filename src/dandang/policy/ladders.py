"""Ladders: reading their steps, and checking that each of them climbs and comes to an end."""

from collections.abc import Sequence
from itertools import pairwise

from dandang.policy.report import Report
from dandang.policy.schema import Ladder, Step
from dandang.policy.spans import Span
from dandang.policy.table import Table
from dandang.policy.vocabulary import (
    CallAnswer,
    CallTarget,
    ClockName,
    Colour,
    LadderStart,
    Trigger,
)
from dandang.terms.toml_positions import Path

_RANK = {target: rank for rank, target in enumerate(CallTarget)}
_MOST_USED = 99
_CLOCKS = frozenset(ClockName)
_ABOUT_CALLS = ("sponsor", "within", "answered_by")

_Timed = tuple[int, Step, Span]
"""A step that time alone brings: its place in the ladder, and how long after the start."""


def read_ladder(code: str, table: Table) -> Ladder:
    """Read one ladder with its steps."""
    return Ladder(
        code=code,
        name_zh=table.name("name_zh"),
        name_en=table.name("name_en"),
        starts=table.one_of("starts", LadderStart),
        steps=tuple(_step(row) for row in table.rows("steps")),
    )


def _step(table: Table) -> Step:
    code = table.code("code")
    if not table.has("calls"):
        _note_call_keys(code, table)
    return Step(
        code=code,
        name_zh=table.name("name_zh"),
        name_en=table.name("name_en"),
        used=table.number_or_none("used", 1, _MOST_USED),
        after=table.span_or_none("after", zero_ok=True),
        age=table.span_or_none("age"),
        hand_overs=table.number_or_none("hand_overs"),
        refusals=table.number_or_none("refusals"),
        quiet=table.span_or_none("quiet"),
        calls=table.one_of_or_none("calls", CallTarget),
        reminds=table.many_of("reminds", CallTarget) if table.has("reminds") else (),
        colour=table.one_of_or_none("colour", Colour),
        publishes=table.flag("publishes", default=False),
        sponsor=table.flag("sponsor", default=False),
        within=table.span_or_none("within"),
        answered_by=_answers(table),
    )


def _note_call_keys(code: str, table: Table) -> None:
    """Note what says something about a call in a step that calls nobody."""
    for key in _ABOUT_CALLS:
        if table.has(key):
            path = (*table.path, key)
            table.report.add("step_without_call", path, step=code, key=key)


def _answers(table: Table) -> tuple[CallAnswer, ...]:
    """Read how the call can be answered: in any way, unless the step says in which."""
    if not table.has("answered_by"):
        return tuple(CallAnswer)
    answers = table.many_of("answered_by", CallAnswer)
    path = (*table.path, "answered_by")
    if not answers and table.report.is_clean(path):
        table.report.add("call_without_answer", path)
    return answers


def check_ladder(ladder: Ladder, report: Report) -> None:
    """Note what is wrong with a ladder.

    Whether it climbs and ends is looked at only where each step is right by itself.
    """
    path = ("ladders", ladder.code, "steps")
    if not report.is_clean(path):
        return
    if not ladder.steps:
        report.add("ladder_without_steps", path, ladder=ladder.code)
        return
    _check_codes(ladder, report)
    for index, step in enumerate(ladder.steps):
        _check_step(ladder, step, (*path, index), report)
    if report.is_clean(path):
        timed = [
            (index, step, step.after)
            for index, step in enumerate(ladder.steps)
            if step.after is not None
        ]
        _check_climb(ladder, timed, report)
        _check_end(ladder, timed, report)


def _check_codes(ladder: Ladder, report: Report) -> None:
    seen: set[str] = set()
    for index, step in enumerate(ladder.steps):
        where = ("ladders", ladder.code, "steps", index, "code")
        if step.code in _CLOCKS:
            # A call says by this one word what it is about: a step or a clock.
            report.add("step_named_like_clock", where, step=step.code)
        if step.code in seen:
            report.add("duplicate_code", where, value=step.code)
        seen.add(step.code)


def _check_step(ladder: Ladder, step: Step, path: Path, report: Report) -> None:
    """Note a step that nothing makes happen, that two things do, or that does nothing."""
    triggers = step.triggers
    if not triggers:
        allowed = ", ".join(Trigger)
        report.add(
            "step_without_trigger", path, ladder=ladder.code, step=step.code, allowed=allowed
        )
    for second in triggers[1:]:
        report.add(
            "step_with_triggers", (*path, second.value),
            ladder=ladder.code, step=step.code, one=triggers[0].value, other=second.value,
        )  # fmt: skip
    if not (step.calls or step.reminds or step.publishes):
        report.add("step_without_act", path, ladder=ladder.code, step=step.code)


def _check_climb(ladder: Ladder, timed: Sequence[_Timed], report: Report) -> None:
    """Each step that time alone brings is later than the one before, and calls nobody lower.

    Spans of different units cannot be compared without a calendar; with none they always can.
    """
    for (_, _, before), (index, step, after) in pairwise(timed):
        path = ("ladders", ladder.code, "steps", index, "after")
        if before.unit is not after.unit and not before.is_zero and not after.is_zero:
            report.add("units_differ", path, one=str(before), other=str(after))
        elif before.amount >= after.amount:
            report.add("step_not_later", path, ladder=ladder.code, step=step.code)
    calling = [(index, step, step.calls) for index, step, _ in timed if step.calls]
    for (_, _, lower), (index, step, upper) in pairwise(calling):
        if _RANK[lower] > _RANK[upper]:
            path = ("ladders", ladder.code, "steps", index, "calls")
            report.add("step_calls_lower", path, ladder=ladder.code, step=step.code)


def _check_end(ladder: Ladder, timed: Sequence[_Timed], report: Report) -> None:
    """Note a ladder on which a case could stay for ever: time alone must bring it to its end."""
    index, last = len(ladder.steps) - 1, ladder.steps[-1]
    if timed:
        index, last, _ = timed[-1]
        if last.calls is CallTarget.LEADER or last.publishes:
            return
    path = ("ladders", ladder.code, "steps", index)
    report.add("ladder_without_end", path, ladder=ladder.code, step=last.code)
