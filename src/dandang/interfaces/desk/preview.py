"""What the requester will see of an act, worked out by the rules without doing anything."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dandang.interfaces.desk.access import OpenCase
from dandang.interfaces.desk.elsewhere import elsewhere
from dandang.interfaces.desk.foreseeing import Told, sentences_of, told_of
from dandang.interfaces.desk.register import RegisterLine, register_line
from dandang.interfaces.desk.supervision.answers import advice
from dandang.interfaces.shared.timeline import Entry, Reader, entries_of
from dandang.interfaces.shared.words.cases import CLOCK_PURPOSES, STATES, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.casework.actions.act import Imagined
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.foreseen import foreseen
from dandang.lifecycle.perform import foresee_all
from dandang.lifecycle.states import State
from dandang.lifecycle.verbs import Verb
from dandang.lifecycle.verbs.values import parse
from dandang.notifications.imagining import would_tell


@dataclass(frozen=True, slots=True)
class Preview:
    """The case after the act, and the new entries of the requester's timeline.

    `register` is the line of the register of duties for a category corrected in the same act,
    `advice` what to look at in an answer before it goes out.
    `sentences` say what the act does, `elsewhere` what it does to other cases, `messages` are what
    requesters are sent, `officers` the names of those who are told. Of a case that goes on in
    another one, requesters see where that one stands.
    """

    state: str
    holder: str
    next_due: str
    entries: tuple[Entry, ...]
    register: RegisterLine | None
    advice: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    messages: tuple[Told, ...] = ()
    officers: tuple[str, ...] = ()


def preview(opened: OpenCase, verb: Verb, values: Mapping[str, object]) -> Preview:
    """Return what the requester concerned would see if the officer did this now.

    Refuses whatever doing it would refuse now.
    """
    facts = opened.facts
    imagined = foresee_all(verb.name, opened.view.reference, values, by=facts.by, now=facts.now)
    change = imagined.change
    after = change.after
    names = Names(facts.directory, facts.policy, facts.case.case_class)
    seen = _seen_by_requesters(imagined)
    due = seen.next_due
    request = parse(verb, values).get("request", 1)
    told = would_tell(opened.view.stream, after, change.records, facts.now)
    messages, officers = told_of(told, names)
    changed = after.category if after.category != facts.case.category else None
    return Preview(
        state=word(STATES, seen.state),
        holder=names.post_with_unit(seen.holder),
        next_due=f"{moment(due.at, facts.now)} · {word(CLOCK_PURPOSES, due.clock)}"
        if due and due.at
        else "",
        entries=entries_of(change.records, Reader(request, names, facts.now)),
        register=register_line(facts, changed) if changed else None,
        advice=advice(opened, verb.name, values),
        sentences=sentences_of(opened, replace(foreseen(change), parts=0), after),
        elsewhere=elsewhere(opened, imagined),
        messages=messages,
        officers=officers,
    )


def _seen_by_requesters(imagined: Imagined) -> CaseState:
    """Return the case in which the requesters go on."""
    after = imagined.change.after
    if after.state is not State.MERGED:
        return after
    return next((one.after for _, one in imagined.others), after)
