"""A whole policy, and the questions that rules ask it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dandang.policy.schema import (
    CaseClass,
    Category,
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
from dandang.policy.vocabulary import CallTarget, ClockName, EndName
from dandang.terms import Code, Refusal


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of a body's policy.

    `hash` is the lower-case hexadecimal SHA-256 of the content (see `fingerprint`), `text` the file
    it was read from. Mappings keep the order of the file. `missed` says who is called when a clock
    other than the total runs out; where it names nobody, that is only recorded.
    """

    name: str
    version: int
    title_zh: str
    title_en: str
    hash: str
    default_class: str
    limits: Limits
    watch: Watch
    look_back: LookBack
    evaluation: Evaluation
    sources: tuple[Source, ...]
    classes: Mapping[str, CaseClass] = field(hash=False)
    categories: Mapping[str, Category] = field(hash=False)
    reasons: Mapping[str, Reason] = field(hash=False)
    ends: Mapping[EndName, End] = field(hash=False)
    ladders: Mapping[str, Ladder] = field(hash=False)
    missed: Mapping[ClockName, CallTarget] = field(hash=False)
    legal_routes: Mapping[str, LegalRoute] = field(hash=False)
    text: str = field(repr=False, compare=False)

    def category(self, code: str) -> Category:
        """Return the category. Refuses `unknown_category`."""
        if code not in self.categories:
            raise Refusal(Code.UNKNOWN_CATEGORY, category=code)
        return self.categories[code]

    def category_path(self, code: str) -> tuple[str, ...]:
        """Return the codes from the root of the tree to this category.

        Refuses `unknown_category`.
        """
        path = [code]
        while (parent := self.category(path[-1]).parent) is not None:
            path.append(parent)
        return tuple(reversed(path))

    def case_class(
        self, category: str | None, urgency: str | None = None, *, happening_now: bool = False
    ) -> CaseClass:
        """Return the class of a case.

        `urgency` is the code of a class that somebody chose instead of the category's own. A case
        without a category gets the default class. Refuses `unknown_category` and `value_invalid`
        (an urgency that is no class).
        """
        code = urgency or (self.category(category).case_class if category else self.default_class)
        if code not in self.classes:
            raise Refusal(Code.VALUE_INVALID, field="urgency")
        found = self.classes[code]
        if happening_now and found.when_happening_now:
            return self.classes[found.when_happening_now]
        return found

    def clock(self, case_class: CaseClass, name: ClockName) -> Span | None:
        """Return how long this clock runs for cases of the class; None: it does not run."""
        return case_class.clocks.get(name)

    def reasons_for(self, verb: str) -> tuple[Reason, ...]:
        """Return the reasons that may be given for this verb, in the order of the file."""
        return tuple(reason for reason in self.reasons.values() if verb in reason.verbs)

    def reason(self, verb: str, code: str) -> Reason:
        """Return the reason, if it may be given for this verb. Refuses `unknown_reason`."""
        found = self.reasons.get(code)
        if found is None or verb not in found.verbs:
            raise Refusal(Code.UNKNOWN_REASON, verb=verb, reason=code)
        return found

    def ends_for(self, category: str | None) -> frozenset[EndName]:
        """Return the ends that cases of this category may have. Refuses `unknown_category`."""
        return self.category(category).ends_allowed if category else frozenset(EndName)
