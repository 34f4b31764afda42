"""Finding numbers of cases in the index: the newest (or soonest due) first, block of time by block.

A common word stands in hundreds of thousands of cases, and a page shows fifty. So a short time is
looked through first, and a longer one before that (or after it, by due time) only where
it does not suffice: what is read is in proportion to what is found, for common words as for rare
ones, for who may read everything as for one small unit. The last step has no beginning.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import OperationalError, connection, transaction

from dandang.finding.rules.keys import DEADLINE, NEVER, Key, beginning, block, covering, key
from dandang.lifecycle.casework.keeping_out import KeptOut, closed_to

PATIENCE_MS = 3000
"""How long the database may take for a step of a search; after that no other one begins."""
_STEPS = (1, 8, 64, 512, 1024)
_LONG_STEPS = (64,)
"""Where a word is left out: the index goes through all that have the others for each of them."""
_CANCELED = "57014"

_SENT, _DUE = "sent_at + interval '0'", "due_at + interval '0'"
"""Times as no index has them: going through a year by its time costs more than any word in it."""

_FOUND = """
WITH found AS MATERIALIZED (SELECT case_id, {at} AS at FROM finding_case WHERE {where})
SELECT at, case_id FROM found ORDER BY at {way}, case_id {way} LIMIT %s
"""
_FIRST = """
SELECT {at} AS at, case_id FROM finding_case WHERE {where}
ORDER BY {at} {way}, case_id {way} LIMIT %s
"""
"""The same where nothing but time is asked: by the index of times, as far as needed."""
_COUNTED = """
WITH found AS MATERIALIZED (SELECT 1 FROM finding_case WHERE {where})
SELECT count(*) FROM (SELECT 1 FROM found LIMIT %s) AS counted
"""
_WITH_ANY = """
WITH found AS MATERIALIZED (SELECT case_id FROM finding_case WHERE keys && %s)
SELECT case_id FROM found ORDER BY case_id DESC LIMIT %s
"""


class TooSlow(Exception):
    """The database took longer than anybody should wait; narrower words or filters help."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the order of what is found: an instant and the number of a case."""

    at: datetime
    case_id: int


@dataclass(frozen=True, slots=True)
class Condition:
    """What a row has to fulfil: SQL, with its parameters."""

    sql: str
    params: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Hunt:
    """What to find. Every group of `groups` has to have one of its keys in the row.

    `words` and `title` are tsqueries ("" for none), `not_title` one that must not hold. `by_due`
    puts those first that are due soonest, else the newest come first. Between `since` and `until`
    (not included) they were sent, between `due_since` and `due_until` they are due. `kept_out`
    leaves out what is closed to an officer.
    """

    words: str = ""
    title: str = ""
    not_title: str = ""
    groups: tuple[Sequence[str], ...] = ()
    by_due: bool = False
    since: datetime | None = None
    until: datetime | None = None
    due_since: datetime | None = None
    due_until: datetime | None = None
    kept_out: KeptOut | None = None

    @property
    def asks(self) -> bool:
        """Whether anything is asked but when it was sent (with `by_due`: is due)."""
        return bool(self.words or self.title or self.groups or self.dues)

    @property
    def dues(self) -> list[str]:
        """The keys of the blocks in which a row has to be due; none where any will do."""
        if self.due_until is not None:
            first = block(self.due_since) if self.due_since is not None else 0
            return covering(Key.DUE, first, block(self.due_until)) or [NEVER]
        return [key(Key.HAS, DEADLINE)] if self.due_since is not None else []

    def conditions(self) -> list[Condition]:
        """Return what holds for every row that is found, in whatever block of time."""
        found = []
        if self.words:
            found.append(Condition("words @@ %s::tsquery", (self.words,)))
        if self.title:
            found.append(Condition("title @@ %s::tsquery", (self.title,)))
        if self.not_title:
            found.append(Condition("NOT title @@ %s::tsquery", (self.not_title,)))
        groups = [*self.groups, self.dues] if self.dues else self.groups
        found += [Condition("keys && %s", (list(group),)) for group in groups]
        sent = _SENT if self.asks else "sent_at"
        for column, sign, at in (
            (sent, ">=", self.since),
            (sent, "<", self.until),
            (_DUE, ">=", self.due_since),
            (_DUE, "<", self.due_until),
        ):
            if at is not None:
                found.append(Condition(f"{column} {sign} %s", (at,)))
        if self.kept_out is not None:
            closed, params = closed_to(self.kept_out).values("pk").query.sql_with_params()
            found.append(Condition(f"case_id NOT IN ({closed})", tuple(params)))
        return found


@dataclass(slots=True)
class Effort:
    """What a search cost: statements and rows that were read from the database."""

    statements: int = 0
    sql: list[tuple[str, list[Any]]] = field(default_factory=list)


