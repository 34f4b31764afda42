"""What it takes to rebuild every case from a large ledger, and to compare every column.

python benchmarks/replay.py [EVENTS]   (with the project's environment; a million by default)

Another process fills the ledger with whole histories, made by the real rules and written in bulk,
so that the memory told at the end is that of the replay alone.
"""

import subprocess
import sys
import time

from django.db import connection
from django.utils import timezone
from histories import HOLDER, REQUESTER, history, write
from measuring import measured_replay, own_database, peak_memory  # first: it sets Django up

from dandang.demo.building import load_city
from dandang.ledger.queries import size

EVENTS = 1_000_000
BATCH = 100
NOW = timezone.now()
TEXT = "We were there and saw the place; the crew comes tomorrow morning. "
ROUND = (
    (HOLDER, "contacted", {"how": "phone", "text": TEXT}),
    (HOLDER, "note", {"text": TEXT * 2}),
    (HOLDER, "reply", {"text": TEXT * 3}),
    (HOLDER, "propose", {"outcome": "resolved", "text": TEXT}),
)
STEPS = (
    (HOLDER, "accept", {}),
    *ROUND,
    (REQUESTER, "judge", {"verdict": "no", "text": "It is not done."}),
    *ROUND,
    (REQUESTER, "judge", {"verdict": "solved", "text": "Now it is."}),
    (REQUESTER, "reopen", {"text": "It is back."}),
    *ROUND,
    (REQUESTER, "judge", {"verdict": "solved"}),
)


def fill(events: int) -> None:
    """Write histories until the ledger holds so many events."""
    load_city()
    patterns = [history(number, STEPS, at=NOW) for number in range(BATCH)]
    began, written = time.monotonic(), size()
    while written < events:
        written += write(patterns)
        rate = written / (time.monotonic() - began)
        print(f"\rfilled {written:,} of {events:,} events, {rate:,.0f}/s", end="", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print()


def main() -> None:
    if sys.argv[1:2] == ["--fill"]:
        fill(int(sys.argv[2]))
        return
    events = int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS
    with own_database():
        subprocess.run([sys.executable, __file__, "--fill", str(events)], check=True)
        base = peak_memory()
        result = measured_replay()
        print(f"{result.events:,} events, {result.cases:,} cases, {result.differing} differences")
        print(f"peak memory {peak_memory():.0f} MiB, of which {base:.0f} MiB before the replay")


if __name__ == "__main__":
    main()
