"""Stories of the worker at the terminal: once, until a time, until it is stopped."""

import signal
import subprocess
import threading
from datetime import timedelta

import pytest
from django.db import connection

from dandang.interfaces.cli import working
from dandang.interfaces.cli.exits import Exit
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Open
from dandang.lifecycle.work import fire_due
from dandang.organization.actions.training import freeze_time
from dandang.organization.queries import frozen_time
from dandang.terms import Actor
from tests import town
from tests.interfaces.cli.calling import call, command, surroundings

pytestmark = pytest.mark.database
SIX_HOURS_ON = town.MONDAY + timedelta(hours=6)
NEXT_MONDAY = "2026-10-19T09:00+08:00"


@pytest.fixture
def city(db: None) -> None:
    town.build()


def opened() -> str:
    wish = Open(title="Rubbish", text="Lane 9", channel="web", category="city_appearance")
    return open_request(wish, by=Actor.requester(1), now=town.MONDAY).reference


def test_once_does_whatever_is_due_and_says_what(city):
    freeze_time(SIX_HOURS_ON)
    reference = opened()
    done = call("work", "--once", "--json")
    assert done.code == Exit.OK
    assert done.record["clocks"] == 1
    assert [one.post for one in find(reference).state.calls] == ["supervision-desk"]
    assert call("work", "--once", "--json").record["clocks"] == 0
    assert "Nothing is due any more" in call("work", "--once").out


def test_time_passes_until_told_and_pages_show_that_time(city):
    freeze_time(town.MONDAY)
    reference = opened()
    passed = call("work", "--until", NEXT_MONDAY, "--json")
    assert passed.record["time"] == "2026-10-19T01:00:00Z"
    assert passed.record["fired"] > 5
    assert frozen_time().isoformat() == "2026-10-19T01:00:00+00:00"
    assert find(reference).state.listed_at is not None
    again = call("work", "--until", NEXT_MONDAY)
    assert "0 clocks fired" in again.out


def test_time_passes_only_where_it_stands_still_and_never_goes_back(city):
    real = call("work", "--until", NEXT_MONDAY, "--json")
    assert (real.code, real.record["error"]["code"]) == (Exit.REFUSED, "not_for_training")
    freeze_time(town.MONDAY)
    back = call("work", "--until", "2026-10-01T09:00+08:00", "--json")
    assert (back.code, back.record["error"]["code"]) == (Exit.REFUSED, "time_goes_back")
    assert call("work", "--until", "tomorrow").code == Exit.USAGE
    assert call("work", "--until", NEXT_MONDAY, "--once").code == Exit.USAGE


def test_the_status_says_what_is_due_and_names_what_was_set_aside(city):
    freeze_time(SIX_HOURS_ON)
    sound, broken = opened(), opened()
    status = call("work", "--status", "--json")
    assert (status.code, status.record["due"], status.record["late_seconds"]) == (0, 2, 3600)
    Case.objects.filter(reference=broken).update(case_class="gone")
    fire_due(SIX_HOURS_ON)
    assert find(sound).state.calls
    told = call("work", "--status")
    assert told.code == Exit.CHECK_FAILED
    assert f"Set aside: {broken}, accept" in told.out
    assert "KeyError" in told.out
    Case.objects.filter(reference=broken).update(case_class="ordinary")
    retried = call("work", "--retry", "--once", "--json")
    assert retried.record["clocks"] == 1
    assert call("work", "--status").code == Exit.OK


def test_where_no_clock_runs_the_status_says_so(city):
    assert "No clock runs." in call("work", "--status").out


def test_a_worker_fires_until_it_is_told_to_stop(fresh_database):
    town.build()
    reference = opened()
    connection.close()
    with subprocess.Popen(
        command("work"), env=surroundings(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        try:
            patience = threading.Event()
            for _ in range(400):
                if find(reference).state.calls:
                    break
                patience.wait(0.05)
            assert find(reference).state.calls
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=60) == Exit.INTERRUPTED
        finally:
            process.kill()
    connection.close()


def test_a_task_that_fails_rests_and_the_others_go_on(monkeypatch):
    monkeypatch.setattr(working, "PAUSE_SECONDS", 60.0)
    did, failed = threading.Event(), threading.Event()

    def fails() -> int:
        failed.set()
        raise ValueError("something that somebody wrote")

    def does() -> int:
        did.set()
        return 0

    over = threading.Event()
    threads = [
        threading.Thread(target=working._keep_at, args=(name, task, over))
        for name, task in (("fails", fails), ("does", does))
    ]
    for thread in threads:
        thread.start()
    assert failed.wait(10)
    assert did.wait(10)
    over.set()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()
