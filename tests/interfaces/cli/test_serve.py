"""Stories of serving: a page within moments, a free port, the ledger kept in order, a clean end."""

import json
import signal
import socket
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlencode

import pytest
from django.db import connection

from dandang.interfaces.cli import serving
from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.faults import Failure
from dandang.ledger.sequencer import lag
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Open
from dandang.terms import Actor
from tests import town
from tests.everywhere import kept_somewhere
from tests.interfaces.cli.calling import call, command, surroundings

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@contextmanager
def listener() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


@contextmanager
def served(*words: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Serve in a process of its own; yield it and its address."""
    with subprocess.Popen(
        command("serve", "--json", *words),
        env=surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            yield process, json.loads(process.stdout.readline())["url"]
        finally:
            process.kill()


def test_a_page_is_served_the_ledger_is_kept_in_order_and_ctrl_c_ends_it_cleanly(fresh_database):
    town.build()
    with served() as (process, url):
        with urllib.request.urlopen(url, timeout=60) as answer:
            assert answer.status == 200
        wish = Open(title="Tap", text="No water", channel="web")
        open_request(wish, by=Actor.requester(1), now=town.MONDAY)
        patience = threading.Event()
        for _ in range(200):
            if not lag().waiting:
                break
            patience.wait(0.05)
        assert lag().waiting == 0
        connection.close()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == Exit.OK
        assert process.stderr.read().decode().strip() == "Stopped."
        with pytest.raises(OSError, match="refused"):
            urllib.request.urlopen(url, timeout=5)


def test_another_port_is_chosen_when_the_usual_one_is_busy(monkeypatch):
    with listener() as busy:
        monkeypatch.setattr(serving, "PORT", busy)
        monkeypatch.setattr(serving, "_PORTS_TRIED", 1)
        assert serving.free_port("127.0.0.1", None) not in {busy, 0}
    assert serving.free_port("127.0.0.1", None) == busy


def test_a_port_that_somebody_asked_for_and_is_busy_is_exit_5(db):
    with listener() as busy, pytest.raises(Failure) as caught:
        serving.free_port("127.0.0.1", busy)
    assert (caught.value.exit_code, caught.value.code) == (Exit.CONFIGURATION, "port_in_use")
    assert str(busy) in caught.value.words


def test_a_port_must_be_one():
    assert call("serve", "--port", "99999").code == Exit.USAGE


def test_readiness_is_told_once_somebody_answers_and_never_without():
    told = threading.Event()
    with listener() as port, serving._telling("127.0.0.1", port, told.set):
        assert told.wait(10)
    told.clear()
    with serving._telling("127.0.0.1", port, told.set):
        pass
    assert not told.is_set()


def test_neither_who_asks_nor_what_opens_a_request_is_written_down(fresh_database, monkeypatch):
    monkeypatch.setenv("DANDANG_LOG_LEVEL", "DEBUG")
    monkeypatch.setenv("DANDANG_PROXY_HOPS", "1")
    town.build()
    code = "ABCDEFGHJKMNPQRSTUVWXYZ234"
    marks = ("198.51.100.77", "Marked/7.7", code, "secret-of-a-link")
    headers = {"X-Forwarded-For": marks[0], "User-Agent": marks[1]}
    typed = urlencode({"reference": "7K4M-9Q2X", "access_code": code}).encode()
    asked = [("c/", None), ("c/", typed), ("c/lost/", typed), (f"c/link/{marks[3]}/", None)]
    with served() as (process, url):
        for path, body in asked:
            wanted = urllib.request.Request(url + path, data=body, headers=headers)
            with suppress(urllib.error.HTTPError):
                urllib.request.urlopen(wanted, timeout=60).close()
        process.send_signal(signal.SIGINT)
        told = "".join(part.decode() for part in process.communicate(timeout=60))
    assert "Stopped." in told
    assert [mark for mark in marks if mark in told] == []
    assert kept_somewhere(*marks) == []
