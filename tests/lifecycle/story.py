"""Cases in memory: acts go through the verb table and the pure rules, like the real ones."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

import pytest

from dandang.lifecycle.archive.rules import evolve
from dandang.lifecycle.casework.rules.changes import moved, settle
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.happen import Circumstances, happen, terms_under
from dandang.lifecycle.casework.rules.kin import units_near
from dandang.lifecycle.casework.rules.permit import permit
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.casework.rules.unfold import Means, unfold
from dandang.lifecycle.deadlines.clocks import NEVER_FIRE, ORDER
from dandang.lifecycle.escalation.rules.firing import fire, verb_of
from dandang.lifecycle.intake.rules import Contact, Open, open_case, route
from dandang.lifecycle.rulebook import RULES, happens
from dandang.lifecycle.verbs import VERBS
from dandang.lifecycle.verbs.values import parse
from dandang.terms import Actor, ActorKind, Code, Due, Event, Recorded, Refusal
from tests import town

MRS_LIU = Actor.requester(1)
REACHABLE = Contact(phone="13900000000")


@dataclass
class Story:
    """A case and everything that happened to it. `now` moves only when told to.

    `family` and `written` hold every case of the story by tag, shared by the stories that
    `another` and `child` return.
    """

    now: datetime = town.MONDAY
    tag: str = "case-1"
    family: dict[str, CaseState] = field(default_factory=dict)
    written: dict[str, list[Recorded]] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(2))

    @property
    def case(self) -> CaseState:
        return self.family[self.tag]

    @case.setter
    def case(self, state: CaseState) -> None:
        self.family[self.tag] = state

    @property
    def records(self) -> list[Recorded]:
        return self.written[self.tag]

    @property
    def names(self) -> list[str]:
        return [record.event.type_name() for record in self.records]

    def another(self) -> "Story":
        """Begin a story of another case in the same city."""
        return replace(self, tag=self._draw())

    def of(self, tag: str) -> "Story":
        """Return the story of another case that is there already."""
        assert tag in self.family
        return replace(self, tag=tag)

    def children(self) -> "list[Story]":
        """Return the stories of the parts of this case, in the order they were opened."""
        return [self.of(tag) for tag, case in self.family.items() if case.parent == self.tag]

    def _draw(self) -> str:
        return f"case-{next(self.numbers)}"

    def opens(
        self, category: str = "water_supply", area: str = "hudong", **more: object
    ) -> "Story":
        """Mrs Liu sends a request; the register of duties routes it."""
        wish = Open(
            title="No water",
            text="No water since this morning",
            channel="web",
            category=category,
            area=area,
            **{"contact": REACHABLE, **more},
        )
        return self.begins(wish, MRS_LIU)

    def begins(self, wish: Open, by: Actor) -> "Story":
        """Somebody opens a case; the register of duties routes it."""
        event = open_case(
            wish, directory=town.directory(), policy=town.policy(), now=self.now, by=by
        )
        self._write([event], by)
        self._write(route(self.facts(by), wish), Actor.system())
        return self

    def facts(self, by: Actor, other: str = "") -> Facts:
        directory = town.directory()
        officer = by.kind is ActorKind.OFFICER
        return Facts(
            case=self.case,
            by=by,
            posts=directory.posts_of(by.code, self.now) if officer else (),
            directory=directory,
            policy=town.policy(),
            calendar=town.calendar(),
            now=self.now,
            tag=self.tag,
            family=self.family,
            other=other,
            digests=("digest",),
            kin_units=units_near(self.tag, self.family),
        )

    def does(self, verb: str, by: Actor | str, **values: object) -> "Story":
        """Let an officer (by code), a requester or the system do a verb; Refusal when refused.

        A second case is named by its tag.
        """
        actor = Actor.officer(by) if isinstance(by, str) else by
        wish = RULES[verb].wish(**parse(VERBS[verb], values))
        facts = self.facts(actor, getattr(wish, "into", self.case.merged_into))
        post = permit(facts, VERBS[verb])
        items = happens(verb, replace(facts, post=post), wish)
        means = Means(evolve, self._how(actor, post), self._draw)
        unfolded = unfold(self.tag, items, self.family, means)
        for tag, change in unfolded.changes.items():
            self.family[tag] = change.after
            self.written[tag] += change.records
        for born in unfolded.born:
            self.family[born.tag] = born.state
            self.written[born.tag] = list(born.records)
        return self

    def lets_time_run(self, until: datetime) -> "Story":
        """Let everything that is due by then happen, each clock at its time, none in the past."""
        while (due := self._first_due()) is not None and due.at <= until:
            self.now = max(self.now, due.at)
            facts = self.facts(Actor.system())
            verb = verb_of(facts, due.clock)
            if verb is not None:
                self.does(verb, Actor.system())
            else:
                self._write(fire(facts, due), Actor.system())
        self.now = until
        return self

    def _first_due(self) -> Due | None:
        running = (
            due
            for due in self.case.clocks.values()
            if not (due.paused or due.missed or due.clock in NEVER_FIRE)
        )
        return min(running, key=lambda due: (due.at, ORDER[due.clock]), default=None)

    def after(self, **span: float) -> "Story":
        """Let time pass."""
        self.now += timedelta(**span)
        return self

    def replayed(self) -> CaseState:
        """Rebuild the case from its events alone."""
        state: CaseState | None = None
        for record in self.records:
            after = evolve(state, record)
            changed = state is None or moved(state, after)
            state = settle(after, record.dues, state_moved=changed)
        assert state is not None
        return state

    def _how(self, by: Actor, post: str = "") -> Circumstances:
        return Circumstances(by, post, self.now, terms_under(town.policy(), town.calendar()))

    def _write(self, events: Iterable[Event], by: Actor) -> None:
        before = self.family.get(self.tag)
        state, records = happen(before, list(events), evolve, self._how(by))
        self.family[self.tag] = state
        self.written.setdefault(self.tag, []).extend(records)


def refused(code: Code, story: Story, verb: str, by: Actor | str, **values: object) -> None:
    """Expect a refusal that changes nothing and records nothing."""
    before = (dict(story.family), {tag: list(one) for tag, one in story.written.items()})
    with pytest.raises(Refusal) as caught:
        story.does(verb, by, **values)
    assert caught.value.code is code
    assert (story.family, story.written) == before
