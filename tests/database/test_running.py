"""One server for all who need it: started by the first, stopped after the last, started again."""

import os
import signal
import threading
import time
from contextlib import contextmanager

import psycopg
import pytest

from dandang.database import Role, Step, connect, create_database, running
from dandang.database.place import Place
from dandang.database.process import running_server
from tests.database.child import Child


def wait_for(condition, what):
    for _ in range(600):
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"not within 30 s: {what}")


def run_sql(statement, database="postgres"):
    with connect(Role.OWNER, database) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


def kill_server(place):
    pid = running_server(place)
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: running_server(place) is None, "its death")
    return pid


@contextmanager
def steps():
    taken = []
    with running(progress=taken.append) as server:
        yield taken, server


def test_the_first_start_makes_the_data_and_the_second_finds_them(empty_state):
    with steps() as (first, _):
        create_database("town")
        run_sql("CREATE TABLE person AS SELECT '李娜' AS name", "town")
    assert Step.INITIALISING in first
    assert running_server(Place(empty_state)) is None
    with steps() as (second, _):
        assert run_sql("SELECT name FROM person", "town") == "李娜"
    assert second == [Step.STARTING, Step.STOPPING]


def test_within_one_process_the_outermost_use_decides(place):
    with running():
        pid = running_server(place)
        with running():
            assert running_server(place) == pid
        assert running_server(place) == pid
    assert running_server(place) is None


def test_two_processes_share_one_server_and_the_last_one_out_stops_it(place):
    first, second = Child().up(), Child().up()
    pid = running_server(place)
    assert first.steps == ["starting"]
    assert second.steps == []
    assert first.leave() == 0
    assert running_server(place) == pid
    assert second.ask("SELECT 1") == "1"
    assert second.leave() == 0
    assert running_server(place) is None


def test_many_that_start_at_once_get_one_server(place):
    children = [Child() for _ in range(5)]
    starts = [child.up().steps.count("starting") for child in children]
    assert sum(starts) == 1
    assert [child.leave() for child in children] == [0] * 5
    assert running_server(place) is None


def test_a_server_killed_between_two_uses_recovers_and_keeps_what_was_committed(place):
    child = Child().up()
    create_database("town")
    run_sql("CREATE TABLE kept AS SELECT 担当 FROM generate_series(1, 100) AS 担当", "town")
    kill_server(place)
    child.kill()
    with steps() as (taken, _):
        assert Step.RECOVERING in taken
        assert run_sql("SELECT count(*) FROM kept", "town") == 100


def test_a_server_killed_under_a_watching_process_comes_back(place):
    with running(watch=True):
        before = kill_server(place)
        wait_for(can_connect, "a new server")
        assert running_server(place) != before
    assert running_server(place) is None


def can_connect():
    try:
        return run_sql("SELECT true")
    except psycopg.OperationalError:
        return False


def test_a_server_killed_amid_heavy_work_is_replaced_without_waiting_for_that_work(place):
    with running() as server:
        busy = connect(Role.OWNER, "postgres")
        worker = busy.info.backend_pid
        thread = threading.Thread(target=work_forever, args=(busy,))
        thread.start()
        wait_for(lambda: is_active(worker), "the work to begin")
        kill_server(place)
        server.ensure()
        assert can_connect()
        thread.join(30)
        assert not thread.is_alive()
        busy.close()


def work_forever(connection):
    with pytest.raises(psycopg.OperationalError):
        connection.execute("DO $$ BEGIN LOOP PERFORM 1; END LOOP; END $$")


def is_active(pid):
    return run_sql(f"SELECT state = 'active' FROM pg_stat_activity WHERE pid = {pid}")


def test_the_server_outlives_a_killed_process_and_the_next_one_adopts_and_stops_it(place):
    child = Child().up()
    orphan = running_server(place)
    child.kill()
    assert running_server(place) == orphan
    with steps() as (taken, _):
        assert running_server(place) == orphan
        assert can_connect()
    assert taken == [Step.STOPPING]
    assert running_server(place) is None


def test_an_orphan_killed_before_its_roles_were_made_gets_them_on_adoption(empty_state):
    code = """
import os, signal
from dandang.database import supervisor, running
supervisor.prepare_roles = lambda place: os.kill(os.getpid(), signal.SIGKILL)
with running():
    pass
"""
    assert Child(code).end() == -signal.SIGKILL
    assert running_server(Place(empty_state)) is not None
    with running():
        assert can_connect()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_process_stops_the_server_cleanly(place, number):
    child = Child().up()
    assert child.signal_group(number) != 0
    assert running_server(place) is None
    assert "database system is shut down" in place.log.read_text()
    with steps() as (taken, _):
        assert Step.RECOVERING not in taken


def test_ctrl_c_in_one_of_two_processes_leaves_the_server_to_the_other(place):
    first, second = Child().up(), Child().up()
    pid = running_server(place)
    first.signal_group(signal.SIGINT)
    assert second.ask("SELECT 1") == "1"
    assert running_server(place) == pid
    second.leave()
    assert running_server(place) is None


def test_ctrl_c_amid_the_start_leaves_no_server_behind(place):
    for delay in (0.0, 0.001, 0.003, 0.01, 0.03, 0.06):
        child = Child()
        child.until("starting")
        time.sleep(delay)
        child.signal_group(signal.SIGINT)
        wait_for(lambda: running_server(place) is None, "no server")
    with running():
        assert can_connect()


def test_a_program_s_own_signal_handler_is_left_alone(place):
    code = """
import signal, sys
from dandang.database import running
def mine(number, frame): print("mine", flush=True)
signal.signal(signal.SIGTERM, mine)
with running():
    assert signal.getsignal(signal.SIGTERM) is mine
assert signal.getsignal(signal.SIGTERM) is mine
assert signal.getsignal(signal.SIGHUP) is signal.SIG_DFL
"""
    assert Child(code).end() == 0


def test_a_watching_process_goes_on_trying_when_the_server_cannot_start_again(place, caplog):
    with running(watch=True):
        place.local_configuration.write_text("no_such_setting = 1\n", encoding="utf-8")
        kill_server(place)
        wait_for(lambda: "trying on" in caplog.text, "a word in the log")
        place.local_configuration.unlink()
        wait_for(can_connect, "a new server")
