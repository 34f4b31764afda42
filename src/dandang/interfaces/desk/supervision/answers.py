"""What the rules find in an answer, in sentences: advice before sending, and beside proposals."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dandang.interfaces.desk.access import OpenCase
from dandang.interfaces.shared.words.names import Names
from dandang.ledger.queries import personal_of
from dandang.lifecycle.casework.rules.reply_check import Finding, Reading, findings, read
from dandang.lifecycle.states import Outcome
from dandang.organization.directory import Directory

_HANDS_OVER = "hand-over"
_CHECKED = frozenset({"propose", "reply", _HANDS_OVER})
_LEAST_OF_NOTE = 12
_NEED_BASIS = frozenset({Outcome.EXPLAINED, Outcome.DECLINED})


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in an answer: `facts` say what it holds, `sentences` what to look at."""

    sentences: tuple[str, ...]
    facts: tuple[str, ...]


def advice(opened: OpenCase, verb: str, values: Mapping[str, object]) -> tuple[str, ...]:
    """Return what to look at in an answer before it goes out, or in the note of a hand-over.

    Nothing for other acts. One query.
    """
    text = str(values.get("text") or "")
    if verb not in _CHECKED or not text:
        return ()
    view, facts = opened.view, opened.facts
    said = personal_of([view.opening_event], ["title", "text"]).get(view.opening_event, {})
    outcome = str(values.get("outcome") or "")
    basis = str(values.get("basis") or "")
    checker = Checker(facts.directory, Names(facts.directory, facts.policy))
    if verb == _HANDS_OVER:
        return checker.check_note(request_of(said), text, facts.case.holder_unit)
    return checker.check(request_of(said), text, facts.case.holder_unit, outcome, basis).sentences


def request_of(said: Mapping[str, object]) -> str:
    """Return the words of a request, from its personal values."""
    return "\n".join(str(said[name]) for name in ("title", "text") if said.get(name))


class Checker:
    """Reads answers with the names of the units of one body."""

    def __init__(self, directory: Directory, names: Names) -> None:
        self._directory = directory
        self._names = names
        self._others: dict[str, Mapping[str, str]] = {}

    def check(self, request: str, answer: str, unit: str, outcome: str, basis: str) -> Checked:
        """Return what is found in an answer of this unit; `basis` is what was cited beside it."""
        reading = read(request, answer, self._units_beside(unit))
        needs_basis = outcome in _NEED_BASIS and not basis
        found = findings(reading, needs_basis=needs_basis)
        return Checked(
            sentences=tuple(_SENTENCES[one](reading, self._names) for one in found),
            facts=tuple(_facts(reading, self._names)),
        )

    def check_note(self, request: str, note: str, unit: str) -> tuple[str, ...]:
        """Return what to look at in the note of a hand-over: that it only names another unit.

        Names of units are no words of the matter, and neither is what points to them.
        """
        others = self._units_beside(unit)
        if not read(request, note, others).units:
            return ()
        for name in sorted(others, key=len, reverse=True):
            note = note.replace(name, " ") if name else note
        if read(request, note).left >= _LEAST_OF_NOTE:
            return ()
        return (
            _(
                "The note only names another unit. Say what you know of the matter and what was "
                "done, so that whoever gets it can begin."
            ),
        )

    def _units_beside(self, unit: str) -> Mapping[str, str]:
        """Return the names of the units other than this one, those above it and those below it."""
        if unit not in self._others:
            directory = self._directory
            self._others[unit] = MappingProxyType(
                {
                    called: other.code
                    for other in directory.units.values()
                    if not directory.in_subtree(other.code, unit)
                    and not directory.in_subtree(unit, other.code)
                    for called in (other.name_zh, other.name_en)
                }
            )
        return self._others[unit]


def _facts(reading: Reading, names: Names) -> Iterator[str]:
    yield ngettext("%(n)s character", "%(n)s characters", reading.length) % {"n": reading.length}
    yield _("cites a rule or document") if reading.cites else _("cites no rule or document")
    yield _("gives a telephone number") if reading.telephone else _("gives no telephone number")
    if reading.units:
        yield _("names other units: %(units)s") % {"units": _listed(reading, names)}


def _listed(reading: Reading, names: Names) -> str:
    return _(", ").join(names.unit(code) for code in reading.units)


def _only_another_unit(reading: Reading, names: Names) -> str:
    if reading.units:
        return _(
            "It names only another unit (%(units)s). Unless that was the question, hand the case "
            "over to that unit instead."
        ) % {"units": _listed(reading, names)}
    return _(
        "It only points to somebody else. Unless that was the question, hand the case over to "
        "whoever has to act instead."
    )


def _only_phrases(_reading: Reading, _names: Names) -> str:
    return _("It holds polite phrases and no answer.")


def _only_the_request(_reading: Reading, _names: Names) -> str:
    return _("It repeats the request and answers nothing.")


def _too_short(reading: Reading, _names: Names) -> str:
    if reading.own < reading.length:
        return _(
            "Without what it repeats of the request it has %(n)s characters: that seldom says what "
            "was done, when, and what comes next."
        ) % {"n": reading.own}
    return _(
        "It has %(n)s characters: that seldom says what was done, when, and what comes next."
    ) % {"n": reading.length}


def _beside(_reading: Reading, _names: Names) -> str:
    return _("It shares hardly any words with the request: is it the answer to this one?")


def _no_basis(_reading: Reading, _names: Names) -> str:
    return _("It cites no rule, document or permit; explaining and declining rest on one.")


_SENTENCES: Mapping[Finding, Callable[[Reading, Names], str]] = MappingProxyType(
    {
        Finding.ONLY_ANOTHER_UNIT: _only_another_unit,
        Finding.ONLY_PHRASES: _only_phrases,
        Finding.ONLY_THE_REQUEST: _only_the_request,
        Finding.TOO_SHORT: _too_short,
        Finding.BESIDE_THE_REQUEST: _beside,
        Finding.NO_BASIS: _no_basis,
    }
)
