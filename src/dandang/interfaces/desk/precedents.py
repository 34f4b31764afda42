"""Decided disputes in words: as one officer may read them, and those beside the form of a verb."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from dandang.interfaces.desk.access import Officer, OpenCase
from dandang.interfaces.shared.words.cases import DISPUTE_GROUNDS, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.casework.precedent_search import (
    Found,
    readable,
    reasons_in_words,
    similar,
)
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.precedents import Decision
from dandang.lifecycle.verbs import Verb

SHOWN_FOR = frozenset({"hand-over", "return", "dispute", "decide-dispute"})
"""The verbs beside whose forms stands how such disputes were decided."""


@dataclass(frozen=True, slots=True)
class PrecedentLine:
    """One decision in words. `text` and `reference` are "" where the officer may not read the case.

    `alike` says in what it is like the case at hand.
    """

    at: datetime
    when: str
    what: str
    got: str
    between: str
    reason: str
    basis: str
    text: str
    reference: str
    alike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a form: the nearest decisions, and the query string of the others.

    `reason` is the name of the reason they are near by ("" for none), `can_follow` says whether the
    form has a reason to follow, `has_category` whether the case has one.
    """

    lines: tuple[PrecedentLine, ...]
    reason: str
    can_follow: bool
    has_category: bool
    others: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen in the form so far: a reason and a post, "" for none."""

    reason: str = ""
    to_post: str = ""


def lines_of(found: Sequence[Found], officer: Officer, names: Names) -> list[PrecedentLine]:
    """Return decisions in words for an officer. Five queries, whatever the number."""
    if not found:
        return []
    may_read = readable(found, by=officer.actor, now=officer.now)
    texts = reasons_in_words(one for one in found if one.case_id in may_read)
    return [
        _line(one, names, officer.now, texts if one.case_id in may_read else None) for one in found
    ]


def beside(verb: Verb, opened: OpenCase, officer: Officer, choice: Choice) -> Beside | None:
    """Return what stands beside the form of a verb; None for verbs that move nothing sideways."""
    if verb.name not in SHOWN_FOR:
        return None
    facts = opened.facts
    names = Names(facts.directory, facts.policy)
    reason = choice.reason if choice.reason in facts.policy.reasons else ""
    found = similar(facts.category_path, reason)
    lines = [
        replace(line, alike=_alike(one.decision, facts, reason, choice.to_post))
        for line, one in zip(lines_of(found, officer, names), found, strict=True)
    ]
    asked = {"category": facts.case.category or "", "reason": reason}
    return Beside(
        lines=tuple(lines),
        reason=names.reason(reason) if reason else "",
        can_follow=any(one.name == "reason" for one in verb.fields),
        has_category=bool(facts.case.category),
        others=urlencode({name: value for name, value in asked.items() if value}),
    )


def _line(
    found: Found, names: Names, now: datetime, texts: Mapping[int, str] | None
) -> PrecedentLine:
    one = found.decision
    what = [names.category(one.category), names.area(one.area)]
    return PrecedentLine(
        at=one.decided_at,
        when=moment(one.decided_at, now),
        what=" · ".join(part for part in what if part),
        got=f"{names.unit(one.to_unit)} · {names.post(one.to_post)}",
        between=_between(one, names),
        reason=names.reason(one.reason),
        basis=one.basis,
        text="" if texts is None else texts.get(one.event_id) or _("(erased)"),
        reference="" if texts is None else found.reference,
    )


def _between(one: Decision, names: Names) -> str:
    if not one.wanted_unit:
        return _("%(unit)s held it.") % {"unit": names.unit(one.from_unit)}
    return _("%(unit)s held it and named %(wanted)s (%(ground)s).") % {
        "unit": names.unit(one.from_unit),
        "wanted": names.unit(one.wanted_unit),
        "ground": word(DISPUTE_GROUNDS, one.ground),
    }


def _alike(one: Decision, facts: Facts, reason: str, to_post: str) -> tuple[str, ...]:
    """Return in what a decision is like the case: its reason, its units, its area."""
    case = facts.case
    target = facts.directory.posts.get(to_post)
    other = case.wanted_unit or (target.unit if target else "")
    found = {
        _("same reason"): bool(reason) and one.reason == reason,
        _("same units"): bool(other)
        and {one.from_unit, one.wanted_unit} == {case.holder_unit, other},
        _("same area"): case.area is not None and one.area == case.area,
    }
    return tuple(words for words, is_so in found.items() if is_so)
