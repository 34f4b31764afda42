"""Acts of several people at the same moment, each on a connection of its own."""

import threading
from collections.abc import Callable

from django.db import connections

from dandang.lifecycle.casework.actions.act import Done
from dandang.terms import Refusal


def at_once(acts: list[Callable[[], Done]]) -> list[Done | Refusal]:
    """Let all of them act when everybody is ready; return what was done or refused."""
    barrier = threading.Barrier(len(acts))
    results: list[Done | Refusal] = []

    def run(act: Callable[[], Done]) -> None:
        barrier.wait()
        try:
            results.append(act())
        except Refusal as refusal:
            results.append(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results
