"""Clocks fire while workers and the database are killed: none is lost, and none fires twice.

python benchmarks/fires_under_kills.py [--histories N] [--fires N] [--workers N] [--blows N]
(600 histories, 100,000 fires, 3 workers, 60 blows; with the project's environment)

Every history is fired once in peace and stands there many times more, each time as a case of its
own. Those are fired by several processes, which are killed (-9) again and again at random; every
sixth blow hits the database instead: in turn the whole server is killed, or one of its sessions, so
that it has to recover, or all sessions are ended and new ones taken at once. Afterwards every case
must have exactly the events that its history had in peace. Then the ledger is replayed against the
rows, sequenced and audited. The server is one of its own.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

OTHERS = ("DATABASE_URL", "DANDANG_OWNER_URL", "DANDANG_ROLE", "DANDANG_DATABASE")


def main() -> int:
    state = tempfile.mkdtemp(prefix="dandang-storm-")
    environment = {name: value for name, value in os.environ.items() if name not in OTHERS}
    storm = Path(__file__).with_name("storm.py")
    try:
        ended = subprocess.run(
            [sys.executable, str(storm), *sys.argv[1:]],
            env={**environment, "DANDANG_STATE": state},
            check=False,
        )
    finally:
        shutil.rmtree(state, ignore_errors=True)
    return ended.returncode


if __name__ == "__main__":
    sys.exit(main())
