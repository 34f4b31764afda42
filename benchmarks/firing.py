"""Processes that fire clocks when they are told to, and what it cost them.

python benchmarks/firing.py wait | storm TIME   (started by the benchmarks of deadlines)
"""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import Error, connection
from measuring import Meter  # first: it sets Django up
from plain_firing import Shape, fire_plainly

from dandang.lifecycle.intake.actions import in_force
from dandang.lifecycle.work import BEGINNING, fire_due


@dataclass(slots=True)
class Cost:
    """What firing so many clocks took: seconds of wall time and of CPU, here and in the server."""

    fired: int = 0
    events: int = 0
    wall: float = 0.0
    client: float = 0.0
    server: float = 0.0

    def add(self, other: "Cost", *, at_once: bool) -> None:
        """Count another one in: one that ran at the same time, or after this one."""
        self.fired += other.fired
        self.events += other.events
        self.client += other.client
        self.server += other.server
        self.wall = max(self.wall, other.wall) if at_once else self.wall + other.wall

    @property
    def rate(self) -> float:
        """Clocks per second."""
        return self.fired / self.wall if self.wall else 0.0

    def line(self, name: str) -> str:
        """Return this as a line to print."""
        each = 1e6 / max(self.fired, 1)
        return (
            f"{name:<34}{self.rate:>9,.0f} fires/s   CPU µs each: "
            f"client {self.client * each:>6.1f}  server {self.server * each:>6.1f}"
        )


class Crew:
    """Processes that wait for orders."""

    def __init__(self, number: int) -> None:
        command = [sys.executable, __file__, "wait"]
        self._processes = [
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for _ in range(number)
        ]

    def work(self, number: int, **order: object) -> Cost:
        """Let so many of them do this at the same time; return what it took together."""
        chosen = self._processes[:number]
        for process in chosen:
            assert process.stdin is not None
            process.stdin.write(json.dumps(order) + "\n")
            process.stdin.flush()
        whole = Cost()
        for process in chosen:
            assert process.stdout is not None
            whole.add(Cost(**json.loads(process.stdout.readline())), at_once=True)
        return whole

    def leave(self) -> None:
        """End them all."""
        for process in self._processes:
            process.communicate()


def _obey(order: dict[str, Any]) -> Cost:
    now = datetime.fromisoformat(order["now"])
    cost, meter = Cost(), Meter()
    with meter.measure(1):
        if "shape" in order:
            _plainly(now, Shape(**order["shape"]), cost)
        else:
            _really(now, datetime.fromisoformat(order.get("since", BEGINNING.isoformat())), cost)
    cost.wall, cost.client, cost.server = meter.wall, meter.client, meter.server
    return cost


def _really(now: datetime, since: datetime, cost: Cost) -> None:
    while True:
        worked = fire_due(now, since=since)
        cost.fired += worked.fired
        if worked.until is None:
            return


def _plainly(now: datetime, of: Shape, cost: Cost) -> None:
    while True:
        fired, events = fire_plainly(now, of)
        cost.fired += fired
        cost.events += events
        if not fired:
            return


def _wait() -> None:
    in_force()  # what a worker reads once is no part of a fire
    for line in sys.stdin:
        print(json.dumps(asdict(_obey(json.loads(line)))), flush=True)


def _storm(now: datetime) -> None:
    """Fire what is due, again and again, whatever becomes of the database, until killed."""
    while True:
        try:
            is_idle = fire_due(now).until is None
        except Error:
            connection.close()
            is_idle = True
        if is_idle:
            time.sleep(0.05)


def main(arguments: Sequence[str]) -> None:
    if arguments[0] == "wait":
        _wait()
    else:
        _storm(datetime.fromisoformat(arguments[1]))


if __name__ == "__main__":
    main(sys.argv[1:])
