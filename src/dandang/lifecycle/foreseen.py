"""What an act would do, before it is done: where the case goes, and which clocks it moves. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dandang.lifecycle.archive.rules import evolve
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.happen import Circumstances, happen, terms_under
from dandang.lifecycle.casework.rules.kin import Births, ForOther
from dandang.lifecycle.casework.rules.permit import acting_post
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.casework.rules.unfold import Change
from dandang.lifecycle.rulebook import happens
from dandang.lifecycle.states import State
from dandang.lifecycle.verbs import Verb
from dandang.terms import Due


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What an act makes of a case. `events` are the names of what happens, in order.

    `started` clocks were not there before, `stopped` ones end, `moved` ones get another time (the
    old one first), `halted` ones stand still from then on and `resumed` ones go on. `parts` is how
    many cases are split off.
    """

    state_before: State
    state: State
    holder_before: str
    holder: str
    events: tuple[str, ...] = ()
    started: tuple[Due, ...] = ()
    stopped: tuple[Due, ...] = ()
    moved: tuple[tuple[Due, Due], ...] = ()
    halted: tuple[Due, ...] = ()
    resumed: tuple[Due, ...] = ()
    parts: int = 0

    @property
    def is_disputed(self) -> bool:
        """Whether it goes before the deciding office, whatever the act is called."""
        return self.state is State.DISPUTED and self.state_before is not State.DISPUTED


def foreseen(change: Change) -> Foreseen:
    """Return what a change means, by comparing the case before it and after it."""
    events = tuple(record.event.type_name() for record in change.records)
    return _compared(change.before, change.after, events)


def foreseen_alone(verb: Verb, facts: Facts, wish: object) -> Foreseen:
    """Return what the rule of a ready verb makes of this case, whatever it does to others.

    Refuses what the rule refuses. The actor is taken to act for the post that permits it.
    """
    facts = replace(facts, post=acting_post(facts, verb) or "")
    items = happens(verb.name, facts, wish)
    parts = sum(len(item.children) for item in items if isinstance(item, Births))
    events = [item for item in items if not isinstance(item, Births | ForOther)]
    events += [item.event(()) for item in items if isinstance(item, Births)]
    terms = terms_under(facts.policy, facts.calendar)
    how = Circumstances(by=facts.by, post=facts.post, now=facts.now, terms=terms)
    after, records = happen(facts.case, events, evolve, how)
    names = tuple(record.event.type_name() for record in records)
    return replace(_compared(facts.case, after, names), parts=parts)


def clocks_after(before: Mapping[str, Due], told: Foreseen) -> dict[str, Due]:
    """Return the clocks that a case has after what was foreseen: what is told leaves nothing out.

    >>> due = Due("total", None)
    >>> told = Foreseen(State.RECEIVED, State.RECEIVED, "a", "a", started=(due,))
    >>> clocks_after({}, told) == {"total": due}
    True
    """
    ended = {due.clock for due in told.stopped}
    after = {clock: due for clock, due in before.items() if clock not in ended}
    changed = [*told.started, *(due for _, due in told.moved), *told.halted, *told.resumed]
    return after | {due.clock: due for due in changed}


def _compared(before: CaseState, after: CaseState, events: tuple[str, ...]) -> Foreseen:
    common = [
        (due, after.clocks[clock])
        for clock, due in before.clocks.items()
        if clock in after.clocks and after.clocks[clock] != due
    ]
    return Foreseen(
        state_before=before.state,
        state=after.state,
        holder_before=before.holder,
        holder=after.holder,
        events=events,
        started=tuple(due for clock, due in after.clocks.items() if clock not in before.clocks),
        stopped=tuple(due for clock, due in before.clocks.items() if clock not in after.clocks),
        moved=tuple((old, new) for old, new in common if old.paused == new.paused),
        halted=tuple(new for old, new in common if new.paused and not old.paused),
        resumed=tuple(new for old, new in common if old.paused and not new.paused),
        parts=max(after.children - before.children, 0),
    )
