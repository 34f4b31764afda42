"""A whole dimension with every period and counter: nothing hidden follows from other pages."""

from collections import defaultdict
from itertools import product

from hypothesis import event, given
from hypothesis import strategies as st

from dandang.publication.figures.rules import sheets
from dandang.publication.figures.rules.sheets import Sheet
from dandang.publication.figures.rules.totals import BASES, OPEN, PARTS, UNSHOWN, complete
from dandang.publication.figures.shapes import SMALL
from tests.publication.auditing import Sum, computable

PARENTS = {"north": "city", "hill": "north"}
COUNTERS = ("response:in_time", "response:none", "response:undecided", "end:solved", "end:declined")
TREES = ("received", "ended")
MONTHS = ("2025-03", "2025-12", "2026-01", "2026-02")
TOLD = MONTHS[1:]
AREAS = ("city", "north", "hill", "")

Cases = dict[tuple[str, str, str], int]
"""How many cases of an area directly, with a counter, in a month."""


def above(area: str) -> list[str]:
    """Return an area and those above it; the last one is None, which is all cases."""
    found = [area]
    while found[-1] is not None:
        found.append(PARENTS.get(found[-1]))
    return found


def counted(cases: Cases):
    """Return the counters that the follower would keep, by area and period."""
    found = defaultdict(lambda: defaultdict(int))
    for (area, counter, month), number in cases.items():
        names = [counter]
        if counter.startswith("response"):
            names += ["received"]
        if counter == "response:none":
            names += ["response:late"]
        periods = ("", month[:4], *([month] if month in TOLD else []))
        for one, name, period in product(above(area), names, periods):
            found[one, period][name] += number
    return found


samples = st.dictionaries(
    st.tuples(st.sampled_from(AREAS), st.sampled_from(COUNTERS), st.sampled_from(MONTHS)),
    st.one_of(st.integers(1, 4), st.integers(1, 30), st.integers(10, 200)),
    max_size=40,
)


def shown(cases: Cases):
    """Return what is shown of every area and of all cases, by area and period."""
    every = counted(cases)
    whole = {("", period): numbers for (area, period), numbers in every.items() if area is None}
    areas = {key: numbers for key, numbers in every.items() if key[0] is not None}
    all_, found = sheets.shown(Sheet(whole), [Sheet(areas, PARENTS)], since=TOLD[0])
    return {(None, period): numbers for (_, period), numbers in all_.items()} | found


def nodes_below(name: str) -> set[str]:
    """Return a counter with everything that it is the sum of."""
    found = {name}
    while wider := {part for one in found for part in PARTS.get(one, ())} - found:
        found |= wider
    return found


NAMES = {name for tree in TREES for name in nodes_below(tree)}
LEAVES = NAMES - PARTS.keys()


def leaves_of(area, name: str, period: str) -> Sum:
    """Return which cases a count of an area in a period is the sum of."""
    return frozenset(
        product(
            (one for one in AREAS if area in above(one)),
            nodes_below(name) & LEAVES,
            (month for month in MONTHS if month.startswith(period)),
        )
    )


@given(samples)
def test_nothing_is_told_of_few_cases_and_no_small_count_of_requesters(cases):
    true = counted(cases)
    for key, numbers in shown(cases).items():
        all_of_it = complete(true[key])
        assert all_of_it.keys() - UNSHOWN <= numbers.keys()
        for name, number in numbers.items():
            assert number in {None, all_of_it.get(name, 0)}
            is_silence = key[0] is None and name == "end:unanswered"
            assert number is None or number >= SMALL or name in OPEN or is_silence
            assert number is None or min(all_of_it.get(one, 0) for one in BASES[name]) >= SMALL


@given(samples)
def test_no_hidden_count_can_be_computed_from_all_pages_together(cases):
    told = shown(cases)
    known: list[tuple[Sum, int]] = []
    hidden: list[Sum] = []
    for area, period in product((*AREAS, None), ("", "2025", "2026", *TOLD)):
        for name in NAMES - UNSHOWN:
            number = told.get((area, period), {}).get(name, 0)
            leaves = leaves_of(area, name, period)
            if number is None:
                hidden += [leaves] if name not in OPEN else []
            else:
                known.append((leaves, number))
    event(f"{min(len(hidden), 200) // 20 * 20} hidden")
    assert not computable(known, hidden)
