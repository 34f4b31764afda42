"""Samples of ended cases: the same for everybody, an equal chance for each, read by outsiders."""

from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.sampling.rules import (
    MOST,
    SAMPLED,
    Judgement,
    Sought,
    check_judgement,
    check_sought,
    digest_of,
    drawing_post,
    drawn,
    reading_post,
    seed_of,
    share,
    size_of,
)
from dandang.lifecycle.states import Opinion, State
from dandang.terms import Actor, Code, Refusal
from tests import town
from tests.lifecycle.story import MRS_LIU, Story

SEPTEMBER = Sought(date(2026, 9, 1), date(2026, 9, 30), "", (State.DECLINED,), percent=10)
TODAY = date(2026, 10, 12)
STREAMS = st.sets(st.binary(min_size=16, max_size=16), max_size=60)
SEEDS = st.binary(min_size=32, max_size=32)


@given(SEEDS, STREAMS, st.integers(0, 70))
def test_the_same_seed_draws_the_same_sample_from_the_same_cases(seed, frame, size):
    sample = drawn(seed, frame, size)
    assert sample == drawn(seed, sorted(frame, reverse=True), size)
    assert len(sample) == min(size, len(frame))
    assert set(sample) <= frame
    assert len(set(sample)) == len(sample)


@given(SEEDS, STREAMS, st.integers(1, 30))
def test_a_larger_sample_holds_the_smaller_one(seed, frame, size):
    assert drawn(seed, frame, size) == drawn(seed, frame, size + 5)[:size]


def test_every_case_has_the_same_chance_over_all_seeds():
    frame = [sha256(bytes([number])).digest()[:16] for number in range(20)]
    times, size = 3000, 5
    counted = Counter(
        stream
        for number in range(times)
        for stream in drawn(sha256(b"seed%d" % number).digest(), frame, size)
    )
    expected = times * size / len(frame)  # 750; a standard deviation is 24
    assert set(counted) == set(frame)
    assert all(abs(counted[stream] - expected) < 4.5 * 24 for stream in frame)


@given(st.binary(min_size=32, max_size=32))
def test_what_is_sought_and_the_ledger_both_make_the_seed(entry):
    seed = seed_of(entry, SEPTEMBER)
    assert seed == seed_of(entry, replace(SEPTEMBER))
    assert seed != seed_of(entry, replace(SEPTEMBER, percent=11))
    assert seed != seed_of(entry, replace(SEPTEMBER, unit="water"))
    assert seed != seed_of(bytes(31) + b"\1" + entry, SEPTEMBER)


def test_the_order_of_ends_is_none_of_the_seed():
    both = replace(SEPTEMBER, ends=(State.DECLINED, State.SOLVED))
    assert both.text() == replace(both, ends=(State.SOLVED, State.DECLINED)).text()


@given(STREAMS)
def test_a_frame_has_one_digest_whatever_its_order(frame):
    assert digest_of(frame) == digest_of(sorted(frame, reverse=True))
    assert digest_of({*frame, b"another"}) != digest_of(frame)


@given(st.integers(0, 5000), st.integers(1, 100))
def test_a_share_is_rounded_up_and_never_more_than_there_are(frame, percent):
    size = size_of(frame, replace(SEPTEMBER, percent=percent))
    assert size <= min(frame, MOST)
    assert size == MOST or size * 100 >= frame * percent
    assert size_of(frame, replace(SEPTEMBER, percent=0, number=7)) == min(7, frame)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"ends": ()}, Code.FIELD_REQUIRED, "ends"),
        ({"ends": (State.MERGED,)}, Code.VALUE_INVALID, "ends"),
        ({"percent": 0}, Code.FIELD_REQUIRED, "percent"),
        ({"percent": 101}, Code.VALUE_INVALID, "percent"),
        ({"number": 5}, Code.VALUE_INVALID, "percent"),
        ({"percent": 0, "number": MOST + 1}, Code.VALUE_INVALID, "number"),
        ({"last": date(2026, 8, 1)}, Code.VALUE_INVALID, "last"),
        ({"first": date(1, 1, 1)}, Code.VALUE_INVALID, "first"),
        ({"last": TODAY}, Code.IN_THE_FUTURE, "last"),
    ],
)
def test_what_no_sample_is_drawn_from(changes, code, field):
    with pytest.raises(Refusal) as raised:
        check_sought(replace(SEPTEMBER, **changes), TODAY)
    assert (raised.value.code, raised.value.details["field"]) == (code, field)


