"""One case in memory: acts go through the verb table and the pure rules, like the real ones."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from dandang.lifecycle.casework.rules.custody import assign_by_duty
from dandang.lifecycle.casework.rules.evolve import moved, settle
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.happen import Circumstances, happen, terms_under
from dandang.lifecycle.casework.rules.permit import permit
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.intake.rules import Contact, Open, evolve, open_case
from dandang.lifecycle.rulebook import RULES
from dandang.lifecycle.verbs import VERBS
from dandang.lifecycle.verbs.values import parse
from dandang.terms import Actor, ActorKind, Code, Recorded, Refusal
from tests import town

MRS_LIU = Actor.requester(1)
REACHABLE = Contact(phone="13900000000")


@dataclass
class Story:
    """A case and everything that happened to it. `now` moves only when told to."""

    now: datetime = town.MONDAY
    records: list[Recorded] = field(default_factory=list)
    state: CaseState | None = None

    @property
    def case(self) -> CaseState:
        assert self.state is not None
        return self.state

    @property
    def names(self) -> list[str]:
        return [record.event.type_name() for record in self.records]

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
        event = open_case(wish, directory=town.directory(), policy=town.policy(), now=self.now)
        self._write([event], Actor.requester(1))
        self._write(assign_by_duty(self.facts(Actor.system())), Actor.system())
        return self

    def facts(self, by: Actor) -> Facts:
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
        )

    def does(self, verb: str, by: Actor | str, **values: object) -> "Story":
        """Let an officer (by code), a requester or the system do a verb; Refusal when refused."""
        actor = Actor.officer(by) if isinstance(by, str) else by
        facts = self.facts(actor)
        wish = RULES[verb].wish(**parse(VERBS[verb], values))
        post = permit(facts, VERBS[verb])
        self._write(RULES[verb].rule(replace(facts, post=post), wish), actor, post)
        return self

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

    def _write(self, events: object, by: Actor, post: str = "") -> None:
        terms = terms_under(town.policy(), town.calendar())
        how = Circumstances(by, post, self.now, terms)
        self.state, records = happen(self.state, list(events), evolve, how)
        self.records += records


def refused(code: Code, story: Story, verb: str, by: Actor | str, **values: object) -> None:
    """Expect a refusal that changes nothing and records nothing."""
    before = (story.state, list(story.records))
    with pytest.raises(Refusal) as caught:
        story.does(verb, by, **values)
    assert caught.value.code is code
    assert (story.state, story.records) == before
