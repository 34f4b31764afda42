"""The sequencer: indexes without a gap, one at a time, whatever else goes on."""

import secrets
import threading
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection, transaction

from dandang.database import Role, connect
from dandang.ledger import audit, queries, sequencer
from dandang.ledger.append import append
from tests.ledger.sample import (
    MONDAY,
    ActFailed,
    accepted,
    failing_act,
    handed_over,
    reported,
    write,
)

STREAM = secrets.token_bytes(16)
OTHER = secrets.token_bytes(16)
LOCK = sequencer._LOCK


def indexes():
    with connection.cursor() as cursor:
        cursor.execute("SELECT idx, event_id FROM ledger_leaf ORDER BY idx")
        return cursor.fetchall()


@pytest.mark.django_db
class TestAlone:
    def test_events_get_the_indexes_0_1_2_in_the_order_they_came(self):
        ids = [event.event_id for event in write(STREAM, reported(), handed_over())]
        ids += [event.event_id for event in write(OTHER, accepted())]
        assert sequencer.sequence_once() == 3
        assert indexes() == list(enumerate(ids))

    def test_later_events_go_on_where_the_earlier_ended(self):
        write(STREAM, reported())
        sequencer.sequence_once()
        (later,) = write(STREAM, accepted())
        assert sequencer.sequence_once() == 1
        assert indexes()[1] == (1, later.event_id)

    def test_nothing_waiting_is_nothing_done(self):
        assert sequencer.sequence_once() == 0
        assert indexes() == []

    def test_at_most_the_limit_is_moved_at_once(self):
        write(STREAM, *[accepted()] * 5)
        assert [sequencer.sequence_once(limit=2) for _ in range(4)] == [2, 2, 1, 0]
        assert [index for index, _ in indexes()] == [0, 1, 2, 3, 4]

    def test_an_event_is_either_waiting_or_indexed(self):
        write(STREAM, *[accepted()] * 5)
        sequencer.sequence_once(limit=2)
        found = audit.check_indexes()
        assert (found.events, found.indexed, found.waiting) == (5, 2, 3)
        assert found.sound

    def test_the_lag_is_how_many_wait_and_since_when(self):
        assert sequencer.lag() == sequencer.Lag(0, None)
        write(STREAM, reported(), accepted())
        assert sequencer.lag() == sequencer.Lag(2, MONDAY.replace(microsecond=0))
        sequencer.sequence_once()
        assert sequencer.lag() == sequencer.Lag(0, None)


def test_it_runs_in_no_transaction_but_its_own(fresh_database):
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        sequencer.sequence_once()


def test_while_one_is_at_work_another_does_nothing(fresh_database):
    write(STREAM, reported())
    with connect(Role.APP, fresh_database) as elsewhere:
        elsewhere.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        assert sequencer.sequence_once() == 0
        assert indexes() == []
        elsewhere.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    assert sequencer.sequence_once() == 1


def test_an_act_that_rolls_back_leaves_no_gap(fresh_database):
    write(STREAM, reported())
    with pytest.raises(ActFailed):
        failing_act(OTHER, reported())
    write(STREAM, accepted())
    sequencer.sequence_once()
    (_, first), (_, second) = indexes()
    assert second - first == 2  # the id of the act that failed is missing, no index is
    assert [index for index, _ in indexes()] == [0, 1]


def test_an_act_that_commits_late_gets_a_later_index(fresh_database):
    slow_has_written, may_commit = threading.Event(), threading.Event()

    def slow():
        try:
            with transaction.atomic():
                append(STREAM, [reported()], now=MONDAY)
                slow_has_written.set()
                may_commit.wait()
        finally:
            connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    slow_has_written.wait()
    write(OTHER, reported(), accepted())
    assert sequencer.sequence_once() == 2
    may_commit.set()
    thread.join()
    assert sequencer.sequence_once() == 1
    assert [event.stream for _, event in queries.follow()] == [OTHER, OTHER, STREAM]
    assert indexes()[2][1] < indexes()[0][1]
    assert audit.check_indexes().sound


def test_a_failure_half_way_moves_nothing(fresh_database):
    write(STREAM, reported())
    with connect(Role.OWNER, fresh_database) as owner:
        owner.execute("ALTER TABLE ledger_leaf ADD CONSTRAINT full_disk CHECK (idx < 0) NOT VALID")
    with pytest.raises(Exception, match="full_disk"):
        sequencer.sequence_once()
    assert indexes() == []
    assert sequencer.lag().waiting == 1


def test_it_works_until_told_to_stop(fresh_database):
    with at_work():
        for _ in range(20):
            write(STREAM, accepted())
        wait_until(lambda: len(indexes()) == 20)
    assert audit.check_indexes().sound


def test_it_outlives_a_lost_connection(fresh_database, caplog):
    with at_work():
        write(STREAM, reported())
        wait_until(lambda: len(indexes()) == 1)
        connection.close()
        with connect(Role.OWNER, fresh_database) as owner:
            ended = owner.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = %s AND pid <> pg_backend_pid()",
                [fresh_database],
            ).fetchall()
        assert ended == [(True,)]
        write(STREAM, accepted())
        wait_until(lambda: len(indexes()) == 2)
    assert "trying again" in caplog.text


def test_as_long_as_more_waits_it_does_not_pause(fresh_database):
    write(STREAM, *[accepted()] * 5)
    with at_work(interval=3600, limit=1):
        wait_until(lambda: len(indexes()) == 5)


def test_an_error_of_another_kind_is_not_hidden(fresh_database):
    with connect(Role.OWNER, fresh_database) as owner:
        owner.execute("REVOKE DELETE ON ledger_pending FROM dandang_app")
    with pytest.raises(Exception, match="permission denied") as caught:
        sequencer.run(threading.Event())
    assert not isinstance(caught.value, OperationalError)


@contextmanager
def at_work(*, interval=0.01, limit=100):
    """Let a sequencer run in a thread, until told to stop."""
    stop = threading.Event()

    def work():
        try:
            sequencer.run(stop, interval=interval, limit=limit)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def wait_until(condition):
    pause = threading.Event()
    for _ in range(1000):
        if condition():
            return
        pause.wait(0.01)
    pytest.fail("it does not happen")
