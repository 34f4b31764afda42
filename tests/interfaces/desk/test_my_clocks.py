"""My clocks: all that runs for an officer's posts, by due time, with whose turn and time left."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import town
from tests.interfaces.desk.examples import paused
from tests.interfaces.desk.gone_up import page_of, passes, rows_of
from tests.interfaces.desk.office import assigned, at_desk, in_progress, noise, proposed, received
from tests.interfaces.stories import city, later, officer

pytestmark = pytest.mark.django_db

PAGE = "/desk/clocks/"


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def purposes(code: str, path: str = PAGE) -> list[str]:
    return [row.clock.purpose for row in rows_of(code, path)]


def test_all_clocks_of_my_cases_stand_there_by_due_time_and_no_others():
    noise()
    reference = assigned()
    rows = rows_of(town.LI_NA, PAGE)
    assert {row.reference for row in rows} == {reference}
    assert [row.clock.purpose for row in rows[:3]] == [
        "accept",
        "can be returned until",
        "first response",
    ]
    times = [row.clock.at for row in rows]
    assert times == sorted(times)
    assert rows_of(town.WANG_QIANG, PAGE)[0].reference != reference


def test_a_row_says_what_for_whose_turn_and_how_much_time_is_left():
    reference = assigned()
    page = page_of(town.LI_NA, PAGE)
    assert (
        "09:30 Mon 12 Oct soon 30 minutes left accept No water since this morning. "
        f"{reference} · Water supply · Hudong Whose turn Water bureau · Duty desk"
    ) in page
    assert "5 clocks, overdue: 0" in page
    assert "As of 09:00 Mon 12 Oct Refresh" in page


def test_the_system_s_own_clocks_are_no_deadlines_of_mine():
    proposed()
    assert purposes(town.LI_NA) == ["finish", "requester's answer"]


def test_a_right_that_is_over_is_gone_and_what_stands_still_comes_last():
    reference = assigned()
    officer("accept", reference, town.LI_NA)
    officer("ask", reference, town.LI_NA, missing="Floor", text="Which floor?")
    assert purposes(town.LI_NA)[-1] == "propose closing"
    assert rows_of(town.LI_NA, PAGE)[-1].clock.is_paused
    late = assigned()
    later(hours=2)
    assert "can be returned until" not in purposes(town.LI_NA)
    assert late in {row.reference for row in rows_of(town.LI_NA, PAGE)}


def test_the_list_can_be_narrowed_to_one_clock_and_to_what_is_overdue():
    assigned()
    passes(minutes=90)
    assert purposes(town.LI_NA, f"{PAGE}?clock=total") == ["finish"]
    assert purposes(town.LI_NA, f"{PAGE}?when=overdue") == ["accept"]
    assert purposes(town.LI_NA, f"{PAGE}?when=overdue&clock=total") == []
    assert "No such clock runs." in page_of(town.LI_NA, f"{PAGE}?when=overdue&clock=total")
    page = page_of(town.LI_NA, PAGE)
    assert "accept (1)" in page
    assert "overdue (1)" in page


@pytest.mark.parametrize("query", ["clock=ladder", "clock='; --", "when=never", "unit=atlantis"])
def test_what_cannot_be_understood_is_left_open(query):
    assigned()
    assert purposes(town.LI_NA, f"{PAGE}?{query}") == purposes(town.LI_NA)


def test_the_head_of_a_unit_sees_the_clocks_of_the_unit_and_officers_only_their_own():
    reference = assigned()
    assert rows_of(town.SUN_TAO, PAGE) == []
    below = rows_of(town.SUN_TAO, f"{PAGE}?unit=water")
    assert {row.reference for row in below} == {reference}
    assert [row.clock.purpose for row in below] == purposes(town.LI_NA)
    assert "unit" not in at_desk(town.LI_NA).get(PAGE).context["filters"].fields
    assert rows_of(town.SUN_TAO, f"{PAGE}?unit=housing") == []
    noise()
    assert purposes(town.LI_NA, f"{PAGE}?unit=housing") == purposes(town.LI_NA)


def test_a_case_that_is_closed_to_an_officer_is_not_listed():
    reference = in_progress()
    assert rows_of(town.LI_NA, PAGE)
    officer("declare-conflict", reference, town.SUN_TAO, text="My own house")
    assert rows_of(town.SUN_TAO, f"{PAGE}?unit=water") == []


def test_an_officer_without_a_clock_is_told_that_nothing_runs():
    assigned()
    assert "No such clock runs." in page_of(town.LUO_JING, PAGE)


def test_whose_turn_a_pause_and_its_check_are():
    paused()
    page = page_of(town.LI_NA, PAGE)
    assert "Whose turn the head of the unit or the deciding office" in page
    assert "paused; then" in page


def test_a_long_list_has_pages_that_keep_what_was_chosen():
    for _ in range(11):
        assigned()
    first = at_desk(town.LI_NA).get(PAGE)
    assert (len(first.context["rows"]), first.context["paging"].pages) == (50, 2)
    assert len(rows_of(town.LI_NA, f"{PAGE}?page=2")) == 5
    assert len(rows_of(town.LI_NA, f"{PAGE}?page=99")) == 5
    assert first.context["paging"].next == "page=2"
    assert len(rows_of(town.LI_NA, f"{PAGE}?clock=total&page=2")) == 11


def test_the_number_of_queries_does_not_grow_with_the_rows():
    client = at_desk(town.LI_NA)
    assigned()
    client.get(PAGE)
    numbers = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        numbers.append(len(captured))
        received(), in_progress(), assigned()
    assert numbers[0] == numbers[1]


def test_it_speaks_chinese():
    assigned()
    page = page_of(town.LI_NA, PAGE, "zh-hans")
    assert "我的时限 共5项时限，已超期0项" in page
    assert "10月12日（周一）09:30 临近到期 还有30分钟 签收" in page
