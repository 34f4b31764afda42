"""What an act will do, in sentences: where the case goes, which clocks move, who is told how."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dandang.interfaces.desk.access import OpenCase
from dandang.interfaces.desk.samples import variants
from dandang.interfaces.shared.clocks import keeper
from dandang.interfaces.shared.words.cases import CLOCKS, STATES, word
from dandang.interfaces.shared.words.fields import choice
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.deadlines.clocks import CLOCKS as CLOCK_RULES
from dandang.lifecycle.deadlines.clocks import RIGHTS, SYSTEMS_OWN
from dandang.lifecycle.foreseen import Foreseen, foreseen_alone
from dandang.lifecycle.verbs import Kind, Verb
from dandang.notifications.imagining import Telling
from dandang.notifications.rules.notices import Kind as Recipients
from dandang.policy import ClockName
from dandang.terms import Due, Refusal

_GIVEN = frozenset(rule.name.value for rule in CLOCK_RULES if rule.given)
_UNSAID = SYSTEMS_OWN | RIGHTS | {ClockName.CALL}
_WAYS: Mapping[str, str | Promise] = MappingProxyType(
    {
        "mail": gettext_lazy("by e-mail"),
        "sms": gettext_lazy("by text message"),
        "call": gettext_lazy("by a call of the call-back post"),
        "": gettext_lazy("not at all: no way that is set up here reaches them"),
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """A message to requesters: to how many, by which way, and how it reads."""

    to: str
    ways: tuple[str, ...]
    subject: str
    body: str
    short: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would come of an act. `choice` is what has to be chosen for it; "" for every choice."""

    choice: str
    sentences: tuple[str, ...]


def outlooks(verb: Verb, facts: Facts) -> tuple[Outlook, ...]:
    """Return what a verb does before anything was filled in, by its own rule.

    One for each choice on which it depends; choices that would be refused are left out.
    """
    found: list[tuple[str, Foreseen]] = []
    for name, value, wish in variants(verb, facts):
        try:
            told = foreseen_alone(verb, facts, wish)
        except Refusal:
            continue
        found.append((choice(name, value) if name else "", told))
    chosen = any(one.kind is Kind.POST and one.name == "to_post" for one in verb.fields)
    teller = _Teller(facts, is_post_open=chosen)
    lines = [Outlook(label, tuple(teller.sentences(told))) for label, told in found]
    if len({one.sentences for one in lines}) == 1:
        return (Outlook("", lines[0].sentences),) if lines[0].sentences else ()
    return tuple(one for one in lines if one.sentences)


def sentences_of(opened: OpenCase, told: Foreseen, after: CaseState) -> tuple[str, ...]:
    """Return what an act does that has been filled in; `after` is the case as it then is."""
    return tuple(_Teller(opened.facts, after=after).sentences(told))


class _Teller:
    """Puts what is foreseen of one case into words.

    `is_post_open`: who gets the case has not been said yet, nor have times been that people name.
    """

    def __init__(
        self, facts: Facts, *, after: CaseState | None = None, is_post_open: bool = False
    ) -> None:
        self._facts = facts
        self._after = after
        self._is_post_open = is_post_open
        self._names = Names(facts.directory, facts.policy, facts.case.case_class)

    def sentences(self, told: Foreseen) -> Iterator[str]:
        yield from self._where(told)
        if told.parts:
            yield ngettext(
                "%(n)s part goes on as a case of its own, never due later than this one.",
                "%(n)s parts go on as cases of their own, never due later than this one.",
                told.parts,
            ) % {"n": told.parts}
        yield from self._clocks(told)

    def _where(self, told: Foreseen) -> Iterator[str]:
        if told.is_disputed:
            yield _("It goes before the deciding office; the holder keeps it until it decides.")
        elif told.holder != told.holder_before:
            if self._is_post_open:
                yield _("The post you choose holds the case from then on.")
            else:
                post = self._names.post_with_unit(told.holder)
                yield _("%(post)s holds the case from then on.") % {"post": post}
        if told.state != told.state_before and not told.is_disputed:
            yield _("The case is then: %(state)s.") % {"state": word(STATES, told.state)}

    def _clocks(self, told: Foreseen) -> Iterator[str]:
        for due in told.started:
            if due.clock not in _UNSAID and due.at is not None:
                yield self._starts(due)
        ended = [word(CLOCKS, due.clock) for due in told.stopped if due.clock not in _UNSAID]
        if ended:
            yield _("These clocks end: %(clocks)s.") % {"clocks": _(", ").join(ended)}
        for old, new in told.moved:
            if old.at != new.at and new.at is not None and new.clock not in _UNSAID:
                yield self._moves(new)
        if told.halted:
            names = _(", ").join(word(CLOCKS, due.clock) for due in told.halted)
            yield _(
                "These clocks stand still meanwhile: %(clocks)s. The clock of the whole matter "
                "goes on."
            ) % {"clocks": names}
        for due in told.resumed:
            words = {"clock": word(CLOCKS, due.clock), "when": self._when(due)}
            yield _("This clock goes on: %(clock)s, until %(when)s.") % words

    def _starts(self, due: Due) -> str:
        words = {"clock": word(CLOCKS, due.clock), "when": self._when(due)}
        if self._after is not None:
            words["who"] = keeper(due.clock, self._after, self._names)
            return _("A clock starts: %(clock)s, until %(when)s (%(who)s).") % words
        if due.clock in _GIVEN:
            return _("A clock starts: %(clock)s, until the time you name.") % words
        return _("A clock starts: %(clock)s, until %(when)s.") % words

    def _moves(self, due: Due) -> str:
        words = {"clock": word(CLOCKS, due.clock), "when": self._when(due)}
        if self._after is None:
            return _("This clock moves: %(clock)s.") % words
        return _("This clock moves: %(clock)s, to %(when)s.") % words

    def _when(self, due: Due) -> str:
        assert due.at is not None
        return moment(due.at, self._facts.now)


def told_of(tellings: Sequence[Telling], names: Names) -> tuple[tuple[Told, ...], tuple[str, ...]]:
    """Return the messages to requesters, and the names of the officers who would be told."""
    messages = tuple(_message(one) for one in tellings if one.kind is Recipients.REQUESTER)
    officers = dict.fromkeys(
        names.officer(code)
        for one in tellings
        if one.kind is Recipients.OFFICER
        for code in one.officers
    )
    return messages, tuple(officers)


def _message(one: Telling) -> Told:
    number = sum(one.channels.values())
    ways = tuple(
        _("%(way)s (%(n)s)") % {"way": _WAYS[way], "n": n} if number > 1 else str(_WAYS[way])
        for way, n in one.channels.items()
        if way in _WAYS
    )
    return Told(
        to=ngettext("%(n)s requester", "%(n)s requesters", number) % {"n": number},
        ways=ways,
        subject=one.text.subject if "mail" in one.channels else "",
        body=one.text.body if "mail" in one.channels else "",
        short=one.text.short if "sms" in one.channels else "",
    )