def find(
    hunt: Hunt, *, limit: int, after: Place | None = None, effort: Effort | None = None
) -> list[Place]:
    """Return the first places of what is found, after this one. Raises TooSlow."""
    found: list[Place] = []
    with _patiently() as check:
        for window in _windows(hunt, after):
            check()
            conditions = [*hunt.conditions(), *window]
            if after is not None:
                sign = ">" if hunt.by_due else "<"
                at = _unindexed(hunt) if hunt.asks else _column(hunt)
                place = (after.at, after.at, after.case_id)
                conditions.append(
                    Condition(f"{at} {sign}= %s AND ({at}, case_id) {sign} (%s, %s)", place)
                )
            sql = (_FOUND if hunt.asks else _FIRST).format(
                at=_column(hunt),
                way="ASC" if hunt.by_due else "DESC",
                where=_all_of(conditions),
            )
            rows = _asked(sql, conditions, limit - len(found), effort)
            found += [Place(at, case_id) for at, case_id in rows]
            if len(found) >= limit:
                break
    return found


def count(hunt: Hunt, *, most: int, effort: Effort | None = None) -> int:
    """Return how many there are, `most` at most. Raises TooSlow."""
    number = 0
    with _patiently() as check:
        for window in _windows(hunt, None):
            check()
            conditions = [*hunt.conditions(), *window]
            sql = _COUNTED.format(where=_all_of(conditions))
            ((here,),) = _asked(sql, conditions, most - number, effort)
            number += here
            if number >= most:
                break
    return number


def with_any(wanted: Sequence[str], limit: int) -> list[int]:
    """Return the newest cases with any of these keys, which are rare."""
    with connection.cursor() as cursor:
        cursor.execute(_WITH_ANY, [list(wanted), limit])
        return [number for (number,) in cursor.fetchall()]


def _all_of(conditions: Sequence[Condition]) -> str:
    return " AND ".join(one.sql for one in conditions) or "true"


def _column(hunt: Hunt) -> str:
    return "due_at" if hunt.by_due else "sent_at"


def _unindexed(hunt: Hunt) -> str:
    return _DUE if hunt.by_due else _SENT


def _windows(hunt: Hunt, after: Place | None) -> Iterator[list[Condition]]:
    """Yield conditions that part all rows by time: each is longer than the last one.

    Where nothing but time is asked, the index of times has the rows in order: one part is enough.
    """
    if not hunt.asks:
        yield []
        return
    start = _start(hunt, after)
    if start is None:
        return
    kind, step = (Key.DUE, 1) if hunt.by_due else (Key.SENT, -1)
    at, bound = block(start), hunt.due_until if hunt.by_due else hunt.since
    end = None if bound is None else block(bound)
    for length in _LONG_STEPS if "!" in hunt.words else _STEPS:
        far = at + step * (length - 1)
        if end is not None and (far - end) * step >= 0:
            far = end
        first, last = sorted((at, far))
        yield [Condition("keys && %s", (covering(kind, first, last),))]
        if far == end:
            return
        at = far + step
    yield [_rest(hunt, at)]


def _rest(hunt: Hunt, at: int) -> Condition:
    """Return the condition for everything from a block on, for which there are no keys."""
    if hunt.by_due:
        return Condition(f"{_DUE} >= %s", (beginning(at),))
    return Condition(f"{_SENT} < %s", (beginning(at + 1),))


def _start(hunt: Hunt, after: Place | None) -> datetime | None:
    """Return where to begin: at the newest, the soonest due, or where the last page ended."""
    if after is not None:
        return after.at
    column, of, sign = ("due_at", "min", ">=") if hunt.by_due else ("sent_at", "max", "<")
    bound = hunt.due_since if hunt.by_due else hunt.until
    where = f"WHERE {column} IS NOT NULL"
    params: list[Any] = []
    if bound is not None:
        where += f" AND {column} {sign} %s"
        params.append(bound)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {of}({column}) FROM finding_case {where}", params)  # noqa: S608 names of columns
        (at,) = cursor.fetchone()
    found: datetime | None = at
    return found


def _asked(
    sql: str, conditions: Sequence[Condition], limit: int, effort: Effort | None
) -> list[Any]:
    params = [value for one in conditions for value in one.params]
    params.append(limit)
    if effort is not None:
        effort.statements += 1
        effort.sql.append((sql, params))
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


@contextmanager
def _patiently() -> Iterator[Callable[[], None]]:
    """Let no statement take longer than anybody should wait; yield the check that goes before one.

    It raises TooSlow where those before took as long already.
    """
    began = time.monotonic()

    def check() -> None:
        if 1000 * (time.monotonic() - began) > PATIENCE_MS:
            raise TooSlow

    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(PATIENCE_MS)])
            yield check
            cursor.execute("SELECT set_config('statement_timeout', '0', true)")
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) == _CANCELED:
            raise TooSlow from error
        raise
