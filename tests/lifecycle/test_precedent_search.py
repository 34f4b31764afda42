"""The file of precedents answers what it is asked, newest first, from its indexes."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dandang.lifecycle.casework.models import Case, Precedent
from dandang.lifecycle.casework.precedent_search import (
    PAGE,
    SIMILAR,
    Found,
    Sought,
    precedents,
    readable,
    reasons_in_words,
    similar,
)
from dandang.lifecycle.casework.rules.precedents import Decision, rank
from dandang.terms import Actor
from tests import town
from tests.lifecycle.disputes import decided, decision, does, opened

CATEGORIES = [
    "utilities",
    "water_supply",
    "power_supply",
    "housing_property",
    "lifts",
    "gone",
    None,
]
AREAS = ["city", "qingshan", "hudong", None]
UNITS = ["water", "housing", "housing-sites", "qingshan"]
REASONS = ["not_our_duty", "other_area", "duty_moved"]
BASES = ["Property rules, article 9", "供水条例第九条", "List no. 3 (100%_old)"]

some_decisions = st.lists(
    st.builds(
        Decision,
        event_id=st.just(0),
        decided_at=st.integers(0, 5).map(lambda hours: town.MONDAY + timedelta(hours=hours)),
        category=st.sampled_from(CATEGORIES),
        area=st.sampled_from(AREAS),
        reason=st.sampled_from(REASONS),
        ground=st.just("by_holder"),
        from_unit=st.sampled_from(UNITS),
        wanted_unit=st.sampled_from(UNITS),
        to_unit=st.sampled_from(UNITS),
        to_post=st.just("housing-duty"),
        basis=st.sampled_from(BASES),
    ),
    max_size=25,
).map(lambda found: [replace(one, event_id=number) for number, one in enumerate(found, 1)])

some_questions = st.builds(
    Sought,
    category=st.sampled_from(["", *(one for one in CATEGORIES if one)]),
    area=st.sampled_from(["", *(one for one in AREAS if one)]),
    reason=st.sampled_from(["", *REASONS]),
    unit=st.sampled_from(["", *UNITS]),
    text=st.sampled_from(["", "RULES", "article 9", "9 property", "条例", "%", "_", "nothing"]),
)
OFFICERS = [
    town.LI_NA,
    town.WANG_QIANG,
    town.CAO_LEI,
    town.ZHOU_HAI,
    town.ZHAO_MIN,
    town.CHEN_HUI,
]
laws = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.fixture
def city(db: None) -> None:
    town.build()


@pytest.fixture
def case(city: None) -> Case:
    return Case.objects.get(requests__reference=opened())


def filed(case: Case, decisions: list[Decision]) -> None:
    """Put decisions into the file, all of one case."""
    Precedent.objects.all().delete()
    Precedent.objects.bulk_create([Precedent(case=case, **asdict(one)) for one in decisions])


def newest(decisions: list[Decision]) -> list[Decision]:
    return sorted(decisions, key=lambda one: (one.decided_at, one.event_id), reverse=True)


def asked(sought: Sought, **more: object) -> list[Found]:
    return precedents(sought, town.directory(), town.policy(), **more)


def category_path(code: str | None) -> tuple[str, ...]:
    known = code in town.policy().categories
    return town.policy().category_path(code) if known else (code,) if code else ()


def fits(one: Decision, sought: Sought) -> bool:
    """Say the same as the search, slowly and one by one."""

    def akin(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
        return bool(ours and theirs) and (ours[-1] in theirs or theirs[-1] in ours)

    directory = town.directory()
    units = (one.from_unit, one.wanted_unit, one.to_unit)
    return (
        (not sought.reason or one.reason == sought.reason)
        and (
            not sought.category or akin(category_path(one.category), category_path(sought.category))
        )
        and (
            not sought.area or akin(directory.area_path(one.area), directory.area_path(sought.area))
        )
        and (not sought.unit or any(directory.in_subtree(unit, sought.unit) for unit in units))
        and all(word.lower() in one.basis.lower() for word in sought.text.split())
    )


# laws


@laws
@given(some_decisions, some_questions)
@example([replace(decision("lifts"), event_id=1)], Sought(category="housing_property"))
@example([replace(decision(), from_unit="housing-sites")], Sought(unit="housing"))
@example(
    [replace(decision(), wanted_unit="housing-sites", to_unit="water")], Sought(unit="housing")
)
@example(
    [replace(decision(), to_unit="housing-sites", wanted_unit="water")], Sought(unit="housing")
)
def test_the_search_finds_what_fits_and_nothing_else_newest_first(case, decisions, sought):
    filed(case, decisions)
    expected = newest([one for one in decisions if fits(one, sought)])
    assert [one.decision for one in asked(sought, limit=100)] == expected


@laws
@given(some_decisions, some_questions, st.integers(1, 7))
def test_page_after_page_shows_each_decision_once(case, decisions, sought, size):
    filed(case, decisions)
    shown: list[Found] = []
    while page := asked(sought, limit=size, after=shown[-1].place if shown else None):
        shown += page
        assert len(page) <= size
        assert len(shown) <= len(decisions)
    assert shown == asked(sought, limit=100)


@laws
@given(
    some_decisions, st.sampled_from(CATEGORIES), st.sampled_from(["", *REASONS]), st.integers(1, 6)
)
def test_the_nearest_are_those_of_the_lowest_rank_and_of_these_the_newest(
    case, decisions, category, reason, limit
):
    filed(case, decisions)
    path = category_path(category)
    near = [one for one in newest(decisions) if rank(one, path, reason) is not None]
    near.sort(key=lambda one: rank(one, path, reason))
    assert [one.decision for one in similar(path, reason, limit=limit)] == near[:limit]


# stories


def test_a_decision_says_for_which_case_and_its_words_are_asked_for_apart(city):
    reference = decided()
    (found,) = asked(Sought(category="water_supply"))
    assert found.reference == reference
    assert reasons_in_words([found]) == {
        found.decision.event_id: "Behind the meter the house is responsible"
    }


def test_the_words_are_for_those_who_may_read_the_case_as_it_stands_now(city):
    reference = decided()
    (found,) = asked(Sought())

    def may_read(officer: str) -> bool:
        by = Actor.officer(officer)
        return readable([found], by=by, now=town.MONDAY) == {found.case_id}

    readers = [town.WANG_QIANG, town.ZHAO_MIN, town.CHEN_HUI]
    assert [officer for officer in OFFICERS if may_read(officer)] == readers
    does("assign", reference, town.ZHAO_MIN, to_post="qingshan-duty")
    assert may_read(town.ZHOU_HAI)
    assert not may_read(town.LI_NA)


def test_words_that_were_erased_are_left_out_and_the_decision_stays(city):
    decided()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_personal WHERE name = 'text'")
    (found,) = asked(Sought())
    assert reasons_in_words([found]) == {}
    assert found.decision.basis == "Property rules, article 9"


def test_more_words_than_anybody_types_are_not_all_looked_for(city):
    decided()
    assert asked(Sought(text="rules " * 8 + "nonsense"))
    assert not asked(Sought(text="rules " * 7 + "nonsense"))


def test_at_most_five_are_near(case):
    filed(case, [replace(decision("water_supply"), event_id=number) for number in range(9)])
    found = similar(("utilities", "water_supply"), "not_our_duty")
    assert [one.decision.event_id for one in found] == [8, 7, 6, 5, 4]
    assert len(found) == SIMILAR


# cost


def test_the_number_of_queries_is_fixed(case, django_assert_num_queries):
    one = replace(decision("water_supply"), area="hudong")
    filed(case, [replace(one, event_id=number) for number in range(50)])
    with django_assert_num_queries(1):
        found = asked(Sought(category="utilities", area="city", unit="water", text="list"))
    assert len(found) == PAGE
    with django_assert_num_queries(1):
        similar(("utilities", "water_supply"), "not_our_duty")
    with django_assert_num_queries(4):
        readable(found, by=Actor.officer(town.LI_NA), now=town.MONDAY)
    with django_assert_num_queries(1):
        reasons_in_words(found)


def plan(action: Callable[[], object]) -> str:
    """Return how PostgreSQL answers the one query of an action, if it may not sort."""
    explained: list[str] = []

    def explain(execute, sql, params, many, context):
        with connection.connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
            cursor.execute(f"EXPLAIN {sql}", params)
            explained.extend(line for (line,) in cursor.fetchall())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        action()
    return "\n".join(explained)


def test_the_nearest_are_read_from_an_index_in_their_order(case):
    found = plan(lambda: similar(("utilities", "water_supply"), "other_area"))
    assert found.count("using precedent_reason") + found.count("using precedent_category") == 3
    assert "Sort" not in found


@pytest.mark.parametrize("sought", [Sought(), Sought(category="lifts"), Sought(text="rule")])
def test_a_page_is_read_from_an_index_in_its_order(case, sought):
    last = Found(decision("lifts"), case.pk, case.reference)
    found = plan(lambda: asked(sought, after=last.place))
    assert "using precedent_newest" in found
    assert "Sort" not in found
