"""Who finds a case is who may read it: the keys say of every case what the pure rule says."""

from datetime import timedelta

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


@given(cases(), OFFICERS, st.frozensets(UNITS, max_size=2))
def test_an_officer_finds_a_case_exactly_where_the_rule_lets_them_read_it(case, officer, kin):
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
