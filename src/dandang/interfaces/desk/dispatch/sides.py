"""A dispute in words: what each of the two units says, what the register says of both, the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dandang.interfaces.desk.dispatch.suggesting import duty_words
from dandang.interfaces.shared.words.cases import DISPUTE_GROUNDS, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import stamp
from dandang.ledger.queries import StoredEvent
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.organization.directory import DutyType

MOVES = ("assigned", "handed_over", "returned", "dispute_raised", "dispute_decided", "escalated")
"""The events that say who held a case, and who disagreed."""

_SPOKEN = frozenset({"handed_over", "returned", "dispute_raised"})
_WORDS: Mapping[str, str | Promise] = {
    "assigned": gettext_lazy("assigned"),
    "handed_over": gettext_lazy("handed over"),
    "returned": gettext_lazy("given back"),
    "dispute_raised": gettext_lazy("dispute raised"),
    "dispute_decided": gettext_lazy("dispute decided"),
    "escalated": gettext_lazy("escalated"),
}
_TYPES: Mapping[DutyType, str | Promise] = {
    DutyType.LEAD: gettext_lazy("leads"),
    DutyType.ASSIST_ONLY: gettext_lazy("only assists"),
    DutyType.WITHDRAWN: gettext_lazy("was withdrawn from it"),
}

Texts = Mapping[int, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Said:
    """What a unit said when it gave the case away or disputed it. `text` is "" where erased."""

    when: str
    reason: str
    basis: str
    text: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two units. `said` is None where it has given no reason yet."""

    unit: str
    post: str
    holds: bool
    said: Said | None
    duty: str


@dataclass(frozen=True, slots=True)
class Move:
    """One move of the case: what, from whom to whom, why."""

    at: datetime
    when: str
    what: str
    given_by: str
    given_to: str
    reason: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute: how it came about, both sides, and the way of the case, oldest move first."""

    ground: str
    reason_code: str
    sides: tuple[Side, Side]
    moves: tuple[Move, ...]


def dispute_of(facts: Facts, events: Sequence[StoredEvent], texts: Texts) -> Dispute:
    """Return the dispute about a case. `events` are its moves, oldest first."""
    return _Reader(facts, events, texts).dispute()


class _Reader:
    def __init__(self, facts: Facts, events: Sequence[StoredEvent], texts: Texts) -> None:
        self._facts = facts
        self._events = events
        self._texts = texts
        self._names = Names(facts.directory, facts.policy)

    def dispute(self) -> Dispute:
        case = self._facts.case
        raised = [event for event in self._events if event.type == "dispute_raised"]
        fields = raised[-1].fields if raised else {}
        return Dispute(
            ground=word(DISPUTE_GROUNDS, str(fields["ground"])) if fields.get("ground") else "",
            reason_code=str(fields.get("reason") or ""),
            sides=(
                self._side(case.holder_unit, case.holder, holds=True),
                self._side(case.wanted_unit, str(fields.get("wanted_post") or ""), holds=False),
            ),
            moves=tuple(self._move(event) for event in self._events),
        )

    def _side(self, unit: str, post: str, *, holds: bool) -> Side:
        spoken = (event for event in reversed(self._events) if event.type in _SPOKEN)
        own = next((event for event in spoken if self._unit_of(event) == unit), None)
        return Side(
            unit=self._names.unit(unit) if unit else _("nobody in particular"),
            post=self._names.post(post),
            holds=holds,
            said=self._said(own) if own else None,
            duty=self._duty(unit) if unit else "",
        )

    def _unit_of(self, event: StoredEvent) -> str:
        """Return the unit that spoke in an event."""
        if event.fields.get("from_unit"):
            return str(event.fields["from_unit"])
        post = self._facts.directory.posts.get(event.post)
        return post.unit if post else self._facts.case.holder_unit

    def _said(self, event: StoredEvent) -> Said:
        fields = event.fields
        return Said(
            when=stamp(event.occurred_at),
            reason=self._names.reason(str(fields["reason"])) if fields.get("reason") else "",
            basis=str(fields.get("basis") or ""),
            text=str(self._texts.get(event.event_id, {}).get("text") or ""),
        )

    def _duty(self, unit: str) -> str:
        facts = self._facts
        if not facts.category_path or unit not in facts.directory.units:
            return _("The register says nothing without a category.")
        today = facts.directory.local_day(facts.now)
        found = facts.directory.duty_of(unit, facts.category_path, facts.case.area, today)
        if found is None:
            return _("The register names no duty of this unit for such matters here.")
        return f"{_TYPES[found.type]} · {duty_words(found, self._names)}"

    def _move(self, event: StoredEvent) -> Move:
        fields = event.fields
        given_by = str(fields.get("from_post") or event.post)
        given_to = str(fields.get("to_post") or fields.get("wanted_post") or "")
        return Move(
            at=event.occurred_at,
            when=stamp(event.occurred_at),
            what=str(_WORDS[event.type]),
            given_by=self._names.post_with_unit(given_by) if given_by else "",
            given_to=self._names.post_with_unit(given_to) if given_to else "",
            reason=self._names.reason(str(fields["reason"])) if fields.get("reason") else "",
        )
