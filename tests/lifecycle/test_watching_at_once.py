"""Several workers look at the same moment, and each thing is looked for by one of them."""

import threading
from datetime import timedelta

from django.db import connections, transaction

from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Open
from dandang.lifecycle.watching.actions.look import look
from dandang.lifecycle.watching.actions.turn import Looked
from dandang.lifecycle.watching.models import Reported, Watch
from dandang.lifecycle.watching.rules import find_holes
from dandang.terms import Actor
from tests import town
from tests.town import MONDAY

EMPTY = len(find_holes(town.directory(), [MONDAY.date()], MONDAY))
"""So many posts of the city are empty."""


def _at_once(number: int) -> list[Looked]:
    barrier = threading.Barrier(number)
    results: list[Looked] = []

    def run() -> None:
        barrier.wait()
        try:
            results.append(look(MONDAY))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def test_four_workers_find_what_one_would_have_found(fresh_database: str) -> None:
    assert fresh_database
    town.build()
    results = _at_once(4)
    assert len(results) == 4
    assert sum(len(one.findings) for one in results) == Reported.objects.count() == EMPTY
    assert look(MONDAY + timedelta(seconds=59)).findings == []


def test_what_another_worker_looks_for_is_left_to_it(fresh_database: str) -> None:
    assert fresh_database
    town.build()
    for name in ("surges", "rosters", "starving"):
        Watch.objects.create(name=name, due_at=MONDAY)
    with transaction.atomic():
        Watch.objects.select_for_update().get(name="rosters")
        (other,) = _at_once(1)
    assert other.findings == []
    assert Watch.objects.get(name="rosters").due_at == MONDAY
    assert len(look(MONDAY).findings) == EMPTY


def test_a_case_that_somebody_works_on_is_called_about_with_the_next_look(
    fresh_database: str,
) -> None:
    assert fresh_database
    town.build()
    wish = Open("No water", "No water", "web", category="water_supply", area="hudong")
    for _ in range(5):
        newest = open_request(wish, by=Actor.requester(1), now=MONDAY).reference
    with transaction.atomic():
        Case.objects.select_for_update().get(reference=newest)
        (looked,) = _at_once(1)
    assert looked.calls == []
    assert look(MONDAY + timedelta(minutes=1)).calls == [newest]
