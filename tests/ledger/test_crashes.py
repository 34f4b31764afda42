"""Under real load, with processes and the whole server killed, no event is lost or doubled."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from dandang.database import Supervisor
from dandang.database.place import Place
from dandang.database.process import running_server

pytestmark = pytest.mark.database

ROOT = Path(__file__).parents[2]
WRITERS = int(os.environ.get("DANDANG_CHAOS_WRITERS", "3"))
ACTS = int(os.environ.get("DANDANG_CHAOS_ACTS", "100"))
SEQUENCER_KILLS = int(os.environ.get("DANDANG_CHAOS_KILLS", "2"))
SERVER_CRASHES = int(os.environ.get("DANDANG_CHAOS_CRASHES", "1"))


class Chaos:
    """A server of its own, writers and sequencers as processes, and means to kill them."""

    def __init__(self, state, stack):
        self.place = Place(state)
        self.supervisor = Supervisor(self.place)
        self._stack = stack
        self._environment = {
            **os.environ,
            "DANDANG_STATE": str(state),
            "DANDANG_DATABASE": "dandang",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }

    def start(self, *arguments):
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.ledger.chaos", *map(str, arguments)],
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if arguments[0] == "sequence" else None,
            text=True,
        )
        self._stack.callback(end, process)
        return process

    def result(self, process):
        printed, _ = process.communicate(timeout=300)
        assert process.returncode == 0
        return json.loads(printed) if printed else None

    def crash_server(self):
        """Stop the server as a power cut would: no checkpoint, no good-bye; then start it again."""
        server = running_server(self.place)
        os.kill(server, signal.SIGQUIT)
        while running_server(self.place) == server:
            threading.Event().wait(0.01)
        self.supervisor.ensure()


@pytest.fixture
def chaos():
    with tempfile.TemporaryDirectory(prefix="dandang-chaos-") as state, ExitStack() as stack:
        chaos = Chaos(Path(state), stack)
        stack.callback(chaos.supervisor.leave)
        chaos.supervisor.enter()
        chaos.result(chaos.start("migrate"))
        yield chaos


def test_whatever_is_killed_every_acknowledged_event_has_one_place(chaos, tmp_path):
    files = [tmp_path / f"{number}" for number in range(WRITERS)]
    writers = [chaos.start("write", seed, ACTS, file) for seed, file in enumerate(files)]
    sequencers = [chaos.start("sequence") for _ in range(2)]

    blows = SEQUENCER_KILLS + SERVER_CRASHES
    for blow in range(blows):
        wait_for_acknowledged(files, WRITERS * ACTS * (blow + 1) // (blows + 1))
        if blow % 3 == 1 and blow // 3 < SERVER_CRASHES:
            chaos.crash_server()
        else:
            sequencers[0].kill()
            sequencers = [*sequencers[1:], chaos.start("sequence")]

    outcomes = [chaos.result(writer) for writer in writers]
    for sequencer in sequencers:
        end(sequencer)
    report = chaos.result(chaos.start("report"))

    indexes = [index for index, _ in report["log"]]
    events = [event for _, event in report["log"]]
    assert indexes == list(range(len(indexes)))
    assert len(set(events)) == len(events)
    assert acknowledged(files) <= set(events)
    assert report["problems"] == []
    found = report["indexes"]
    assert found["indexed"] == found["events"] == len(events)
    counts = ("waiting", "gaps", "lost", "twice", "out_of_order")
    assert [found[count] for count in counts] == [0] * len(counts)
    # It was a storm: acts failed, sessions were lost, ids have holes where indexes have none.
    assert sum(outcome["failed"] for outcome in outcomes) > 0
    assert sum(outcome["lost"] for outcome in outcomes) > 0
    assert max(events) > len(events)
    sys.stdout.write(f"{len(events)} events, {len(acknowledged(files))} acknowledged, {outcomes}")


def acknowledged(files):
    return {int(line) for file in files if file.exists() for line in file.read_text().split()}


def wait_for_acknowledged(files, count):
    pause = threading.Event()
    for _ in range(30_000):
        if len(acknowledged(files)) >= count:
            return
        pause.wait(0.01)
    pytest.fail("the writers do not get on")


def end(process):
    process.kill()
    process.wait()
    process.stdout.close()
