"""The next working day happens through the real actions, all of it or nothing, and once."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from dandang import __version__
from dandang.database import state_directory
from dandang.demo import memory, planted
from dandang.demo.advancing import NoCity, advance
from dandang.demo.building import NOW, ZONE, build
from dandang.demo.marker import City, forget, plantings_of, remember
from dandang.ledger.queries import follow, size
from dandang.lifecycle.casework.queries import find, listed
from dandang.lifecycle.casework.wanted import Wanted
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Open
from dandang.lifecycle.perform import perform
from dandang.lifecycle.replay import replay
from dandang.lifecycle.states import State
from dandang.organization.queries import frozen_time
from dandang.terms import Actor

FRIDAY = datetime(2026, 11, 20, 10, 20, tzinfo=ZONE)
MONDAY = datetime(2026, 11, 23, 10, 20, tzinfo=ZONE)
MANY = 10_000


@pytest.fixture
def name(fresh_database: str) -> Iterator[str]:
    """Build a small city that can go on; give the name of its database."""
    city = build(language="en", cases=75)
    memory.save(fresh_database, NOW, city.player)
    planted.write(fresh_database, city, NOW)
    marked = City(__version__, "en", 7, 75, 75, 1, "", "")
    remember(fresh_database, marked)
    yield fresh_database
    forget(fresh_database)
    memory.forget(fresh_database)
    plantings_of(fresh_database).unlink()


def test_days_pass_one_by_one_and_what_was_told_goes_on(name: str) -> None:
    before = size()
    first = advance()
    assert (first.now, frozen_time()) == (FRIDAY, FRIDAY)
    assert first.events == size() - before > 0
    new = [event for _, event in follow(before - 1, limit=MANY)]
    assert all(NOW < event.occurred_at <= FRIDAY for event in new)
    again = advance(NOW)
    assert (again.now, again.events) == (FRIDAY, 0), "a button pressed twice moves one day"
    assert advance().now == MONDAY
    advance()
    happened = [event for _, event in follow(before - 1, limit=MANY)]
    later = {event.type for event in happened}
    assert {"case_opened", "accepted", "resolution_proposed", "judged"} <= later
    missed = [event for event in happened if event.type == "deadline_missed"]
    assert missed
    assert all(str(event.fields["due_at"]) == utc(event.occurred_at) for event in missed)
    assert {"called_upon", "acted_on_call"} <= later, "clocks run, and who is called answers"
    assert replay().differing == 0


def utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def test_a_day_that_is_broken_off_leaves_everything_as_it_was(name: str) -> None:
    events = size()
    in_the_way = state_directory() / f"{name}.script.20261120T0220.json"
    in_the_way.mkdir()
    with pytest.raises(IsADirectoryError):
        advance()
    assert (size(), frozen_time()) == (events, NOW)
    in_the_way.rmdir()
    assert advance().now == FRIDAY
    memory.forget(name)
    assert advance().events > 0, "without its memory it goes on from how its cases stand"


def test_the_city_goes_on_from_what_visitors_did_and_leaves_them_their_answers(
    name: str,
) -> None:
    wish = Open("No light", "It is dark.", "web", "street_lighting", "hudong", can_follow=True)
    sent = open_request(wish, by=Actor.requester(1), now=NOW)
    withdrawn = listed(Wanted(states=(State.ASSIGNED,)))[0].reference
    perform("withdraw", withdrawn, {}, by=Actor.requester(1), now=NOW)
    later = [advance().now for _ in range(5)][-1]
    assert find(sent.reference).state.state is State.PROPOSED
    perform("judge", sent.reference, {"verdict": "no"}, by=Actor.requester(1), now=later)
    for _ in range(4):
        advance()
    assert find(sent.reference).state.state is State.PROPOSED, "what is touched becomes lively"
    lapsed = [event for _, event in follow(limit=MANY) if event.type == "judgement_lapsed"]
    assert lapsed[-1].occurred_at > NOW, "silence ends what was proposed"
    lying = listed(Wanted(category="road_damage", open_only=True, overdue_at=NOW))
    assert lying, "what lies still on purpose goes on lying"
    assert find(withdrawn).state.state is State.WITHDRAWN


def test_without_a_city_there_is_no_next_day(fresh_database: str) -> None:
    with pytest.raises(NoCity):
        advance()
    remember(fresh_database, City(__version__, "en", 7, 75, 75, 1, "", ""))
    with pytest.raises(NoCity):
        advance()
    forget(fresh_database)
