"""How sure a suggestion is, where the register has gaps, what looks alike, what came together."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.routing.bursts import Arrival, bursts
from dandang.lifecycle.routing.confidence import (
    Confidence,
    Evidence,
    Gone,
    Told,
    habit,
    suggest,
)
from dandang.lifecycle.routing.gaps import Seen, gaps
from dandang.lifecycle.routing.likeness import Said, likeness
from dandang.lifecycle.routing.suggesting import stands_out, suggest_category, words_of
from tests import town

POSTS = st.sampled_from(["water", "housing", "cityman", "labour"])
GONE = st.dictionaries(POSTS, st.integers(1, 12)).map(
    lambda found: tuple(Gone(post, cases) for post, cases in found.items())
)
EVIDENCE = st.builds(
    Evidence,
    told=st.sampled_from(Told),
    leads=st.lists(POSTS, unique=True, max_size=3).map(tuple),
    gone=GONE,
    decided=st.lists(POSTS, max_size=3).map(tuple),
    refused=st.frozensets(POSTS, max_size=2),
)
ORDER = [Confidence.OPEN, Confidence.LIKELY, Confidence.CLEAR]
ONE_LEAD = Evidence(Told.GIVEN, leads=("water",))


@given(EVIDENCE)
def test_only_the_one_lead_that_nothing_speaks_against_is_clear(known):
    found = suggest(known)
    if found.confidence is Confidence.CLEAR:
        assert known.leads == (found.post,)
        assert known.told in (Told.GIVEN, Told.PLAIN)
        assert not known.refused
        assert known.decided[:1] in ((), (found.post,))
        assert habit(known.gone) in ("", found.post)


@given(EVIDENCE)
def test_whoever_gave_it_back_is_not_suggested_and_nobody_twice(known):
    found = suggest(known)
    named = [found.post, *found.others] if found.post else [*found.others]
    assert not known.refused & set(named)
    assert len(set(named)) == len(named)
    known_posts = {*known.leads, *known.decided, *(one.post for one in known.gone)}
    assert set(named) == known_posts - known.refused


@given(EVIDENCE, POSTS)
def test_a_decision_for_another_post_never_makes_it_surer(known, post):
    before = suggest(known)
    if post == before.post or len(known.leads) != 1:
        return
    decided = Evidence(known.told, known.leads, known.gone, (post, *known.decided), known.refused)
    after = suggest(decided)
    if after.post == before.post:
        assert ORDER.index(after.confidence) <= ORDER.index(before.confidence)


@given(EVIDENCE)
def test_without_a_category_nothing_is_sure(known):
    unknown = Evidence(Told.NOT, known.leads, known.gone, known.decided, known.refused)
    assert suggest(unknown).confidence is Confidence.OPEN


@pytest.mark.parametrize(
    ("known", "post", "confidence"),
    [
        (ONE_LEAD, "water", Confidence.CLEAR),
        (Evidence(Told.PLAIN, ("water",), (Gone("water", 10, 2),)), "water", Confidence.CLEAR),
        (Evidence(Told.GUESSED, ("water",)), "water", Confidence.LIKELY),
        (Evidence(Told.GIVEN, ("water",), (Gone("water", 9, 4),)), "water", Confidence.LIKELY),
        (
            Evidence(Told.GIVEN, ("water",), (Gone("water", 3), Gone("housing", 2))),
            *("water", Confidence.LIKELY),
        ),
        (Evidence(Told.GIVEN, ("water",), (Gone("housing", 4),)), "water", Confidence.OPEN),
        (Evidence(Told.GIVEN, ("water",), decided=("housing",)), "water", Confidence.OPEN),
        (Evidence(Told.GIVEN, ("water", "housing")), "", Confidence.OPEN),
        (
            Evidence(Told.GIVEN, ("water", "housing"), (Gone("housing", 3),)),
            *("housing", Confidence.LIKELY),
        ),
        (Evidence(Told.GIVEN, (), (Gone("labour", 2),)), "", Confidence.OPEN),
        (Evidence(Told.GIVEN, (), decided=("labour",)), "labour", Confidence.LIKELY),
        (
            Evidence(Told.GIVEN, ("water", "housing"), refused=frozenset({"water"})),
            *("housing", Confidence.LIKELY),
        ),
    ],
)
def test_the_register_goes_first_then_decisions_then_habit(known, post, confidence):
    found = suggest(known)
    assert (found.post, found.confidence) == (post, confidence)


SEEN = st.builds(
    Seen,
    category=st.sampled_from(["noise", "water", "lifts"]),
    area=st.sampled_from([None, "hudong", "qingshan"]),
    placed=st.integers(0, 5),
    disputes=st.integers(0, 3),
    returns=st.integers(0, 3),
)
LEADS = {"noise": ("housing",), "water": ("water", "street"), "lifts": ()}


@given(st.lists(SEEN, unique_by=lambda one: (one.category, one.area)))
def test_gaps_are_what_showed_and_stand_by_how_often(seen):
    found = gaps(seen, lambda category, _area: LEADS[category])
    assert [gap.times for gap in found] == sorted((gap.times for gap in found), reverse=True)
    assert all(gap.times for gap in found)
    assert all(gap.seen.disputes or gap.seen.returns for gap in found if len(gap.leads) == 1)
    left_out = {id(one) for one in seen} - {id(gap.seen) for gap in found}
    for one in seen:
        if id(one) in left_out:
            assert not one.disputes
            assert not one.returns
            assert not one.placed or len(LEADS[one.category]) == 1


@given(st.permutations([Seen("noise", "a", 0, 1), Seen("lifts", None, 1), Seen("water", "b", 1)]))
def test_the_order_of_what_was_seen_makes_no_difference(seen):
    def leads(category: str, _area: str | None) -> tuple[str, ...]:
        return LEADS[category]

    assert [gap.seen.category for gap in gaps(seen, leads)] == ["lifts", "noise", "water"]


TEXTS = st.text(st.sampled_from("水管漏了半夜施工噪音楼道灯不亮 abcde"), max_size=40)


@given(TEXTS, TEXTS)
def test_likeness_has_no_direction_and_a_text_is_like_itself(one, other):
    there, back = likeness(Said(one), Said(other)), likeness(Said(other), Said(one))
    assert (there.share, there.same_place) == (back.share, back.same_place)
    assert 0 <= there.share <= 1
    if len(words_of(one)) >= 6:
        assert likeness(Said(one), Said(one)).is_likely


def test_the_place_tells_more_than_the_words():
    leak, other = "三楼水管漏水，楼道里全是水", "我家门口水管一直漏水，没人来修"
    assert not likeness(Said(leak), Said(other)).is_likely
    same = likeness(Said(leak, "湖滨路3号"), Said(other, "湖滨路3号院"))
    assert same.is_likely
    assert set(same.phrases) == {"漏水", "水管"}
    assert not likeness(Said(leak, "湖滨路3号"), Said(leak[:9], "青山街88号")).same_place
    here, there = (Said(f"湖东花园{house}栋早市的摊位摆到路上，公交车过不去") for house in (3, 7))
    assert likeness(here, here).same_place is None
    assert likeness(here, there).same_place is False
    words = Said("Street lamps on the lake promenade are dark")
    found = likeness(words, Said("The lamps of the lake promenade are dark again"))
    assert found.phrases[:2] == ("promenade", "lamps")


def test_words_that_name_a_category_plainly_stand_out():
    policy = town.policy()
    assert suggest_category(policy, "夜间施工噪音") == "noise_building_night"
    assert stands_out(policy, "夜间施工噪音", "noise_building_night")
    assert not stands_out(policy, "夜间施工噪音", "lifts")
    assert not stands_out(policy, "", "lifts")


MORNING = datetime(2026, 10, 12, 1, tzinfo=UTC)
MINUTES = st.lists(st.integers(0, 200), max_size=12)


@given(MINUTES, st.integers(2, 5))
def test_a_burst_is_the_fullest_window_and_no_smaller_one_is_told(minutes, least):
    arrivals = [
        Arrival(str(number), MORNING + timedelta(minutes=minute), "noise", "hudong")
        for number, minute in enumerate(minutes)
    ]
    window = timedelta(minutes=30)
    fullest = max(
        (sum(minute <= one <= minute + 30 for one in minutes) for minute in minutes), default=0
    )
    found = bursts(arrivals, window, least=least)
    assert bool(found) == (fullest >= least)
    for burst in found:
        sent = [one.sent_at for one in burst.arrivals]
        assert len(sent) == fullest
        assert sent == sorted(sent)
        assert sent[-1] - sent[0] <= window


def test_requests_of_other_kinds_make_no_burst_together():
    arrivals = [Arrival(str(n), MORNING, "noise", f"area {n}") for n in range(9)]
    assert bursts(arrivals, timedelta(minutes=30), least=2) == []
