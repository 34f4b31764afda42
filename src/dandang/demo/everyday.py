"""The everyday courses of cases, drawn from `everyday.toml`, which is read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from dandang.demo.stories import Step, Value
from dandang.demo.texts import Texts, read

_TEXTS = frozenset({"text", "basis", "missing", "condition", "body", "alternative"})
_OF_A_STEP = frozenset({"who", "verb", "after"})
_SERVICE = frozenset({"staff_conduct", "enquiries"})
"""Top categories whose desks serve others: such cases do not change hands."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a course has to fit: the matter's class, the ends allowed, whether it may move.

    `done` is what was done about the matter.
    """

    case_class: str
    urgent: bool
    may_move: bool
    ends: frozenset[str]
    reachable: bool
    done: str

    @property
    def kind(self) -> str:
        """Which courses fit: urgent, question or ordinary."""
        if self.urgent:
            return "urgent"
        return "question" if self.case_class == "consultation" else "ordinary"


@cache
def tables() -> Mapping[str, Any]:
    """Return everyday.toml: courses, pace, slowness, neighbours, dispatch."""
    return read("everyday.toml")


def may_move(category: str, top: str) -> bool:
    """Say whether a matter of this category (with its topmost one) may change hands."""
    return bool(category) and top not in _SERVICE


def course(setting: Setting, texts: Texts, rng: Random) -> tuple[Step, ...]:
    """Return the steps of a course that fits, drawn by weight."""
    fitting = [one for one in tables()["courses"] if _fits(one, setting)]
    chosen = rng.choices(fitting, [one["weight"] for one in fitting])[0]
    return tuple(step(row, setting, texts, rng) for row in chosen["steps"])


def step(row: Mapping[str, Any], setting: Setting, texts: Texts, rng: Random) -> Step:
    """Return one row of a course as a step: its time drawn, its words filled in."""
    least, most = row["after"]
    after = rng.triangular(least, most, least + 0.3 * (most - least))
    if row["verb"] == "propose":
        after *= tables()["slowness"].get(setting.case_class, 1.0)
    values = {
        name: _said(name, value, setting, texts, rng)
        for name, value in row.items()
        if name not in _OF_A_STEP
    }
    return Step(row["who"], row["verb"], after, values, urgent=setting.urgent)


def _said(name: str, value: Value, setting: Setting, texts: Texts, rng: Random) -> Value:
    if name not in _TEXTS:
        return value
    return setting.done if value == "done" else texts.word(str(value), rng)


def _fits(course: Mapping[str, Any], setting: Setting) -> bool:
    if setting.kind not in course["for"]:
        return False
    if course.get("moves") and not setting.may_move:
        return False
    if course.get("asks") and not setting.reachable:
        return False
    return "ends" not in course or course["ends"] in setting.ends
