"""Laws that hold for every history: random acts of everybody, through the real rules."""

from collections.abc import Callable, Iterator, Sized
from datetime import datetime, timedelta

from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from dandang.lifecycle.casework.rules.happen import terms_under
from dandang.lifecycle.casework.rules.offering import possible_verbs
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.deadlines.clocks import NEVER_FIRE
from dandang.lifecycle.deadlines.dues import dues_after
from dandang.lifecycle.deadlines.rules import end_of
from dandang.lifecycle.event_types import CUSTODY_EVENTS
from dandang.lifecycle.intake.rules import Contact
from dandang.lifecycle.states import OPEN, Outcome, State
from dandang.lifecycle.verbs import READY, Field, Kind
from dandang.policy import ClockName
from dandang.terms import Actor, ActorKind, Recorded, Refusal
from tests import town
from tests.lifecycle.beginnings import BEGINNINGS, Beginning, resolved, somebody
from tests.lifecycle.story import MRS_LIU, REACHABLE, Story

FINAL = {
    "withdraw",
    "decline",
    "attach",
    "note",
    "merge",
    "conclude",
    "correct",
    "name-subject",
    "declare-conflict",
    "change-category",
    "link-external",
}
"""Verbs that cut a history short or say little: drawn less often than those that lead on."""
SELDOM = {
    "act-on-call",
    "answer-objection",
    "check-condition",
    "close-not-solved",
    "decide-appeal",
    "decide-dispute",
    "decide-extension",
    "enter-legal-route",
    "lapse",
    "leave-legal-route",
    "refuse-legal-route",
    "reject-proposal",
    "resume",
    "return",
    "update-legal-route",
}
"""Verbs that can only follow others: drawn whenever they can be."""
OFFICERS = sorted(town.directory().officers)
POSTS = sorted(town.directory().posts)
UNITS = sorted(town.directory().units)
CATEGORIES = ["", "water_supply", "noise_building_night", "street_trading", "lifts", "unpaid_wages"]
REASONS = sorted(town.policy().reasons)
TEXTS = st.sampled_from(["", "Something", "另一句话"])
PAST = {"asked_at", "reviewed_at"}
MOST = 5
MANY: dict[str, Callable[[Story], Sized]] = {
    "split": lambda story: story.family,
    "attach": lambda story: story.case.requests,
}
"""What a history must not drown in."""


def actors(story: Story) -> Iterator[Actor]:
    """Yield everybody who could act on a case."""
    yield from map(Actor.officer, OFFICERS)
    yield from (Actor.requester(one.number) for one in story.case.requests)
    yield Actor.system()


def values_of(field: Field, story: Story, *, properly: bool) -> st.SearchStrategy[object]:
    """Draw what somebody might say in a field; properly: what its form would let through."""
    hours = st.integers(1, 500) if properly else st.integers(-60, 3000)
    way = -1 if properly and field.name in PAST else 1
    tags = sorted(story.family)
    by_kind: dict[Kind, st.SearchStrategy[object]] = {
        Kind.POST: st.sampled_from(POSTS),
        Kind.UNIT: st.sampled_from(UNITS),
        Kind.CASE: st.sampled_from(tags),
        Kind.REASON: st.sampled_from(REASONS),
        Kind.CATEGORY: st.sampled_from(CATEGORIES),
        Kind.OFFICER: st.sampled_from(["", *OFFICERS]),
        Kind.CHOICE: st.sampled_from(field.choices or ("",)),
        Kind.YES_NO: st.booleans(),
        Kind.NUMBER: st.integers(0, 12),
        Kind.INSTANT: hours.map(lambda hours: story.now + way * timedelta(hours=hours)),
    }
    if properly:
        by_kind[Kind.TEXT] = st.just("Said properly")
        by_kind[Kind.LINE] = st.just("Duty list no. 3")
        by_kind[Kind.CATEGORY] = st.sampled_from(CATEGORIES[1:])
    found = by_kind.get(field.kind, TEXTS)
    return found if field.required else st.one_of(st.none(), found)


