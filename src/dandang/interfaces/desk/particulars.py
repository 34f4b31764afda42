"""What some cases have: systems above, pauses, promises, more time, instructions, sponsors."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dandang.interfaces.desk.access import OpenCase
from dandang.interfaces.shared.words.cases import REMEDIES, WANTED, word
from dandang.interfaces.shared.words.fields import field
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment, working_days
from dandang.ledger.queries import StoredEvent
from dandang.lifecycle.casework.rules.particulars import Asked, Wanted
from dandang.lifecycle.casework.rules.permit import may_see_contact
from dandang.lifecycle.states import State

History = Sequence[tuple[StoredEvent, Mapping[str, object]]]
Told = Iterator[tuple[str, str]]


def particulars(opened: OpenCase, history: History) -> tuple[tuple[str, str], ...]:
    """Return label and words of everything that is particular about a case now."""
    teller = _Teller(opened, history)
    return (
        *teller.of_systems(),
        *teller.of_waiting(),
        *teller.of_deciding(),
        *teller.of_calls(),
        *teller.of_the_end(),
    )


def asked_words(asked: Asked, now: datetime) -> str:
    """Return what a holder asked for that somebody else decides."""
    what = word(WANTED, asked.what)
    match asked.what:
        case Wanted.EXTENSION:
            return _("%(label)s: %(text)s") % {
                "label": what,
                "text": working_days(asked.working_days),
            }
        case Wanted.LEGAL_ROUTE if asked.due_at:
            text = f"{asked.body} · {moment(asked.due_at, now)}"
            return _("%(label)s: %(text)s") % {"label": what, "text": text}
        case Wanted.SUPPORT if asked.remedy:
            text = word(REMEDIES, asked.remedy)
            return _("%(label)s: %(text)s") % {"label": what, "text": text}
        case _:
            return what


class _Teller:
    """Puts the particulars of one case into words for one officer."""

    def __init__(self, opened: OpenCase, history: History) -> None:
        self._case = opened.view.state
        self._facts = opened.facts
        self._history = history
        self._names = Names(opened.facts.directory, opened.facts.policy)
        self._now = opened.facts.now

    def of_systems(self) -> Told:
        case = self._case
        if case.external_ref:
            due = moment(case.external_due, self._now) if case.external_due else ""
            yield field("external_ref"), " · ".join(one for one in (case.external_ref, due) if one)
        if case.subject_units and may_see_contact(self._facts):
            units = "; ".join(map(self._names.unit, case.subject_units))
            yield _("The complaint is about"), units
        if case.set_by:
            yield _("Set and judged by"), self._names.post_with_unit(case.set_by)
        if case.inherited_at is not None:
            yield _("The officer took the post over"), moment(case.inherited_at, self._now)

    def of_waiting(self) -> Told:
        case = self._case
        if case.pause is not None:
            words = {
                "reason": self._names.reason(case.pause.reason),
                "condition": self._said("paused", "condition"),
                "when": moment(case.pause.check_at, self._now),
            }
            yield (
                _("Paused"),
                _("%(reason)s. Checked on %(when)s: %(condition)s") % words,
            )
        if case.promised_for is not None:
            yield pgettext("noun", "Promise"), moment(case.promised_for, self._now)

    def of_deciding(self) -> Told:
        case = self._case
        if case.extensions:
            yield (
                _("More time"),
                _("asked for before; granted in all: %(days)s")
                % {"days": working_days(case.extended_days)},
            )

    def of_calls(self) -> Told:
        case = self._case
        if case.instruction is not None and case.is_open:
            words = {
                "who": self._names.post_with_unit(case.instruction.who),
                "when": moment(case.instruction.due_at, self._now),
                "post": self._names.post_with_unit(case.instruction.post),
            }
            yield _("Instruction"), _("%(who)s, by %(when)s; ordered by %(post)s") % words
        if case.sponsor:
            yield _("Sponsor"), self._names.post_with_unit(case.sponsor)
        if case.listed_at is not None and case.is_open:
            yield _("On the leader's list since"), moment(case.listed_at, self._now)

    def of_the_end(self) -> Told:
        case = self._case
        if case.state is State.PROPOSED and case.confirm_not_before is not None:
            yield field("confirm_not_before"), moment(case.confirm_not_before, self._now)
        if case.state is State.PROPOSED and case.lapsed:
            yield _("Requester's answer"), _("the time for it is over; parts are still open")

    def _said(self, event_type: str, name: str) -> str:
        """Return what the last event of this type says; words for what was erased."""
        for event, personal in reversed(self._history):
            if event.type == event_type:
                return str({**event.fields, **personal}.get(name) or _("(erased)"))
        return "--"
