"""The demonstration city is lively, and true: all of it went through the real actions."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from dandang.demo.building import BEGINNING, NOW, build
from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.overviews.reach import below, reach
from dandang.interfaces.desk.supervision.counted import borders
from dandang.interfaces.desk.supervision.units import Tree
from dandang.ledger.queries import StoredEvent, follow
from dandang.lifecycle.casework.by_unit import What, unit_cases, unit_tallies
from dandang.lifecycle.casework.keeping_out import KeptOut
from dandang.lifecycle.casework.queries import counted, find, listed
from dandang.lifecycle.casework.wanted import Wanted
from dandang.lifecycle.escalation.actions.fire import next_due
from dandang.lifecycle.perform import perform
from dandang.lifecycle.replay import replay
from dandang.lifecycle.sampling.queries import draws
from dandang.lifecycle.sampling.recomputing import recompute
from dandang.lifecycle.states import State
from dandang.organization.directory import Directory, PostKind
from dandang.organization.queries import directory, frozen_time, work_calendar
from dandang.terms import Actor, ActorKind
from tests.demo.plantings import shown_as_told

NOBODY = KeptOut("", (), reads_all=True)
CASES = 130
MANY = 10_000
EXPECTED = {
    State.RECEIVED,
    State.ASSIGNED,
    State.IN_PROGRESS,
    State.WAITING_REQUESTER,
    State.PROPOSED,
    State.DISPUTED,
    State.ON_LEGAL_ROUTE,
    State.SOLVED,
    State.CONCLUDED_BY_LAW,
}
"""Whatever else is drawn: these are in scenes and plantings."""
DRAWN = {State.PARTLY_SOLVED, State.UNANSWERED, State.EXPLAINED, State.DECLINED, State.WITHDRAWN}
MINUTE, SHORT = timedelta(minutes=1), timedelta(hours=2)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_city_shows_every_state_and_what_was_planted_and_is_true(
    language: str,
) -> None:
    city = build(language=language, cases=CASES)
    played = city.player.played.values()
    assert len(played) == CASES
    states = Counter(find(one.reference).state.state for one in played)
    assert set(states) >= EXPECTED
    assert len(DRAWN.intersection(states)) > 2
    assert counted(Wanted(overdue_at=NOW)) > 3
    assert frozen_time() == NOW
    assert city.player.refused == []
    due = next_due()
    assert due is not None
    assert due > NOW, "something that was due has not happened"
    log = {(event.stream, event.seq): event for _, event in follow(limit=MANY)}
    in_order_and_by_who_is_there(log)
    acts = Counter(event.type for event in log.values())
    assert acts["deadline_missed"] > acts["acted_on_call"] > acts["called_upon"] / 2
    assert replay().differing == 0
    assert {"support_requested", "support_decided", "sample_drawn"} <= set(acts)
    assert acts["stall_explained"] > 2
    assert acts["sample_judged"] == 4
    (sample,) = draws(NOBODY)
    assert recompute(sample.number).is_same
    every_number_of_the_units_is_so_many_cases()
    shown_as_told(city)


def in_order_and_by_who_is_there(log: Mapping[tuple[bytes, int], StoredEvent]) -> None:
    """Say whether everybody acts in the order of time, and only while they are there."""
    register, before = directory(), BEGINNING
    for event in log.values():
        assert event.occurred_at <= NOW
        if event.type == "policy_adopted":
            continue
        assert before <= event.occurred_at, "the ledger is not in the order of time"
        before = event.occurred_at
        if event.actor.kind is ActorKind.OFFICER and not was_rung_up(event, log):
            assert is_there(event, register), (event.type, event.actor, event.post, before)


def every_number_of_the_units_is_so_many_cases() -> None:
    """As supervision, a leader, the head of a unit and one with a conflict see the units."""
    register = directory()
    complained = find(listed(Wanted(open_only=True), limit=1)[0].reference).case_reference
    chen_hui, *others = overseers(register)
    seen = []
    for code in (chen_hui, *others, chen_hui):
        if len(seen) == len(others) + 1:
            by = Actor.officer(chen_hui)
            perform("declare-conflict", complained, {"text": "-"}, by=by, now=NOW)
        officer = Officer(code, register.posts_of(code, NOW), register, work_calendar(), NOW)
        units, marks = reach(officer), borders(officer)
        tree = Tree(units, register, unit_tallies(units, marks, officer.kept_out))
        seen.append(tree.total(What.OPEN))
        for unit in units:
            for what in What:
                below_it = below(unit, register)
                found = unit_cases(below_it, what, marks, officer.kept_out, limit=MANY).cases
                assert len(found) == tree.number(unit, what), (code, unit, what)
    assert seen[-1] < seen[0], "whose neighbour complained does not count it"


def overseers(register: Directory) -> list[str]:
    """Return who is in the posts of supervision, of leaders, and of a head."""
    kinds = (PostKind.SUPERVISION, PostKind.LEADER, PostKind.HEAD)
    posts = [register.posts_of_kind(kind)[0].code for kind in kinds]
    return [register.officers_of(post, NOW)[0].code for post in posts]


def is_there(event: StoredEvent, register: Directory) -> bool:
    """Say whether the officer is in the post then, and at work or on duty."""
    at = event.occurred_at
    decided = event.fields.get("kind") == "decision"
    opener = "supervision-desk" if decided else register.intake_post().code
    post = event.post or opener
    if event.actor.code not in {one.code for one in register.officers_of(post, at)}:
        return False
    working = work_calendar().working_time_between(at - MINUTE, at + MINUTE) > timedelta()
    return working or is_on_duty(event.actor.code, post, at, register)


def was_rung_up(event: StoredEvent, log: Mapping[tuple[bytes, int], StoredEvent]) -> bool:
    """Say whether this answers a call for so short a time that somebody rings up at any hour."""
    if event.type != "acted_on_call":
        return False
    call = log[event.stream, int(str(event.fields["call"]))]
    return datetime.fromisoformat(str(call.fields["due_at"])) - call.occurred_at <= SHORT


def is_on_duty(officer: str, post: str, at: datetime, register: Directory) -> bool:
    return any(
        (one.officer, one.post) == (officer, post) and one.starts_at <= at < one.ends_at
        for one in register.organization.rosters
    )