def wish_of(verb: str, story: Story, *, properly: bool) -> st.SearchStrategy[dict[str, object]]:
    """Draw values for the fields of a verb."""
    fields = {one.name: values_of(one, story, properly=properly) for one in READY[verb].fields}
    if properly and "reason" in fields:
        policy = town.policy()
        reasons = [one.code for name in READY[verb].reasons for one in policy.reasons_for(name)]
        fields["reason"] = st.sampled_from(reasons)
    return st.fixed_dictionaries(fields)


def weight(verb: str) -> int:
    """Return how often a verb is drawn where it can be done."""
    if verb in SELDOM:
        return 12
    return 1 if verb in FINAL else 4


def latest_total(records: list[Recorded]) -> datetime:
    """Return the latest time at which the total clock of a case may be due, from its events."""
    calendar = town.calendar()
    classes = town.policy().classes
    opening = records[0].event.to_fields()
    counts_from = datetime.fromisoformat(str(opening["counts_from"]))

    def figure(case_class: object) -> datetime:
        return end_of(classes[str(case_class)].clocks[ClockName.TOTAL], counts_from, calendar).at

    latest, granted = figure(opening["case_class"]), 0
    if opening.get("promised_by"):
        latest = datetime.fromisoformat(str(opening["promised_by"]))
    for record in records[1:]:
        name, fields = record.event.type_name(), record.event.to_fields()
        if name == "category_changed":
            promised = figure(fields["case_class"])
            latest = max(
                latest, calendar.add_working_days(promised, granted, provisional_ok=True).at
            )
        if name == "extension_decided" and fields["decision"] == "granted":
            days = int(str(fields["working_days"]))
            granted += days
            latest = calendar.add_working_days(latest, days, provisional_ok=True).at
        if name == "legal_route_entered":
            latest = max(latest, datetime.fromisoformat(str(fields["due_at"])))
        if name == "total_moved":
            latest = max(latest, datetime.fromisoformat(str(fields["due_by"])))
    return latest


