"""Pages of a worklist in the database: the same order and the same rows as the rule says."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dandang.lifecycle.casework.keeping_out import KeptOut
from dandang.lifecycle.casework.listing import lines, page
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.rules.places import FIRST, Beside
from dandang.lifecycle.casework.statements import NOW
from dandang.lifecycle.casework.tallies import tallies
from dandang.lifecycle.casework.wanted import Wanted
from dandang.lifecycle.states import State
from tests import town
from tests.interfaces.desk.office import assigned
from tests.interfaces.stories import city

pytestmark = pytest.mark.django_db

ALL = Wanted(open_only=True)
TWO = Wanted(posts=("water-duty", "housing-duty"), open_only=True)


@pytest.fixture(autouse=True)
def cases() -> None:
    """Eleven cases of two posts: some due at one instant, some without a due time."""
    city()
    template = Case.objects.get(reference=assigned())
    for number in range(10):
        template.pk = None
        template.stream = number.to_bytes(16, "big")
        template.reference = f"T{number}"
        template.holder = "housing-duty" if number % 2 else "water-duty"
        template.due_at = None if number > 6 else town.MONDAY + timedelta(hours=number // 2)
        template.save(force_insert=True)


def turned(wanted: Wanted, limit: int) -> list[str]:
    seen, beside = [], FIRST
    while True:
        part = page(wanted, town.MONDAY, beside, limit=limit)
        seen += [row.reference for row in part.rows]
        if not part.has_later:
            return seen
        beside = Beside(after=part.rows[-1].place)


def turned_back(wanted: Wanted, limit: int) -> list[str]:
    whole = page(wanted, town.MONDAY, limit=100).rows
    seen, beside = [whole[-1].reference], Beside(before=whole[-1].place)
    while True:
        part = page(wanted, town.MONDAY, beside, limit=limit)
        seen = [row.reference for row in part.rows] + seen
        if not part.has_earlier:
            return seen
        beside = Beside(before=part.rows[0].place)


@pytest.mark.parametrize("wanted", [ALL, TWO])
@pytest.mark.parametrize("limit", [1, 3, 4, 100])
def test_every_page_size_gives_every_case_once_both_ways(wanted, limit):
    whole = [row.reference for row in page(wanted, town.MONDAY, limit=100).rows]
    rows = Case.objects.filter(holder__in=["water-duty", "housing-duty"]).order_by("due_at", "id")
    assert whole == [row.reference for row in rows]
    assert turned(wanted, limit) == whole
    assert turned_back(wanted, limit) == whole
    assert [one.reference for one in lines(wanted, town.MONDAY, at_once=2, most=5)] == whole[:5]


def test_the_present_is_that_of_each_asking():
    late = Wanted(overdue_at=NOW)
    hours = [tallies({"late": late}, town.MONDAY + timedelta(hours=one))["late"] for one in (0, 9)]
    assert hours == [0, 8]
    assert len(page(late, town.MONDAY + timedelta(hours=9)).rows) == 8
    assert not page(late, town.MONDAY).rows


def test_parts_of_one_list_are_counted_at_once_as_one_by_one_and_without_what_is_closed():
    Case.objects.filter(reference="T0").update(particulars={"conflicts": [town.LI_NA]})
    Case.objects.filter(reference="T1").update(particulars={"subject_units": ["water"]})
    Case.objects.filter(reference__in=["T2", "T3"]).update(state="proposed", outcome="resolved")
    asking = {"unmaskings": [{"waits": True}]}
    Case.objects.filter(reference="T4").update(state="disputed", particulars=asking)
    Case.objects.filter(reference="T5").update(particulars=asking)
    hidden = KeptOut(town.LI_NA, ("water",), reads_all=True)
    mine = replace(TWO, hidden_from=hidden)
    wanted = {
        "proposed": replace(mine, states=(State.PROPOSED,)),
        "confirm": replace(mine, states=(State.PROPOSED,), outcomes=("resolved",)),
        "declined": replace(mine, outcomes=("declined",)),
        "everybody's": TWO,
        "mine": mine,
        "undated": replace(mine, undated=True),
        "decide": Wanted(undecided=True, unmasking=True),
        "open": replace(ALL, hidden_from=replace(hidden, officer=town.WANG_QIANG)),
    }
    with CaptureQueriesContext(connection) as captured:
        counted = tallies(wanted, town.MONDAY)
    assert len(captured) == 1
    assert list(counted) == list(wanted)
    assert counted == {
        name: len(page(one, town.MONDAY, titled=False).rows) for name, one in wanted.items()
    }
    told = [counted[name] for name in ("mine", "everybody's", "confirm", "decide")]
    assert told == [9, 11, 2, 2]


def test_a_page_is_read_along_an_index_without_sorting():
    with CaptureQueriesContext(connection) as captured, connection.cursor() as cursor:
        # A few rows are sorted cheaply, whatever they were found by.
        cursor.execute("SET enable_seqscan TO off; SET enable_sort TO off")
        page(Wanted(posts=("water-duty",), open_only=True), town.MONDAY, limit=3)
    text = captured.captured_queries[1]["sql"]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {text}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index Scan using case_open_" in plan
    assert "Sort" not in plan
