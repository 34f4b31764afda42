"""Stories of a calendar notice that comes while clocks run: every provisional one is settled."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connections, transaction

from dandang.ledger.queries import size
from dandang.lifecycle.casework.models import Case, Clock
from dandang.lifecycle.casework.provisional import Provisional, end_of, provisional
from dandang.lifecycle.casework.queries import find, history
from dandang.lifecycle.escalation.actions.settle_notice import (
    Settled,
    settle_all,
    settle_provisional,
)
from dandang.lifecycle.perform import perform
from dandang.lifecycle.replay import replay
from dandang.lifecycle.work import fire_until
from dandang.organization.actions.adopt import adopt_notice
from dandang.organization.queries import work_calendar
from dandang.terms import Actor
from dandang.workdays import CalendarData, Slot, WorkCalendar
from tests import town
from tests.lifecycle.notices import FOR_2027
from tests.lifecycle.sending import opened

MONDAY = datetime(2026, 12, 28, 1, 0, tzinfo=UTC)
"""Monday 28 December 2026, 9:00 in Jiangcheng."""
TUESDAY = MONDAY + timedelta(days=1)
BY_THE_WEEK = datetime(2027, 1, 4, 10, 0, tzinfo=UTC)
BY_THE_NOTICE = datetime(2027, 1, 5, 10, 0, tzinfo=UTC)
LAMPS = {"to_post": "cityman-duty", "title": "The lamps", "text": "Mend the lamps of the lane"}


@pytest.fixture
def city(db: None) -> None:
    town.build()


def matter(title: str = "A hole", category: str = "city_appearance") -> str:
    """Return the reference of an ordinary matter: five working days, the last ones in 2027."""
    return opened(title, category, MONDAY)


def does(verb: str, reference: str, officer: str, now: datetime = MONDAY, **values: object) -> None:
    perform(verb, reference, values, by=Actor.officer(officer), now=now)


def adopted(now: datetime = TUESDAY) -> None:
    assert adopt_notice(FOR_2027, by=Actor.system(), now=now)


def due(reference: str, clock: str = "total") -> datetime:
    return find(reference).state.clocks[clock].at


def names(reference: str) -> list[str]:
    return [event.type for event, _ in history(find(reference).stream)]


def no_difference() -> None:
    result = replay()
    assert result.differences == ()
    assert result.cases == Case.objects.count()


def test_the_notice_gives_a_running_matter_its_final_time(city: None) -> None:
    reference = matter()
    assert (due(reference), find(reference).state.total.provisional) == (BY_THE_WEEK, True)
    assert provisional(work_calendar()).published == 0
    assert settle_all(TUESDAY) == Settled()
    adopted()
    waiting = provisional(work_calendar())
    assert waiting == Provisional(clocks=waiting.clocks, published=waiting.clocks)
    told = settle_all(TUESDAY)
    assert (told.clocks, told.cases, told.failed) == (waiting.clocks, 1, ())
    state = find(reference).state
    assert (state.total.at, state.total.provisional) == (BY_THE_NOTICE, False)
    assert due(reference, "resolution") == BY_THE_NOTICE
    assert provisional(work_calendar()) == Provisional(0, 0)
    (event, _) = history(find(reference).stream)[-1]
    assert (event.type, str(event.actor)) == ("due_times_settled", "system")
    assert event.fields == {"notice": FOR_2027.source}
    assert event.occurred_at == TUESDAY
    no_difference()


def test_it_happens_once_however_often_it_runs(city: None) -> None:
    reference = matter()
    adopted()
    settle_all(TUESDAY)
    before = size()
    assert settle_all(TUESDAY + timedelta(hours=1)) == Settled()
    assert size() == before
    assert names(reference).count("due_times_settled") == 1


def test_the_row_that_lists_go_by_follows(city: None) -> None:
    reference = matter()
    does("accept", reference, town.CAO_LEI)
    does("reply", reference, town.CAO_LEI, text="We are coming")
    adopted()
    settle_all(TUESDAY)
    row = Case.objects.get(reference=reference)
    assert (row.total_due_at, row.total_provisional) == (BY_THE_NOTICE, False)
    assert not Clock.objects.filter(provisional=True).exists()


def test_what_was_interrupted_goes_on_where_it_was(city: None) -> None:
    references = [matter(f"Hole {number}") for number in range(5)]
    adopted()
    first = settle_provisional(TUESDAY, limit=2)
    assert first.cases == 2
    assert first.reached == Case.objects.get(reference=references[1]).pk
    heard: list[int] = []
    rest = settle_all(TUESDAY, progress=heard.append)
    assert rest.cases == 3
    assert sum(heard) == rest.clocks
    assert {due(one) for one in references} == {BY_THE_NOTICE}
    no_difference()


def test_many_batches_come_to_the_same_as_one(city: None) -> None:
    references = [matter(f"Hole {number}") for number in range(5)]
    adopted()
    heard: list[int] = []
    told = settle_all(TUESDAY, limit=2, progress=heard.append)
    assert told.cases == 5
    assert len(heard) == 3
    assert sum(heard) == told.clocks
    assert {due(one) for one in references} == {BY_THE_NOTICE}
    no_difference()


def test_a_part_keeps_to_the_time_of_its_parent(city: None) -> None:
    parent = matter()
    now = MONDAY + timedelta(hours=1)
    by = Actor.officer(town.ZHAO_MIN)
    (part,) = perform("split", parent, LAMPS, by=by, now=now).done.children
    assert due(part) == due(parent) == BY_THE_WEEK
    adopted()
    settle_all(TUESDAY)
    assert due(part) == due(parent) == BY_THE_NOTICE
    assert find(part).state.cap == BY_THE_NOTICE
    assert not Clock.objects.filter(provisional=True).exists()
    no_difference()


def test_what_ran_out_already_stays_and_is_not_called_provisional_any_more(city: None) -> None:
    reference = matter()
    late = BY_THE_WEEK + timedelta(minutes=30)
    fire_until(late)
    adopted(late)
    settle_all(late)
    total = find(reference).state.total
    assert (total.at, total.provisional, total.missed) == (BY_THE_WEEK, False, True)
    no_difference()


def test_a_clock_that_stands_still_is_settled_and_goes_on_from_there(city: None) -> None:
    reference = matter()
    does("accept", reference, town.CAO_LEI)
    does("ask", reference, town.CAO_LEI, missing="Where exactly?", text="Which lane?")
    assert find(reference).state.clocks["resolution"].paused
    adopted()
    settle_all(TUESDAY)
    paused = find(reference).state.clocks["resolution"]
    assert (paused.at, paused.paused, paused.provisional) == (BY_THE_NOTICE, True, False)
    answer = TUESDAY + timedelta(hours=2)
    perform("answer", reference, {"text": "This one"}, by=Actor.requester(1), now=answer)
    assert due(reference, "resolution") > BY_THE_NOTICE
    no_difference()


def test_a_case_that_fails_is_named_and_the_others_go_on(city: None) -> None:
    broken, sound = matter("Broken"), matter("Sound")
    Case.objects.filter(reference=broken).update(case_class="gone")
    adopted()
    told = settle_all(TUESDAY)
    assert told.failed == (broken,)
    assert due(sound) == BY_THE_NOTICE
    assert due(broken) == BY_THE_WEEK


def test_a_case_that_somebody_holds_is_left_for_the_next_run(fresh_database: None) -> None:
    town.build()
    held, free = matter("Held"), matter("Free")
    adopted()
    ready, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Case.objects.select_for_update().get(reference=held)
            ready.set()
            done.wait(30)
        connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    assert ready.wait(30)
    assert settle_all(TUESDAY).cases == 1
    done.set()
    holder.join(30)
    assert (due(free), due(held)) == (BY_THE_NOTICE, BY_THE_WEEK)
    assert settle_all(TUESDAY).cases == 1
    assert due(held) == BY_THE_NOTICE


def test_a_family_of_which_a_part_is_held_is_left_whole(fresh_database: None) -> None:
    town.build()
    parent = matter()
    by = Actor.officer(town.ZHAO_MIN)
    (part,) = perform("split", parent, LAMPS, by=by, now=MONDAY).done.children
    adopted()
    ready, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Case.objects.select_for_update().get(reference=part)
            ready.set()
            done.wait(30)
        connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    assert ready.wait(30)
    settle_all(TUESDAY)
    done.set()
    holder.join(30)
    assert due(parent) == BY_THE_WEEK
    settle_all(TUESDAY)
    assert due(parent) == due(part) == BY_THE_NOTICE


def test_without_a_notice_there_is_nothing_to_settle(city: None) -> None:
    matter()
    hours = (Slot(datetime(1, 1, 1, 9).time(), datetime(1, 1, 1, 17).time()),)  # noqa: DTZ001 no instant
    data = CalendarData(name="none", version="1", time_zone="Asia/Shanghai", slots=hours)
    assert end_of(WorkCalendar(data)) is None
    assert provisional(WorkCalendar(data)).published == 0
    assert end_of(work_calendar()) == datetime(2026, 12, 31, 16, tzinfo=UTC)
    assert work_calendar().horizon == date(2026, 12, 31)
