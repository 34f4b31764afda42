"""Lists of running clocks over many cases, and what lists of whole cases and streams give."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dandang.ledger.queries import last_of_each
from dandang.lifecycle.casework.clock_list import WantedClocks, clock_tallies, clocks
from dandang.lifecycle.casework.keeping_out import kept_out
from dandang.lifecycle.casework.queries import counts_by_unit, find, streams_of, whole
from dandang.lifecycle.casework.wanted import Wanted
from dandang.policy import ClockName
from tests import town
from tests.interfaces.desk.office import assigned, in_progress, noise, solved
from tests.interfaces.stories import city, later, officer

pytestmark = pytest.mark.django_db

NOW = town.MONDAY
OF_WATER = WantedClocks(posts=("water-duty",))


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def test_clocks_come_by_due_time_with_their_cases_and_those_that_stand_still_last():
    reference = in_progress(title="Pump")
    officer("ask", reference, town.LI_NA, missing="Floor", text="Which floor?")
    noise(), solved()
    found = clocks(OF_WATER, NOW)
    assert {(one.reference, one.title) for one in found} == {(reference, "Pump")}
    assert [one.due.paused for one in found] == [False] * (len(found) - 1) + [True]
    running = [one.due.at for one in found[:-1]]
    assert running == sorted(running)
    assert {one.due.clock for one in found} == set(find(reference).state.clocks)


def test_clocks_are_narrowed_by_name_by_unit_and_to_those_that_are_over():
    assigned()
    late = NOW + timedelta(hours=1)
    only = WantedClocks(posts=("water-duty",), only=(ClockName.TOTAL,))
    assert [one.due.clock for one in clocks(only, NOW)] == [ClockName.TOTAL]
    over = WantedClocks(units=("water",), rights=(ClockName.RETURN_WINDOW,), overdue_at=late)
    found = [one.due.clock for one in clocks(over, late)]
    assert ClockName.ACCEPT in found
    assert ClockName.RETURN_WINDOW not in found
    never = WantedClocks(posts=("water-duty",), never=tuple(ClockName))
    assert clocks(never, NOW) == []


def test_tallies_count_what_the_list_holds():
    assigned(), in_progress()
    late = NOW + timedelta(hours=1)
    tallies = clock_tallies(OF_WATER, late)
    found = clocks(OF_WATER, late)
    assert sum(one.number for one in tallies) == len(found)
    late_ones = [one for one in found if one.due.at < late and not one.due.paused]
    assert sum(one.overdue for one in tallies) == len(late_ones) > 0


def test_a_case_closed_to_an_officer_has_no_clocks_in_a_list():
    reference = in_progress()
    officer("declare-conflict", reference, town.SUN_TAO, text="My own house")
    posts = town.directory().posts_of(town.SUN_TAO, NOW)
    hidden = kept_out(town.SUN_TAO, posts, town.directory())
    closed = WantedClocks(units=("water",), hidden_from=hidden)
    assert clocks(closed, NOW) == []


def test_two_queries_are_enough_for_any_number():
    for _ in range(3):
        assigned()
    with CaptureQueriesContext(connection) as captured:
        assert len(clocks(OF_WATER, NOW)) > 10
    assert len(captured) == 2


def test_whole_cases_come_by_due_time_or_by_age():
    old = noise()
    later(hours=1)
    new = assigned()
    everything = Wanted(open_only=True)
    assert [one.reference for one in whole(everything)] == [new, old]
    assert [one.reference for one in whole(everything, oldest_first=True)] == [old, new]
    assert [one.reference for one in whole(everything, limit=1, offset=1)] == [old]
    assert counts_by_unit(everything) == {"water": 1, "housing": 1}


def test_streams_are_found_by_reference_but_for_those_that_wait_elsewhere():
    mine, other = assigned(), noise()
    found = streams_of([mine, other, "2222-2222"], but=Wanted(posts=("housing-duty",)))
    assert found == {mine: find(mine).stream}


def test_the_last_event_of_some_types_of_each_stream_in_one_query():
    first, second, third = in_progress(), in_progress(), assigned()
    officer("reply", first, town.LI_NA, text="One")
    officer("contacted", first, town.LI_NA, how="phone", text="Two")
    officer("reply", second, town.LI_NA, text="Three")
    streams = [find(one).stream for one in (first, second, third)]
    with CaptureQueriesContext(connection) as captured:
        found = last_of_each(streams, ("reply_sent", "requester_contacted"))
    assert len(captured) == 1
    assert {stream: event.type for stream, event in found.items()} == {
        streams[0]: "requester_contacted",
        streams[1]: "reply_sent",
    }
    assert last_of_each([], ("reply_sent",)) == {}
