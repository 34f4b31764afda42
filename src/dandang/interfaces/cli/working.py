"""Keeping at what is due: every task of a worker in a thread of its own, until it is told to stop.

Any number of workers may run beside each other, on any machine that reaches the database. Killed
at any point they have done a whole piece of work or nothing of it.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module

_log = logging.getLogger(__name__)

POLL_SECONDS = 1.0
PAUSE_SECONDS = 30.0
"""How long a task rests after an error that will most likely come again."""

TASKS: Mapping[str, str] = {
    "clocks": "dandang.interfaces.cli.tasks:clocks",
    "posts": "dandang.interfaces.cli.tasks:posts",
    "notices": "dandang.interfaces.cli.tasks:notices",
    "watches": "dandang.interfaces.cli.tasks:watches",
    "ledger": "dandang.interfaces.cli.tasks:ledger",
    "messages": "dandang.interfaces.cli.tasks:messages",
    "webhooks": "dandang.interfaces.cli.tasks:webhooks",
    "published-cases": "dandang.interfaces.cli.tasks:published_cases",
    "found-cases": "dandang.interfaces.cli.tasks:found_cases",
    "call-backs": "dandang.interfaces.cli.tasks:call_backs",
    "figures": "dandang.interfaces.cli.tasks:figures",
}
"""What a worker does. Each task is made by a function without arguments and called again and again;
it says how many things it did, none being a reason to rest."""

Task = Callable[[], int]


@dataclass(frozen=True, slots=True)
class Round:
    """How much one go through all the tasks did, by task."""

    done: Mapping[str, int]

    @property
    def total(self) -> int:
        """Return how many things were done in all."""
        return sum(self.done.values())


def tasks() -> dict[str, Task]:
    """Return the tasks of a worker, ready to be called. Django must be set up."""
    return {name: _made(where) for name, where in TASKS.items()}


def until_nothing_is_due(tell: Callable[[Round], None] = lambda _round: None) -> Round:
    """Go through all the tasks until none of them finds anything to do; return what they did.

    `tell` is told after every round. Errors of a task are the caller's.
    """
    ready = tasks()
    done = dict.fromkeys(ready, 0)
    while True:
        one = Round({name: task() for name, task in ready.items()})
        for name, number in one.done.items():
            done[name] += number
        if not one.total:
            return Round(done)
        tell(Round(done))


@contextmanager
def at_work() -> Iterator[threading.Event]:
    """Keep at all tasks for the length of a `with` block, which is given what ends them."""
    over = threading.Event()
    threads = [
        threading.Thread(target=_keep_at, args=(name, task, over), name=f"work-{name}")
        for name, task in tasks().items()
    ]
    for thread in threads:
        thread.start()
    try:
        yield over
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _keep_at(name: str, task: Task, over: threading.Event) -> None:
    from django.db import InterfaceError, OperationalError, connection  # noqa: PLC0415 needs Django

    try:
        while not over.is_set():
            rest = POLL_SECONDS
            try:
                rest = 0.0 if task() else POLL_SECONDS
            except (InterfaceError, OperationalError):
                _log.warning("%s: the database is gone; trying again", name)
                connection.close()
            except Exception as error:  # noqa: BLE001 a task that fails must not end the others
                # The error is named, not told: its words may hold what somebody wrote.
                _log.error("%s: %s; trying again later", name, type(error).__name__)
                rest = PAUSE_SECONDS
            over.wait(rest)
    finally:
        connection.close()


def _made(where: str) -> Task:
    module, _, name = where.partition(":")
    made: Task = getattr(import_module(module), name)()
    return made