def test_every_end_that_an_office_gave_can_be_sampled():
    check_sought(replace(SEPTEMBER, ends=SAMPLED, percent=0, number=MOST), TODAY)


@contextmanager
def refused(code: Code):
    """Expect a refusal with this code."""
    with pytest.raises(Refusal) as raised:
        yield
    assert raised.value.code is code


def posts(code: str):
    return town.directory().posts_of(code, town.MONDAY)


def test_supervision_and_auditors_draw_and_nobody_else():
    assert drawing_post(posts(town.CHEN_HUI)).code == "supervision-desk"
    assert drawing_post(posts(town.XU_FANG)).code == "audit-desk"
    for code in (town.LI_NA, town.ZHAO_MIN, town.MA_LIN, town.TANG_YU):
        with refused(Code.NOT_PERMITTED):
            drawing_post(posts(code))


def ended() -> Story:
    story = Story().opens().does("accept", town.LI_NA)
    story.does("propose", town.LI_NA, outcome="resolved", text="Done")
    return story.does("judge", MRS_LIU, verdict="solved")


def reads(story: Story, code: str, unit: str = "water") -> str:
    return reading_post(story.facts(Actor.officer(code)), unit)


def test_a_second_reader_comes_from_outside():
    story = ended()
    assert reads(story, town.CHEN_HUI) == "supervision-desk"
    assert reads(story, town.XU_FANG) == "audit-desk"
    with refused(Code.NOT_PERMITTED):
        reads(story, town.WANG_QIANG)


@pytest.mark.parametrize("unit", sorted(town.directory().units))
def test_nobody_of_the_holders_subtree_reads_whatever_unit_held_it(unit):
    directory, story = town.directory(), ended()
    for code in sorted(directory.officers):
        own = directory.posts_of(code, story.now)
        within = any(directory.in_subtree(post.unit, unit) for post in own)
        if within and reading_kinds(own):
            with refused(Code.SECOND_READER_REQUIRED):
                reads(story, code, unit)


def reading_kinds(own) -> bool:
    try:
        drawing_post(own)
    except Refusal:
        return False
    return True


def test_the_test_above_has_somebody_to_refuse():
    with refused(Code.SECOND_READER_REQUIRED):
        reads(ended(), town.CHEN_HUI, "supervision")


def test_who_decided_on_a_case_does_not_judge_it():
    story = Story().opens().does("accept", town.LI_NA)
    story.does(
        "propose", town.LI_NA, outcome="explained", reason="permit_valid", basis="P", text="x"
    )
    story.does("explain", town.CHEN_HUI, reason="permit_valid", basis="P", text="x")
    with refused(Code.DECIDER_INVOLVED):
        reads(story, town.CHEN_HUI)
    assert reads(story, town.XU_FANG) == "audit-desk"


def test_who_has_a_conflict_may_have_nothing_to_do_with_it():
    story = Story().opens().does("accept", town.LI_NA)
    story.does("declare-conflict", town.CHEN_HUI, text="A relative lives there")
    with refused(Code.NOT_PERMITTED):
        reads(story, town.CHEN_HUI)


def test_a_no_needs_words_and_a_yes_none():
    yes = Judgement(Opinion.YES, Opinion.YES)
    assert check_judgement(yes) == yes
    for other in (Opinion.NO, Opinion.UNCLEAR):
        for said in (Judgement(Opinion.YES, other), Judgement(other, Opinion.YES)):
            with refused(Code.FIELD_REQUIRED):
                check_judgement(said)
            assert check_judgement(replace(said, text=" Why ")).text == "Why"


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_grows_narrower(counts):
    yes, number = counts
    found = share(yes, number)
    assert 0 <= found.low <= yes / number <= found.high <= 1
    wider, narrower = found.high - found.low, share(yes * 4, number * 4)
    assert narrower.high - narrower.low < wider


def test_the_interval_is_wilsons():
    found = share(8, 10)
    assert (round(found.low, 4), round(found.high, 4)) == (0.4902, 0.9433)
