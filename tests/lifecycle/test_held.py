"""What a post holds, whole cases at once: for everything that is handed on together."""

from datetime import timedelta

import pytest
from django.db import connection

from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.queries import facts_for, facts_for_all, find, held
from dandang.lifecycle.perform import perform
from dandang.terms import Actor
from tests import town
from tests.interfaces.desk.office import NOT_OURS, assigned, in_progress, noise, solved
from tests.interfaces.stories import city, officer

pytestmark = pytest.mark.django_db

LI_NA = Actor.officer(town.LI_NA)


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def test_a_post_holds_its_open_cases_by_due_time_and_no_others():
    solved()
    noise()
    working, fresh = in_progress(title="Pump"), assigned(title="Tap")
    found = held("water-duty", limit=10)
    assert [(one.reference, one.title) for one in found] == [(fresh, "Tap"), (working, "Pump")]
    assert [one.state for one in found] == [find(fresh).state, find(working).state]
    assert [one.reference for one in held("water-duty", limit=1)] == [fresh]
    assert held("water-head", limit=10) == []


def test_a_case_that_was_handed_on_is_held_by_the_other_post():
    reference = in_progress()
    officer("hand-over", reference, town.LI_NA, to_post="housing-duty", **NOT_OURS)
    assert held("water-duty", limit=10) == []
    assert [one.reference for one in held("housing-duty", limit=10)] == [reference]


def test_a_title_that_was_erased_is_empty():
    reference = assigned()
    event = Case.objects.get(reference=reference).opening_event
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_personal WHERE event_id = %s", [event])
    assert [one.title for one in held("water-duty", limit=10)] == [""]


def test_a_case_without_a_running_clock_comes_last():
    timeless, soon = assigned(), assigned()
    Case.objects.filter(reference=timeless).update(due_at=None)
    assert [one.reference for one in held("water-duty", limit=10)] == [soon, timeless]


@pytest.mark.parametrize("number", [1, 5])
def test_the_number_of_queries_is_fixed(number, django_assert_num_queries):
    for _ in range(number):
        assigned()
    with django_assert_num_queries(4):
        found = held("water-duty", limit=10)
    states = [one.state for one in found]
    with django_assert_num_queries(1):
        facts = facts_for_all(states, by=LI_NA, now=town.MONDAY)
    assert [one.case for one in facts] == states
    assert facts[0] == facts_for(states[0], by=LI_NA, now=town.MONDAY)


def test_no_post_is_known_of_requesters(django_assert_num_queries):
    reference = assigned()
    perform("note", reference, {"text": "x"}, by=Actor.requester(1), now=town.MONDAY)
    later = town.MONDAY + timedelta(hours=1)
    (facts,) = facts_for_all([find(reference).state], by=Actor.requester(1), now=later)
    assert (facts.posts, facts.now) == ((), later)
    assert facts_for_all([], by=LI_NA, now=later) == []
