"""How fast working time is counted: calls a second for the three operations, near and far.

Run it with `python -m benchmarks.workdays` from the project's root, with `src` on the path.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import perf_counter

from dandang.workdays import WorkCalendar, china, computed

SECONDS = 1.0
START = datetime(2010, 2, 12, 2, 30, tzinfo=UTC)
DISTANCES = {"a week": 5, "a year": 250, "fifteen years": 3750}
HOURS_A_DAY = 8


def calls_a_second(call: Callable[[], object]) -> float:
    """Call for about a second and return the rate."""
    calls, began = 0, perf_counter()
    while (spent := perf_counter() - began) < SECONDS:
        for _ in range(1000):
            call()
        calls += 1000
    return calls / spent


def report(calendar: WorkCalendar) -> None:
    """Print one line per distance."""
    print(f"{calendar.name:>8} {'':15} {'add days':>12} {'add time':>12} {'between':>12}")
    for words, days in DISTANCES.items():
        amount = timedelta(hours=days * HOURS_A_DAY)
        end = calendar.add_working_days(START, days).at
        rates = (
            calls_a_second(lambda days=days: calendar.add_working_days(START, days)),
            calls_a_second(lambda amount=amount: calendar.add_working_time(START, amount)),
            calls_a_second(lambda end=end: calendar.working_time_between(START, end)),
        )
        print(f"{'':8} {words:15}" + "".join(f" {rate:12,.0f}" for rate in rates))


def built(make: Callable[[], WorkCalendar]) -> WorkCalendar:
    """Build a calendar and print how long it took."""
    began = perf_counter()
    calendar = make()
    print(f"{calendar.name:>8} built in {(perf_counter() - began) * 1000:.0f} ms")
    return calendar


if __name__ == "__main__":
    for calendar in (
        built(china),
        built(lambda: computed("US", "NY", time_zone="America/New_York")),
    ):
        report(calendar)
