"""One import: reads the rows of a file, leaves out those that are here, opens a case for the rest.

Rows are committed in batches. A run that is killed loses at most one batch, and running again
doubles nothing, because a row's own id stands in the database beside its request.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.db import IntegrityError, transaction

from dandang.lifecycle.casework.actions.record import Opening, create
from dandang.lifecycle.casework.queries import known_source_ids
from dandang.lifecycle.intake.actions import (
    InForce,
    contacts_in,
    in_force,
    open_request,
    prepare,
)
from dandang.lifecycle.intake.importing.import_map import ImportMap, unknown_codes
from dandang.lifecycle.intake.importing.records import Broken, Record
from dandang.lifecycle.intake.importing.rows import BadRow, Row, RowReader
from dandang.lifecycle.intake.senders import keep_marks
from dandang.terms import Actor, Code, InputError, Refusal

_SET_UP = frozenset({Code.NO_ORGANIZATION, Code.NO_POLICY})
BATCH = 200
REMEMBERED_IDS = 1_000_000


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was not taken in: where it stands, why, and what was read of it."""

    record: Record | Broken
    code: str
    params: dict[str, str | int]


@dataclass(slots=True)
class Tally:
    """What a run has done so far. `rows` is the sum of `opened`, `already_present`, `errors`.

    `unknown` counts opened rows by what the map did not know of them: "category", "area".
    """

    opened: int = 0
    already_present: int = 0
    errors: int = 0
    ended: int = 0
    unknown: dict[str, int] = field(default_factory=lambda: {"category": 0, "area": 0})
    first_unknown: dict[str, int] = field(default_factory=dict)
    last_line: int = 0

    @property
    def rows(self) -> int:
        """How many rows were dealt with."""
        return self.opened + self.already_present + self.errors


class Run:
    """The import of one file. `rejected` is told of every bad row, before its batch commits."""

    def __init__(
        self,
        plan: ImportMap,
        header: tuple[str, ...],
        *,
        now: datetime,
        rejected: Callable[[Rejected], None],
    ) -> None:
        self._plan = plan
        self._reader = RowReader(plan, header)
        self._by = Actor.importer(plan.name)
        self._now = now
        self._rejected = rejected
        self._seen: set[int] = set()
        self.tally = Tally()

    def check(self) -> None:
        """Raise InputError when the map names a code that policy or organization do not have.

        Refuses `no_organization` or `no_policy` before set-up.
        """
        under = in_force()
        problems = list(unknown_codes(self._plan, under.policy.categories, under.directory.areas))
        if problems:
            raise InputError(problems)

    def take_in(
        self, records: Iterable[Record | Broken], *, stop: Callable[[], bool]
    ) -> Iterator[Tally]:
        """Take the rows in; yield the tally after every batch.

        `stop` is asked before every row: once it says so, the batch ends with the row before it.
        The clocks of open cases start at `now`.
        """
        rows = iter(records)
        while not stop() and (batch := list(islice(rows, BATCH))):
            yield self._batch(batch, stop)

    def _batch(self, batch: list[Record | Broken], stop: Callable[[], bool]) -> Tally:
        known = known_source_ids(self._plan.source, self._ids(batch))
        under = in_force()
        ready: list[tuple[Record, Row, Opening]] = []
        for record in batch:
            if stop():
                break
            try:
                ready.extend(self._prepared(record, known, under))
            except (BadRow, Refusal) as refusal:
                self._reject(record, refusal)
            self.tally.last_line = record.line
        self._open(ready)
        return self.tally

    def _ids(self, batch: list[Record | Broken]) -> Iterator[str]:
        for record in batch:
            if isinstance(record, Record):
                with suppress(Refusal):
                    yield self._reader.source_id(record.cells)

    def _prepared(
        self, record: Record | Broken, known: set[str], under: InForce
    ) -> Iterator[tuple[Record, Row, Opening]]:
        """Yield the row as it will be opened; nothing when it is here already."""
        if isinstance(record, Broken):
            raise BadRow(record.code, expected=record.expected, found=record.found)
        source_id = self._reader.source_id(record.cells)
        seen = self._seen_before(source_id)
        if source_id not in known:
            row = self._reader.read(record.cells)
            yield record, row, prepare(row.wish, under, by=self._by, now=self._now)
            known.add(source_id)
        elif seen:
            raise BadRow("duplicate_source_id")
        else:
            self.tally.already_present += 1

    def _open(self, ready: list[tuple[Record, Row, Opening]]) -> None:
        try:
            with transaction.atomic():
                openings = [opening for _, _, opening in ready]
                create(openings)
                keep_marks(contacts_in(openings))
        except IntegrityError:
            # Another import took some of these rows in meanwhile: find out which, one by one.
            for record, row, _ in ready:
                receipt = open_request(row.wish, by=self._by, now=self._now, access_code="")
                self._count(record, row, existing=receipt.existing)
        else:
            for record, row, _ in ready:
                self._count(record, row, existing=False)

    def _count(self, record: Record, row: Row, *, existing: bool) -> None:
        if existing:
            self.tally.already_present += 1
            return
        self.tally.opened += 1
        self.tally.ended += row.wish.origin is not None and row.wish.origin.ended
        for what in row.unknown:
            self.tally.unknown[what] += 1
            self.tally.first_unknown.setdefault(what, record.line)

    def _reject(self, record: Record | Broken, refusal: BadRow | Refusal) -> None:
        if refusal.code in _SET_UP:
            raise refusal
        params = refusal.params if isinstance(refusal, BadRow) else refusal.details
        self._rejected(Rejected(record, str(refusal.code), dict(params)))
        self.tally.errors += 1

    def _seen_before(self, source_id: str) -> bool:
        """Say whether this file had the id already; told for the first million ids."""
        mark = hash(source_id)
        if mark in self._seen:
            return True
        if len(self._seen) < REMEMBERED_IDS:
            self._seen.add(mark)
        return False
