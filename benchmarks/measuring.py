"""What benchmarks share: a database of their own, and a meter of time and CPU.

Importing this sets Django up on the database of the benchmark.
"""

import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

DATABASE = "dandang_benchmark"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dandang.config.settings")
os.environ["DANDANG_DATABASE"] = DATABASE
django.setup()

from django.db import connection  # noqa: E402 after set-up

from dandang.config.migrating import migrate  # noqa: E402 as above
from dandang.database import drop_database, running  # noqa: E402 as above
from dandang.lifecycle.replay import Replayed, replay  # noqa: E402 as above


@contextmanager
def own_database(*, keep: bool = False) -> Iterator[None]:
    """Keep an empty, migrated database beside the configured one, and drop it at the end.

    With `keep` it is the one that was kept last time, if there is one, and it stays.
    """
    with running():
        if not keep:
            drop_database(DATABASE)
        try:
            migrate(database=DATABASE)
            yield
        finally:
            connection.close()
            if not keep:
                drop_database(DATABASE)


class Meter:
    """Adds up wall time and CPU of this process and of its server process."""

    def __init__(self) -> None:
        self.wall = self.client = self.server = 0.0
        self.count = 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (self._pid,) = cursor.fetchone()

    @contextmanager
    def measure(self, count: int) -> Iterator[None]:
        before = time.perf_counter(), time.process_time(), self._server_cpu()
        yield
        self.wall += time.perf_counter() - before[0]
        self.client += time.process_time() - before[1]
        self.server += self._server_cpu() - before[2]
        self.count += count

    def line(self, name: str) -> str:
        each = 1e6 / self.count
        return (
            f"{name:<34}{self.count / self.wall:>10,.0f}/s   CPU µs each: "
            f"client {self.client * each:>6.1f}  server {self.server * each:>6.1f}"
        )

    def _server_cpu(self) -> float:
        stat = Path(f"/proc/{self._pid}/stat")
        if not stat.exists():
            return 0.0
        fields = stat.read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measured_replay() -> Replayed:
    """Replay the whole ledger, print what each event cost, and return the result."""
    meter = Meter()
    with meter.measure(1):
        result = replay()
        meter.count = result.events - 1
    print(meter.line("replay, events"))
    return result


def peak_memory() -> float:
    """Return the most memory this process has held so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
