"""What a decision needs beside the words of whoever asked: how long it took, what was granted."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dandang.interfaces.shared.words.cases import STATES, word
from dandang.interfaces.shared.words.fields import field
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.remaining import working_time
from dandang.interfaces.shared.words.times import moment, working_days
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.particulars import Asked, Wanted
from dandang.lifecycle.states import State

Told = Iterator[tuple[str, str]]


def beside(facts: Facts, names: Names) -> tuple[tuple[str, str], ...]:
    """Return label and words of what helps to decide about a case now."""
    asked = facts.case.asked
    if asked is not None:
        return (*_MAKERS[asked.what](facts, asked), *_always(facts, names))
    return tuple(_always(facts, names))


def _always(facts: Facts, names: Names) -> Told:
    case = facts.case
    if not case.is_open:
        return
    yield _("Held since"), _held(facts)
    if case.hand_overs:
        yield _("Handed over"), str(case.hand_overs)
    if case.promised_for is not None:
        yield pgettext("noun", "Promise"), moment(case.promised_for, facts.now)
    if case.total is not None and case.total.at is not None:
        yield _("To be finished by"), moment(case.total.at, facts.now)
    if case.state is State.PROPOSED and case.outcome_reason:
        yield field("reason"), names.reason(case.outcome_reason)


def _held(facts: Facts) -> str:
    calendar, since = facts.calendar, facts.case.held_since
    # The machine's clock may have been set back since.
    worked = calendar.working_time_between(min(since, facts.now), facts.now, provisional_ok=True)
    return _("%(when)s (%(time)s worked)") % {
        "when": moment(since, facts.now),
        "time": working_time(worked, calendar),
    }


def _extension(facts: Facts, asked: Asked) -> Told:
    case = facts.case
    yield (
        _("Granted before"),
        working_days(case.extended_days) if case.extensions else _("nothing"),
    )
    yield (
        _("Extensions that can be asked for"),
        _("%(used)s of %(most)s are used")
        % {"used": case.extensions, "most": facts.policy.limits.max_extensions},
    )
    if case.total is not None and case.total.at is not None:
        days = asked.working_days
        after = facts.calendar.add_working_days(case.total.at, days, provisional_ok=True).at
        yield _("If all of it is granted, to be finished by"), moment(after, facts.now)


def _legal_route(facts: Facts, asked: Asked) -> Told:
    yield field("body"), asked.body
    yield field("article"), asked.article
    yield field("acceptance_number"), asked.acceptance_number
    if asked.due_at is not None:
        yield _("Decision due by law"), moment(asked.due_at, facts.now)


def _split(facts: Facts, _asked: Asked) -> Told:
    case = facts.case
    if case.children:
        yield (
            _("Parts so far"),
            _("%(number)s, still open: %(open)s")
            % {"number": case.children, "open": case.open_children},
        )


def _erasure(facts: Facts, asked: Asked) -> Told:
    yield field("basis"), asked.article
    yield _("How it ended"), word(STATES, facts.case.state)
    if facts.case.ended_at is not None:
        yield _("Ended"), moment(facts.case.ended_at, facts.now)


_MAKERS: Mapping[Wanted, Callable[[Facts, Asked], Told]] = MappingProxyType(
    {
        Wanted.EXTENSION: _extension,
        Wanted.LEGAL_ROUTE: _legal_route,
        Wanted.SPLIT: _split,
        Wanted.ERASURE: _erasure,
        Wanted.SUPPORT: lambda _facts, _asked: iter(()),
    }
)
