"""The processes of the crash test: `python -m tests.ledger.chaos write|sequence|report …`."""

import dataclasses
import json
import random
import sys
import threading
from pathlib import Path

import django
from django.utils import timezone

CASES = 20


def write(seed, acts, acknowledged):
    """Record this many acts; note the ids of each one's events once its commit was answered.

    One act in ten fails on purpose after it has written.
    """
    from django.db import InterfaceError, OperationalError, connection  # noqa: PLC0415 needs Django

    from dandang.terms import Refusal  # noqa: PLC0415 needs Django
    from tests.ledger import sample  # noqa: PLC0415 needs Django set up

    chance = random.Random(int(seed))
    outcomes = dict.fromkeys(("written", "failed", "refused", "lost"), 0)
    with Path(acknowledged).open("w", encoding="ascii", buffering=1) as notes:
        while outcomes["written"] < int(acts):
            stream = bytes([chance.randrange(CASES)]) * 16
            events = [sample.reported(), sample.handed_over()][: chance.randint(1, 2)]
            try:
                if chance.random() < 0.1:
                    sample.failing_act(stream, *events)
                appended = sample.write(stream, *events, now=timezone.now())
                notes.write("".join(f"{event.event_id}\n" for event in appended))
                outcomes["written"] += 1
            except sample.ActFailed:
                outcomes["failed"] += 1
            except Refusal:
                outcomes["refused"] += 1
            except (InterfaceError, OperationalError):
                outcomes["lost"] += 1
                connection.close()
                threading.Event().wait(0.05)
    json.dump(outcomes, sys.stdout)


def sequence():
    """Sequence in small batches until killed."""
    from dandang.ledger import sequencer  # noqa: PLC0415 needs Django set up

    sequencer.run(threading.Event(), interval=0.005, limit=40)


def report():
    """Index what still waits, then audit everything."""
    from dandang.ledger import audit, queries, sequencer  # noqa: PLC0415 needs Django set up

    while sequencer.sequence_once():
        pass
    found = {
        "indexes": dataclasses.asdict(audit.check_indexes()),
        "problems": [str(problem) for problem in audit.check_streams()],
        "log": [[index, event.event_id] for index, event in queries.follow(limit=10**7)],
    }
    json.dump(found, sys.stdout)


def migrate():
    """Make the database."""
    from dandang.config.migrating import migrate as bring_up  # noqa: PLC0415 needs Django set up

    bring_up()


if __name__ == "__main__":
    django.setup()
    {"write": write, "sequence": sequence, "report": report, "migrate": migrate}[sys.argv[1]](
        *sys.argv[2:]
    )
