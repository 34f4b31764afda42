"""Laws that hold for every history: random acts of everybody, through the real rules."""

from datetime import timedelta

from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from dandang.lifecycle.casework.rules.permit import possible_verbs
from dandang.lifecycle.event_types import CUSTODY_EVENTS
from dandang.lifecycle.intake.rules import Contact
from dandang.lifecycle.states import State
from dandang.lifecycle.verbs import READY, Field, Kind
from dandang.terms import Actor, Refusal
from tests import town
from tests.lifecycle.story import REACHABLE, Story

FINAL = {"withdraw", "decline", "attach", "note"}
REQUESTERS = [Actor.requester(number) for number in (1, 2)]
OFFICERS = sorted(town.directory().officers)
POSTS = sorted(town.directory().posts)
CATEGORIES = ["", "water_supply", "noise_building_night", "street_trading", "lifts", "unpaid_wages"]
REASONS = sorted(town.policy().reasons)
BEGINNING: dict[str, dict[str, object]] = {
    "accept": {},
    "ask": {"missing": "The number", "text": "Which house?"},
    "propose": {"outcome": "resolved", "text": "It is done"},
}
TEXTS = st.sampled_from(["", "Something", "另一句话"])
ACTORS = st.one_of(
    st.sampled_from(OFFICERS).map(Actor.officer),
    st.integers(1, 3).map(Actor.requester),
    st.just(Actor.system()),
)


def values_of(field: Field) -> st.SearchStrategy[object]:
    """Draw what somebody might say in a field, right or wrong."""
    by_kind: dict[Kind, st.SearchStrategy[object]] = {
        Kind.POST: st.sampled_from(POSTS),
        Kind.REASON: st.sampled_from(REASONS),
        Kind.CATEGORY: st.sampled_from(CATEGORIES),
        Kind.OFFICER: st.sampled_from(["", *OFFICERS]),
        Kind.CHOICE: st.sampled_from(field.choices or ("",)),
        Kind.YES_NO: st.booleans(),
        Kind.NUMBER: st.integers(0, 3),
    }
    return by_kind.get(field.kind, TEXTS)


def acts() -> st.SearchStrategy[tuple[str, Actor, dict[str, object]]]:
    """Draw a verb, somebody to do it, and values for its fields."""
    return st.sampled_from(sorted(READY)).flatmap(
        lambda verb: st.tuples(
            st.just(verb),
            ACTORS,
            st.fixed_dictionaries({f.name: values_of(f) for f in READY[verb].fields}),
        )
    )


def proper_values(verb: str) -> st.SearchStrategy[dict[str, object]]:
    """Draw values that the form of the verb would let through."""
    reasons = [one.code for name in READY[verb].reasons for one in town.policy().reasons_for(name)]
    by_kind: dict[Kind, st.SearchStrategy[object]] = {
        Kind.REASON: st.sampled_from(reasons or [""]),
        Kind.TEXT: st.just("Said properly"),
        Kind.LINE: st.just("Duty list no. 3"),
    }
    return st.fixed_dictionaries(
        {field.name: by_kind.get(field.kind, values_of(field)) for field in READY[verb].fields}
    )


class AnyHistory(RuleBasedStateMachine):
    """Everybody tries everything; most is refused; what holds must always hold."""

    @initialize(
        category=st.sampled_from(CATEGORIES),
        reachable=st.booleans(),
        begun=st.sampled_from([(), ("accept",), ("accept", "ask"), ("accept", "propose")]),
    )
    def opens(self, *, category: str, reachable: bool, begun: tuple[str, ...]) -> None:
        contact = REACHABLE if reachable else Contact()
        self.story = Story().opens(category, "qingshan", contact=contact)
        self.first_total = self.story.case.total
        for verb in begun:
            officers = town.directory().officers_of(self.story.case.holder, self.story.now)
            self._try(verb, Actor.officer(officers[0].code), BEGINNING[verb])

    @rule(hours=st.integers(0, 100))
    def time_passes(self, hours: int) -> None:
        self.story.after(hours=hours)

    @rule(act=acts())
    def somebody_tries(self, act: tuple[str, Actor, dict[str, object]]) -> None:
        self._try(*act)

    @rule(data=st.data())
    def somebody_entitled_does_it_properly(self, data: st.DataObject) -> None:
        entitled: dict[str, list[Actor]] = {}
        for actor in (*map(Actor.officer, OFFICERS), *REQUESTERS, Actor.system()):
            for verb in possible_verbs(self.story.facts(actor)):
                entitled.setdefault(verb.name, []).append(actor)
        # Verbs that cut a history short are drawn less often than those that lead on.
        onward = [verb for verb in entitled for _ in range(1 if verb in FINAL else 4)]
        if onward:
            verb = data.draw(st.sampled_from(onward))
            actor = data.draw(st.sampled_from(entitled[verb]))
            self._try(verb, actor, data.draw(proper_values(verb)))

    def _try(self, verb: str, by: Actor, values: dict[str, object]) -> None:
        before, written = self.story.case, len(self.story.records)
        try:
            self.story.does(verb, by, **values)
        except Refusal:
            assert self.story.case is before
            assert len(self.story.records) == written
        else:
            names = self.story.names[written:]
            assert names
            event(verb)
            assert set(names) <= set(READY[verb].events)
            moved = self.story.case.holder != before.holder
            assert not moved or READY[verb].custody
            changed = self.story.case.state != before.state
            assert not changed or self.story.case.state in READY[verb].goes_to

    @invariant()
    def exactly_one_holder_named_by_the_last_custody_event(self) -> None:
        case = self.story.case
        named = [
            record.event.to_fields().get("to_post")
            for record in self.story.records
            if record.event.type_name() in CUSTODY_EVENTS
        ]
        assert case.holder == [post for post in named if post][-1]
        assert case.holder_unit == town.directory().post(case.holder).unit

    @invariant()
    def the_total_clock_never_moves(self) -> None:
        case = self.story.case
        if not any(name == "category_changed" for name in self.story.names):
            assert case.total == self.first_total
        assert case.clocks.get("total") == (case.total if case.is_open else None)

    @invariant()
    def every_open_case_has_a_deadline_and_no_ended_one_has(self) -> None:
        case = self.story.case
        assert case.is_open == (case.next_due is not None)
        assert case.is_open == (case.ended_at is None)

    @invariant()
    def solved_only_because_a_requester_said_so(self) -> None:
        case = self.story.case
        if case.state is State.SOLVED:
            assert any(one.verdict == "solved" for one in case.requests)

    @invariant()
    def a_replay_of_the_events_gives_the_same_case(self) -> None:
        assert self.story.replayed() == self.story.case

    @invariant()
    def events_survive_their_ledger_form(self) -> None:
        last = self.story.records[-1].event
        assert type(last).from_fields(last.to_fields()) == last

    @invariant()
    def a_holder_has_at_least_the_least_time(self) -> None:
        due = self.story.case.clocks.get("resolution")
        assert due is None or due.at > self.story.case.held_since - timedelta(seconds=1)


TestAnyHistory = AnyHistory.TestCase
TestAnyHistory.settings = settings(stateful_step_count=40)
