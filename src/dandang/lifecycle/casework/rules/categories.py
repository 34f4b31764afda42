"""What may become known of a case without moving it: its category, its place in a system above."""

from dataclasses import replace

from dandang.lifecycle.casework.events.custody import CategoryChanged, ExternalLinked
from dandang.lifecycle.casework.rules.changes import Changes
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.casework.rules.wishes import ChangeCategory, LinkExternal
from dandang.terms import Code, Event, Recorded, Refusal


def change_category(facts: Facts, wish: ChangeCategory) -> tuple[Event, ...]:
    """Correct the category. The case keeps its holder, its age and its promise.

    Only while it waits at intake does another class give it another total clock; later it may
    become shorter, never longer. Refuses `value_invalid` (the category it has), `unknown_category`.
    """
    if wish.category == facts.case.category:
        raise Refusal(Code.VALUE_INVALID, field="category")
    return (category_change(facts, wish.category, wish.text),)


def category_change(facts: Facts, category: str, text: str) -> CategoryChanged:
    """Return the event of a new category, with the class it brings. Refuses `unknown_category`."""
    case_class = facts.policy.case_class(category, happening_now=facts.case.happening_now)
    return CategoryChanged(
        from_category=facts.case.category,
        to_category=category,
        case_class=case_class.code,
        text=text,
    )


def link_external(facts: Facts, wish: LinkExternal) -> tuple[Event, ...]:
    """Note the number of the system above, and its deadline: the earlier one rules.

    Refuses `in_the_past`.
    """
    if wish.external_due is not None and wish.external_due <= facts.now:
        raise Refusal(Code.IN_THE_PAST, field="external_due")
    return (ExternalLinked(wish.external_ref, wish.external_due),)


def _changed(case: CaseState, event: CategoryChanged, _recorded: Recorded) -> CaseState:
    return replace(case, category=event.to_category, case_class=event.case_class)


def _linked(case: CaseState, event: ExternalLinked, _recorded: Recorded) -> CaseState:
    return replace(case, external_ref=event.external_ref, external_due=event.external_due)


CHANGES: Changes = {CategoryChanged: _changed, ExternalLinked: _linked}
