"""What the requester will see of an act, worked out by the rules without doing anything."""

from collections.abc import Mapping
from dataclasses import dataclass

from dandang.interfaces.desk.access import OpenCase
from dandang.interfaces.desk.foreseeing import Told, sentences_of, told_of
from dandang.interfaces.desk.register import RegisterLine, register_line
from dandang.interfaces.desk.supervision.answers import advice
from dandang.interfaces.shared.timeline import Entry, Reader, entries_of
from dandang.interfaces.shared.words.cases import CLOCK_PURPOSES, STATES, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.foreseen import foreseen
from dandang.lifecycle.perform import foresee
from dandang.lifecycle.verbs import Verb
from dandang.lifecycle.verbs.values import parse
from dandang.notifications.imagining import would_tell


@dataclass(frozen=True, slots=True)
class Preview:
    """The case after the act, and the new entries of the requester's timeline.

    `register` is the line of the register of duties for a category corrected in the same act,
    `advice` what to look at in an answer before it goes out.
    `sentences` say what the act does, `messages` are what requesters are sent, `officers` the names
    of those who are told.
    """

    state: str
    holder: str
    next_due: str
    entries: tuple[Entry, ...]
    register: RegisterLine | None
    advice: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    messages: tuple[Told, ...] = ()
    officers: tuple[str, ...] = ()


def preview(opened: OpenCase, verb: Verb, values: Mapping[str, object]) -> Preview:
    """Return what the requester concerned would see if the officer did this now.

    Refuses whatever doing it would refuse now.
    """
    facts = opened.facts
    change = foresee(verb.name, opened.view.reference, values, by=facts.by, now=facts.now)
    after = change.after
    names = Names(facts.directory, facts.policy, facts.case.case_class)
    due = after.next_due
    request = parse(verb, values).get("request", 1)
    told = would_tell(opened.view.stream, after, change.records, facts.now)
    messages, officers = told_of(told, names)
    changed = after.category if after.category != facts.case.category else None
    return Preview(
        state=word(STATES, after.state),
        holder=names.post_with_unit(after.holder),
        next_due=f"{moment(due.at, facts.now)} · {word(CLOCK_PURPOSES, due.clock)}"
        if due and due.at
        else "",
        entries=entries_of(change.records, Reader(request, names, facts.now)),
        register=register_line(facts, changed) if changed else None,
        advice=advice(opened, verb.name, values),
        sentences=sentences_of(opened, foreseen(change), after),
        messages=messages,
        officers=officers,
    )
