"""Whatever happens in whatever order, what is kept is what every case contributes."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from dandang.ledger.sequencer import sequence_once
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.perform import perform
from dandang.lifecycle.work import fire_until
from dandang.publication.figures import following
from dandang.publication.figures.rules.cells import WHOLE, CellKey
from dandang.terms import Actor, Refusal
from tests import town
from tests.publication.city import MRS_LIU, done, imports, judges, later, sends
from tests.publication.counting import by_hand, catch_up, kept, rebuild

pytestmark = pytest.mark.django_db

LONG = {"outcome": "resolved", "text": "Done", "contacted_by": ""}
ACTS: list[tuple[str, str, dict[str, object]]] = [
    ("accept", "holder", {}),
    ("contact", "holder", {"how": "phone", "text": "We come tomorrow"}),
    ("propose", "holder", LONG),
    ("hand-over", "holder", {
        "to_post": "housing-duty",
        "reason": "not_our_duty",
        "text": "Not ours",
        "basis": "Duty list",
    }),
    ("judge", "requester", {"verdict": "solved"}),
    ("judge", "requester", {"verdict": "no"}),
    ("judge", "requester", {"verdict": "partly"}),
    ("rate", "requester", {"stars": 5}),
    ("rate", "requester", {"stars": 2}),
    ("reopen", "requester", {"text": "It is back"}),
    ("look-back", "requester", {"holds": False}),
    ("withdraw", "requester", {}),
    ("lapse", "system", {}),
    ("change-category", "dispatcher", {"category": "city_appearance", "text": "Rather this"}),
    ("conclude", "supervision", {
        "reason": "final_review_given",
        "review_number": "2025-3",
        "reviewed_at": town.MONDAY - timedelta(days=90),
        "text": "It was reviewed",
    }),
]  # fmt: skip
PLACES = [("water_supply", "hudong"), ("noise_building_night", "qingshan"), ("", ""), ("lifts", "")]

steps = st.one_of(
    st.tuples(st.just("send"), st.sampled_from(PLACES), st.just(0)),
    st.tuples(st.just("imports"), st.booleans(), st.just(0)),
    st.tuples(st.just("act"), st.integers(0, 9), st.sampled_from(range(len(ACTS)))),
    st.tuples(st.just("act"), st.integers(0, 9), st.sampled_from(range(len(ACTS)))),
    st.tuples(st.just("done"), st.sampled_from(["solved", "partly", "no", ""]), st.integers(0, 5)),
    st.tuples(st.just("wait"), st.integers(1, 400), st.just(0)),
    st.tuples(st.just("merge"), st.integers(0, 9), st.integers(0, 9)),
    st.tuples(st.just("split"), st.integers(0, 9), st.just(0)),
    st.tuples(st.just("follow"), st.integers(1, 9), st.just(0)),
)


@contextmanager
def undone() -> Iterator[None]:
    """Forget what happens in the block."""
    begun = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(begun)


class History:
    """A city in which things happen; what is refused does not."""

    def __init__(self) -> None:
        self.now = later()
        self.references = [sends()]

    def goes_on(self, what: str, one: object, other: object) -> None:
        with suppress(Refusal):
            getattr(self, what)(one, other)

    def send(self, place, _other) -> None:
        category, area = place
        self.references.append(sends(self.now, category=category, area=area))

    def done(self, verdict, stars) -> None:
        self.references.append(done(self.now))
        if verdict:
            judges(self.references[-1], verdict, self.now)
        if stars:
            perform("rate", self.references[-1], {"stars": stars}, by=MRS_LIU, now=self.now)

    def imports(self, ended, _other) -> None:
        source_id = str(len(self.references))
        self.references.append(imports(source_id, self.now, ended=ended))

    def act(self, which, act) -> None:
        verb, who, values = ACTS[act]
        reference = self._reference(which)
        perform(verb, reference, values, by=self._actor(who, reference), now=self.now)

    def wait(self, hours, _other) -> None:
        self.now += timedelta(hours=hours)
        fire_until(self.now)

    def merge(self, one, other) -> None:
        values = {"into": self._reference(other), "text": "The same"}
        perform(
            "merge", self._reference(one), values, by=Actor.officer(town.ZHAO_MIN), now=self.now
        )

    def split(self, one, _other) -> None:
        perform(
            "split",
            self._reference(one),
            {"to_post": "housing-duty", "title": "A part", "text": "Two things"},
            by=Actor.officer(town.ZHAO_MIN),
            now=self.now,
        )

    def follow(self, limit, _other) -> None:
        sequence_once(limit=limit)
        following.follow_once(now=self.now, limit=limit)

    def _reference(self, number) -> str:
        return self.references[number % len(self.references)]

    def _actor(self, who: str, reference: str) -> Actor:
        if who == "requester":
            return MRS_LIU
        if who == "system":
            return Actor.system()
        holder = Case.objects.get(reference=reference).holder
        by_post = {
            "water-duty": town.LI_NA,
            "housing-duty": town.WANG_QIANG,
            "cityman-duty": town.CAO_LEI,
        }
        fixed = {"dispatcher": town.ZHAO_MIN, "supervision": town.CHEN_HUI}
        return Actor.officer(fixed.get(who) or by_post.get(holder, town.ZHAO_MIN))


@pytest.fixture(autouse=True)
def jiangcheng():
    town.build()


@settings(
    max_examples=settings().max_examples // 5,  # each is a city of its own, told act by act
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(steps, min_size=10, max_size=40))
def test_following_rebuilding_and_counting_by_hand_give_the_same(happens):
    with undone():
        history = History()
        for one in happens:
            history.goes_on(*one)
        catch_up(history.now)
        followed = kept()
        for counter in followed[CellKey("all", "", WHOLE)]:
            event(counter.rpartition(":")[0] if counter.startswith("wait") else counter)
        assert followed == by_hand(history.now)
        rebuild(history.now, page=3)
        assert kept() == followed