class AnyHistory(RuleBasedStateMachine):
    """Everybody tries everything; most is refused; what holds must always hold."""

    @initialize(
        category=st.sampled_from(CATEGORIES),
        reachable=st.booleans(),
        callers=st.integers(1, 3),
        begun=st.sampled_from(BEGINNINGS),
        two=st.booleans(),
        about=st.sampled_from([(), (), ("qingshan",), ("water", "hotline")]),
    )
    def opens(
        self,
        *,
        category: str,
        reachable: bool,
        callers: int,
        begun: Beginning,
        two: bool,
        about: tuple[str, ...],
    ) -> None:
        contact = REACHABLE if reachable else Contact()
        first = Story().opens(category, "qingshan", contact=contact, subject_units=about)
        self.stories = {first.tag: first}
        self.now = first.now
        for _ in range(callers - 1):
            self._try(first, "attach", MRS_LIU, {"text": "Here too"})
        for who, verb, values in begun:
            self._try(first, verb, somebody(who, first), resolved(values, self.now))
        if two:
            other = first.another().opens(category, "qingshan")
            self.stories[other.tag] = other

    @rule(hours=st.integers(0, 100))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(hours=st.integers(1, 400))
    def time_passes_and_clocks_fire(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        totals = {tag: story.case.total.at for tag, story in self.stories.items()}
        for story in list(self.stories.values()):
            story.lets_time_run(self.now)
        for tag, story in self.stories.items():
            event("fired")
            # A part that goes on, or ends, may let the total of another move; no clock does.
            assert story.case.total.at == totals.get(tag, story.case.total.at)
            self._check_called(story)

    def _check_called(self, story: Story) -> None:
        """Whoever is late has been called about it, or somebody above them has."""
        case = story.case
        asked = case.state is State.PROPOSED and case.outcome is Outcome.RESOLVED
        if not case.is_open or asked or not case.total.missed:
            return
        names = {"called_upon", "escalated"}
        assert names & set(story.names)
        for clock in set(case.clocks) - NEVER_FIRE:
            due = case.clocks[clock]
            assert due.paused or due.missed or due.at > self.now
        if any(one.missed for one in case.calls):
            waits = any(not one.missed for one in case.calls)
            assert waits or case.listed_at is not None

    @rule(data=st.data())
    def somebody_tries(self, data: st.DataObject) -> None:
        story = self._draw_story(data)
        verb = data.draw(st.sampled_from(sorted(READY)))
        actor = data.draw(st.sampled_from(list(actors(story))))
        self._try(story, verb, actor, data.draw(wish_of(verb, story, properly=False)))

    @rule(data=st.data())
    def somebody_entitled_does_it_properly(self, data: st.DataObject) -> None:
        story = self._draw_story(data)
        entitled: dict[str, list[Actor]] = {}
        for actor in actors(story):
            for verb in possible_verbs(story.facts(actor)):
                entitled.setdefault(verb.name, []).append(actor)
        onward = [verb for verb in entitled for _ in range(weight(verb))]
        if onward:
            verb = data.draw(st.sampled_from(onward))
            actor = data.draw(st.sampled_from(entitled[verb]))
            self._try(story, verb, actor, data.draw(wish_of(verb, story, properly=True)))

    def _draw_story(self, data: st.DataObject) -> Story:
        story = self.stories[data.draw(st.sampled_from(sorted(self.stories)))]
        story.now = self.now
        return story

    def _try(self, story: Story, verb: str, by: Actor, values: dict[str, object]) -> None:
        if verb in MANY and len(MANY[verb](story)) >= MOST:
            return
        story.now = self.now
        before = dict(story.family)
        written = {tag: len(records) for tag, records in story.written.items()}
        given = {name: value for name, value in values.items() if value is not None}
        try:
            story.does(verb, by, **given)
        except Refusal:
            assert story.family == before
            assert {tag: len(records) for tag, records in story.written.items()} == written
        else:
            event(verb)
            self._check_act(story, verb, by, before, written)
        for tag in story.family:
            self.stories.setdefault(tag, story.of(tag))

    def _check_act(
        self,
        story: Story,
        verb: str,
        by: Actor,
        before: dict[str, CaseState],
        written: dict[str, int],
    ) -> None:
        was, names = before[story.tag], story.names[written[story.tag] :]
        assert names
        expected = {*READY[verb].events, "child_ended", "child_reopened", "total_moved"}
        assert set(names) <= (expected | {"acted_on_call"} if READY[verb].answers else expected)
        assert story.case.holder == was.holder or READY[verb].custody
        assert story.case.state == was.state or story.case.state in READY[verb].goes_to
        assert by.kind is not ActorKind.OFFICER or by.code not in was.conflicts

    def _cases(self) -> Iterator[tuple[Story, CaseState]]:
        for story in self.stories.values():
            yield story, story.case

    @invariant()
    def exactly_one_holder_named_by_the_last_custody_event(self) -> None:
        for story, case in self._cases():
            named = [
                record.event.to_fields().get("to_post")
                for record in story.records
                if record.event.type_name() in CUSTODY_EVENTS
            ]
            assert case.holder == [post for post in named if post][-1]
            assert case.holder_unit == town.directory().post(case.holder).unit

    @invariant()
    def the_total_clock_is_never_later_than_its_rule_allows(self) -> None:
        for story, case in self._cases():
            assert case.total.at <= latest_total(story.records)
            assert case.clocks.get("total") == (case.total if case.is_open else None)

    @invariant()
    def a_part_is_never_due_after_its_parent_and_holds_it_open(self) -> None:
        opened = dict.fromkeys(self.stories, 0)
        for story, case in self._cases():
            if case.parent:
                parent = story.family[case.parent]
                assert not case.is_open or case.total.at <= parent.total.at
                assert case.counts_from == parent.counts_from
                opened[case.parent] += case.is_open
        for tag, number in opened.items():
            case = self.stories[tag].case
            assert case.open_children == number
            assert case.is_open or not number

    @invariant()
    def no_unit_that_is_complained_about_ever_holds(self) -> None:
        directory = town.directory()
        for _, case in self._cases():
            for unit in case.subject_units:
                assert not case.is_open or not directory.in_subtree(case.holder_unit, unit)

    @invariant()
    def every_open_case_has_a_deadline_and_no_ended_one_works_against_one(self) -> None:
        answers = {"objection_answer", "appeal_decision", "unmasking_decision", "look_back", "call"}
        for _, case in self._cases():
            assert case.is_open == (case.ended_at is None)
            assert not case.is_open or case.next_due is not None
            assert case.is_open or case.clocks.keys() <= answers

    @invariant()
    def where_nothing_changed_looking_at_every_clock_finds_none_that_does(self) -> None:
        for story, case in self._cases():
            terms, stands = terms_under(town.policy(), town.calendar())(case), case.standing()
            few, all_ = (
                dues_after(name, stands, stands, terms, story.now)
                for name in ("reminded", "escalated")
            )
            assert few == all_ == ()

    @invariant()
    def no_case_ends_without_its_condition(self) -> None:
        for story, case in self._cases():
            said = {one.verdict for one in case.requests}
            names = story.names
            conditions = {
                State.SOLVED: "solved" in said,
                State.PARTLY_SOLVED: "partly" in said,
                State.NOT_SOLVED: case.refusals >= town.policy().limits.deciding_at_no,
                State.UNANSWERED: "judgement_lapsed" in names,
                State.UNREACHABLE: "judgement_lapsed" in names,
                State.EXPLAINED: "explained" in names,
                State.DECLINED: "declined" in names,
                State.CONCLUDED_BY_LAW: "concluded" in names,
                State.MERGED: case.merged_into in self.stories,
                State.WITHDRAWN: not case.active,
            }
            assert case.state in OPEN or conditions[case.state]

    @invariant()
    def a_replay_of_the_events_gives_the_same_cases(self) -> None:
        for story, case in self._cases():
            assert story.replayed() == case

    @invariant()
    def events_survive_their_ledger_form(self) -> None:
        for story in self.stories.values():
            last = story.records[-1].event
            assert type(last).from_fields(last.to_fields()) == last

    @invariant()
    def nothing_stands_still_but_what_waits_for_its_requester_or_is_paused(self) -> None:
        for _, case in self._cases():
            waits = case.state is State.WAITING_REQUESTER
            still = [due.clock for due in case.clocks.values() if due.paused]
            assert case.pause is None or case.state is State.IN_PROGRESS
            assert still == (["resolution"] if waits or case.pause else [])
            assert waits == (case.asked_at is not None)
            checked = case.pause is not None or case.state is State.WAITING_OTHER
            assert checked == (case.check_at is not None)

    @invariant()
    def a_case_is_on_a_legal_route_exactly_as_long_as_it_says(self) -> None:
        for _, case in self._cases():
            on_route = case.state is State.ON_LEGAL_ROUTE
            assert not case.is_open or on_route == (case.route is not None)

    @invariant()
    def nobody_is_asked_to_help_themselves(self) -> None:
        for _, case in self._cases():
            assert case.holder not in {one.of_post for one in case.assists}

    @invariant()
    def a_holder_has_at_least_the_least_time(self) -> None:
        for _, case in self._cases():
            due = case.clocks.get("resolution")
            assert due is None or due.at > case.held_since - timedelta(seconds=1)


TestAnyHistory = AnyHistory.TestCase
TestAnyHistory.settings = settings(stateful_step_count=40)
