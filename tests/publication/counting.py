"""Counting in the city: following to the end, and the same counted in the plainest way."""

from collections import Counter
from datetime import datetime

from dandang.ledger.queries import events_of
from dandang.ledger.sequencer import sequence_once
from dandang.publication.figures import building, following, showing
from dandang.publication.figures.models import Build, Cell
from dandang.publication.figures.reading import cases_after, places
from dandang.publication.figures.rules.cells import CellKey, Cells, add
from dandang.publication.figures.rules.contribution import BEGINNING, contributes


def catch_up(now: datetime, *, limit: int = following.BATCH) -> None:
    """Do what a worker does until nothing is left to do."""
    while sequence_once():
        pass
    if building.is_wanted():
        rebuild(now)
    while following.follow_once(now=now, limit=limit) or following.let_time_pass(now=now):
        pass
    showing.show_once(now=now)


def rebuild(now: datetime, *, page: int = building.PAGE) -> None:
    """Count everything anew."""
    building.begin(anew=True)
    while not building.fill_once(now=now, page=page).done:
        pass
    while building.clear_once():
        pass


def kept() -> Cells:
    """Return the cells that are current."""
    build = Build.objects.get(state=Build.CURRENT)
    rows = Cell.objects.filter(build=build.id).values_list(
        "dimension", "value", "period", "counted"
    )
    return {CellKey(*key): Counter(counted) for *key, counted in rows if counted}


def by_hand(now: datetime) -> Cells:
    """Return the cells as the sum of what every case contributes."""
    where, cells = places(), Cells()
    for _, stream, facts in cases_after(0, limit=1_000_000):
        history = following.folded(BEGINNING, events_of(stream))
        add(cells, contributes(facts, history, where, now))
    return {key: cell for key, cell in cells.items() if cell}
