"""Who finds a case is who may read it: the keys say of every case what the pure rule says."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.finding.rules.sight import seen_by, sight_of
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.particulars import Assist, Call, Objection
from dandang.lifecycle.casework.rules.permit import is_kept_out, may_read
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.states import State
from dandang.terms import Actor
from tests import town

KNOWN = town.directory()
UNITS = st.sampled_from(sorted(KNOWN.units))
POSTS = st.sampled_from(sorted(KNOWN.posts))
OFFICERS = st.sampled_from([*sorted(KNOWN.officers), "nobody"])
LATER = town.MONDAY + timedelta(days=1)


@st.composite
def cases(draw: st.DrawFn) -> CaseState:
    holder = draw(POSTS)
    empty_or = lambda codes: draw(st.one_of(st.just(""), codes))  # noqa: E731 short
    some = lambda codes: tuple(draw(st.lists(codes, max_size=2)))  # noqa: E731 short
    return CaseState(
        state=State.IN_PROGRESS,
        holder=holder,
        holder_unit=KNOWN.post(holder).unit,
        kind="request",
        channel="web",
        policy=town.policy().hash,
        case_class="ordinary",
        sent_at=town.MONDAY,
        counts_from=town.MONDAY,
        held_since=town.MONDAY,
        came_from=empty_or(POSTS),
        wanted_unit=empty_or(UNITS),
        sponsor=empty_or(POSTS),
        subject_units=some(UNITS),
        conflicts=some(OFFICERS),
        assists=tuple(Assist(one, KNOWN.post(one).unit, LATER) for one in some(POSTS)),
        objections=tuple(Objection(1, one, KNOWN.post(one).unit) for one in some(POSTS)),
        calls=tuple(
            Call(1, "W-017", one, KNOWN.post(one).unit, "s", "head", "decided", LATER, LATER)
            for one in some(POSTS)
        ),
    )


def agrees(case: CaseState, officer: str, kin: frozenset[str]) -> bool:
    """Check that the keys say what the rule says; return whether the officer finds the case."""
    posts = KNOWN.posts_of(officer, town.MONDAY)
    facts = Facts(
        case=case,
        by=Actor.officer(officer),
        posts=posts,
        directory=KNOWN,
        policy=town.policy(),
        calendar=town.calendar(),
        now=town.MONDAY,
        kin_units=kin,
    )
    sight = sight_of(posts, KNOWN)
    found = sight.everything or not set(sight.keys).isdisjoint(seen_by(case, kin))
    assert (found and not is_kept_out(facts)) == may_read(facts)
    return may_read(facts)


@given(cases(), OFFICERS, st.frozensets(UNITS, max_size=2))
def test_an_officer_finds_a_case_exactly_where_the_rule_lets_them_read_it(case, officer, kin):
    agrees(case, officer, kin)


def plain(**changes: object) -> CaseState:
    return CaseState(
        state=State.IN_PROGRESS,
        holder="labour-duty",
        holder_unit="labour",
        kind="request",
        channel="web",
        policy=town.policy().hash,
        case_class="ordinary",
        sent_at=town.MONDAY,
        counts_from=town.MONDAY,
        held_since=town.MONDAY,
        **changes,
    )


def of_one_post(code: str) -> dict[str, CaseState]:
    """Return cases that have to do with a post in one way each."""
    unit = KNOWN.post(code).unit
    call = Call(1, "W-017", code, unit, "s", "head", "decided", LATER, LATER)
    return {
        "it came from there": plain(came_from=code),
        "it is wanted there": plain(wanted_unit=unit),
        "it answers for it": plain(sponsor=code),
        "it helps": plain(assists=(Assist(code, unit, LATER),)),
        "an objection waits for it": plain(objections=(Objection(1, code, unit),)),
        "it was called": plain(calls=(call,)),
    }


@pytest.mark.parametrize("way", of_one_post("water-duty"))
def test_every_single_way_to_a_case_is_found_by_those_it_leads_there_and_nobody_else(way):
    finders = {
        (officer, post)
        for officer in KNOWN.officers
        for post in KNOWN.posts
        if agrees(of_one_post(post)[way], officer, frozenset())
    }
    assert (town.LI_NA, "water-duty") in finders
    assert (town.LI_NA, "housing-duty") not in finders


def test_whoever_holds_a_part_finds_the_whole():
    assert agrees(plain(), town.LI_NA, frozenset({"water"}))
    assert not agrees(plain(), town.LI_NA, frozenset({"housing"}))
