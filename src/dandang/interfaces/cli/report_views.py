"""Reports as the command line shows them: as records with stable keys, and in words."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Generic, TypeVar

from typing_extensions import override

from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.views import body_time, names
from dandang.interfaces.shared.words.cases import CLOCKS, STATES, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import stamp
from dandang.lifecycle.casework import report_queries
from dandang.lifecycle.casework.due_queries import DueTally, due_tallies
from dandang.lifecycle.casework.report_queries import Period, PromiseTally, StalledCase
from dandang.lifecycle.deadlines.quiet import quiet_before
from dandang.organization.queries import directory, work_calendar

SOON_DAYS = 3
"""Within how many working days from today a clock counts as due soon."""

_DAY = timedelta(days=1)
T = TypeVar("T")


class Report(ABC, Generic[T]):
    """A report to be written once, line after line. `faults` are counted on the way."""

    keys: Sequence[str]
    heads: Sequence[str]

    def __init__(self, found: Iterable[T]) -> None:
        self._found = found
        self.faults = 0

    def records(self) -> Iterator[Mapping[str, object]]:
        """Yield each line with stable keys."""
        for one in self._counted():
            yield dict(zip(self.keys, self.values(one), strict=True))

    def rows(self) -> list[list[str]]:
        """Return each line in words."""
        with body_time():
            known = names()
            return [self.words(one, known) for one in self._counted()]

    @abstractmethod
    def values(self, one: T) -> Sequence[object]:
        """Return the values of one line, in the order of the keys."""

    @abstractmethod
    def words(self, one: T, known: Names) -> list[str]:
        """Return the cells of one line."""

    @abstractmethod
    def faults_of(self, one: T) -> int:
        """Return how much there is to complain about in one line."""

    def _counted(self) -> Iterator[T]:
        for one in self._found:
            self.faults += self.faults_of(one)
            yield one


class _Due(Report[DueTally]):
    keys = ("unit", "clock", "running", "overdue", "today", "soon")

    def __init__(self, found: Iterable[DueTally]) -> None:
        super().__init__(found)
        self.heads = [
            _("Unit"),
            _("For what"),
            _("Running"),
            _("Overdue"),
            _("Later today"),
            _("Within {n} working days").format(n=SOON_DAYS),
        ]

    @override
    def values(self, one: DueTally) -> Sequence[object]:
        return one.unit, one.clock, one.running, one.overdue, one.today, one.soon

    @override
    def words(self, one: DueTally, known: Names) -> list[str]:
        numbers = (one.running, one.overdue, one.today, one.soon)
        return [known.unit(one.unit), word(CLOCKS, one.clock), *map(str, numbers)]

    @override
    def faults_of(self, one: DueTally) -> int:
        return one.overdue


class _Stalled(Report[StalledCase]):
    keys = (
        *("reference", "state", "holder_unit", "holder_post", "last_entry_at", "quiet_days"),
        *("opened_at", "age_days", "total_due_at", "open_calls", "on_leaders_list"),
    )

    def __init__(self, found: Iterable[StalledCase], now: datetime) -> None:
        super().__init__(found)
        self._calendar = work_calendar()
        self._today = self._calendar.local_date(now)
        self.heads = [
            *(_("Reference"), _("State"), _("Holder"), _("Last entry"), _("Working days since")),
            *(_("Age in days"), _("Open calls"), _("On the leader's list")),
        ]

    @override
    def values(self, one: StalledCase) -> Sequence[object]:
        return (
            *(one.reference, one.state.value, one.unit, one.post, one.since, self._quiet(one)),
            *(one.opened_at, self._age(one), one.due_at, one.calls, one.is_listed),
        )

    @override
    def words(self, one: StalledCase, known: Names) -> list[str]:
        return [
            one.reference,
            word(STATES, one.state),
            known.post_with_unit(one.post),
            stamp(one.since),
            str(self._quiet(one)),
            str(self._age(one)),
            str(one.calls),
            _("yes") if one.is_listed else "--",
        ]

    @override
    def faults_of(self, one: StalledCase) -> int:
        return 1

    def _quiet(self, one: StalledCase) -> int:
        """Return the working days after that of the last entry, today included."""
        since = self._calendar.local_date(one.since)
        return self._calendar.working_days_between(since, self._today, provisional_ok=True)

    def _age(self, one: StalledCase) -> int:
        return (self._today - self._calendar.local_date(one.opened_at)).days


class _Promises(Report[PromiseTally]):
    keys = ("period", "unit", "made", "kept", "broken", "replaced", "dropped", "open")

    def __init__(self, found: Iterable[PromiseTally]) -> None:
        super().__init__(found)
        self.heads = [
            *(_("Period from"), _("Unit"), _("Made"), _("Kept"), _("Broken")),
            *(_("Replaced"), _("Dropped"), _("Open")),
        ]

    @override
    def values(self, one: PromiseTally) -> Sequence[object]:
        numbers = (one.made, one.kept, one.broken, one.replaced, one.dropped, one.open)
        return one.period, one.unit, *numbers

    @override
    def words(self, one: PromiseTally, known: Names) -> list[str]:
        period, _unit, *numbers = self.values(one)
        return [str(period), known.unit(one.unit), *map(str, numbers)]

    @override
    def faults_of(self, one: PromiseTally) -> int:
        return one.broken


def due(units: Sequence[str], now: datetime) -> Report[DueTally]:
    """Return how many clocks run, by unit and clock; `now` is aware. Refuses `unknown_unit`."""
    _check(units)
    calendar = work_calendar()
    tomorrow = _begin(calendar.local_date(now) + _DAY)
    soon = calendar.add_working_days(now, SOON_DAYS, provisional_ok=True).at
    return _Due(due_tallies(units, now=now, tomorrow=tomorrow, soon=soon))


def stalled(units: Sequence[str], days: int, now: datetime) -> Report[StalledCase]:
    """Return the open cases without an entry for so many whole working days; `now` is aware.

    Refuses `unknown_unit`.
    """
    _check(units)
    before = quiet_before(work_calendar(), days, now)
    return _Stalled(_pages(units, before), now)


def promises(
    units: Sequence[str], first: date | None, last: date | None, by: str
) -> Report[PromiseTally]:
    """Return what became of promises for times from the first day to the last, if they are given.

    Days are those of the body's own clocks. Refuses `unknown_unit`.
    """
    _check(units)
    found = report_queries.promise_tallies(
        units,
        first=_begin(first) if first else None,
        last=_begin(last + _DAY) if last else None,
        by=Period(by),
        zone=work_calendar().time_zone,
    )
    return _Promises(found)


def _check(units: Sequence[str]) -> None:
    known = directory()
    for unit in units:
        known.unit(unit)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), work_calendar().time_zone).astimezone(UTC)


def _pages(units: Sequence[str], before: datetime) -> Iterator[StalledCase]:
    after = None
    while page := report_queries.stalled(units, before=before, after=after):
        yield from page
        after = page[-1].place
