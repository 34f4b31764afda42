"""One page of a worklist: its tabs with their numbers, its rows, and where the others are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.waiting import signature
from dandang.interfaces.desk.worklist.asked import AskedFor
from dandang.interfaces.desk.worklist.queues import QUEUES
from dandang.interfaces.desk.worklist.rows import Row, RowReader
from dandang.interfaces.shared.words.names import Names
from dandang.lifecycle.casework.listing import PAGE, Line, nearest
from dandang.lifecycle.casework.rules.places import Shown
from dandang.lifecycle.casework.tallies import MOST_COUNTED, tallies

_HERE = "here"


@dataclass(frozen=True, slots=True)
class Queue:
    """One tab: its address, its words, how many cases wait in it (`most` where there are more)."""

    code: str
    words: str
    count: int
    is_current: bool
    query: str

    @property
    def number(self) -> str:
        """The count as it is shown."""
        return counted_words(self.count)


@dataclass(frozen=True, slots=True)
class Worklist:
    """One page of a queue. An officer without a post has no queues.

    `number` says how many cases the filters leave. `previous`, `next`, `query` are query strings,
    the first two "" where there is no such page. `seen` are the numbers of the tabs in one word.
    """

    queues: tuple[Queue, ...] = ()
    current: Queue | None = None
    rows: tuple[Row, ...] = ()
    number: str = ""
    previous: str = ""
    next: str = ""
    query: str = ""
    seen: str = ""


def worklist(officer: Officer, asked: AskedFor, names: Names) -> Worklist:
    """Return the page that was asked for. Three queries, whatever the number of cases."""
    wanted = dict(asked.queues)
    if asked.is_narrowed:
        wanted[_HERE] = asked.wanted
    found = tallies(wanted, officer.now)
    number = found.pop(_HERE, found[asked.queue])
    part = shown_of(asked, officer.now)
    reader = RowReader(officer, names)
    queues = _tabs(found, asked.queue)
    return Worklist(
        queues=tuple(queues.values()),
        current=queues[asked.queue],
        rows=tuple(reader.row(line) for line in part.rows),
        number=counted_words(number),
        previous=asked.query(before=str(part.rows[0].place)) if part.has_earlier else "",
        next=asked.query(after=str(part.rows[-1].place)) if part.has_later else "",
        query=asked.query(),
        seen=signature(found),
    )


def shown_of(asked: AskedFor, now: datetime) -> Shown[Line]:
    """Return the rows of the page that was asked for, or of the first one."""
    return nearest(asked.wanted, now, asked.beside, limit=PAGE)


def counted_words(number: int) -> str:
    """Return a number of cases as it is shown: `12`, `10000+`."""
    return f"{MOST_COUNTED}+" if number >= MOST_COUNTED else str(number)


def _tabs(found: Mapping[str, int], current: str) -> dict[str, Queue]:
    return {
        code: Queue(code, str(QUEUES[code]), number, code == current, f"queue={code}")
        for code, number in found.items()
    }
