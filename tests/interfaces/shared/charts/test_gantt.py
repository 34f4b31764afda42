"""Plans as spans of days; what is late is hatched, and its words say so."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dandang.interfaces.shared.charts.gantt import Task, gantt
from tests.interfaces.shared.charts.drawn import HEADING, anything, cells, check, said, visible

days = st.dates(date(1990, 1, 1), date(2100, 1, 1))
any_task = st.builds(Task, anything, days, days, anything, st.none() | days, st.none() | days)
TODAY = date(2026, 11, 23)
PIPES = Task("New pipes", date(2026, 11, 2), date(2026, 11, 20), "done", date(2026, 11, 20))


@given(st.lists(any_task, max_size=6), days)
def test_any_tasks_are_drawn(tasks, today):
    tree = check(gantt(HEADING, tasks, today))
    if not tasks:
        assert said(tree) == "There is nothing to show yet."
        return
    assert [row[0] for row in cells(tree)] == [visible(task.name) for task in tasks]
    for one in tree.iter("rect"):
        assert 0 <= float(one.get("x")) <= 360
        assert float(one.get("width")) >= 2


def test_a_late_task_is_hatched_from_its_due_day_and_its_words_say_so():
    late = Task(
        "Pump", date(2026, 11, 2), TODAY, "3 days late", date(2026, 11, 20), date(2026, 11, 21)
    )
    tree = check(gantt(HEADING, [PIPES, late], TODAY))
    looks = [one.get("class") for one in tree.iter("rect")]
    assert looks == ["part solid", "part solid", "part hatched"]
    assert "3 days late" in said(tree)
    assert cells(tree)[1] == ["Pump", "2026-11-02", "2026-11-23", "2026-11-20", "3 days late"]


def test_one_task_of_one_day_is_drawn():
    tree = check(gantt(HEADING, [Task("Visit", TODAY, TODAY, "today")], TODAY))
    assert len(list(tree.iter("rect"))) == 1
    assert cells(tree) == [["Visit", "2026-11-23", "2026-11-23", "--", "today"]]


def test_the_first_and_the_last_day_stand_above():
    tree = check(gantt(HEADING, [PIPES], TODAY))
    words = [one.text for one in tree.iter("text")]
    assert "2026-11-02" in words
    assert "2026-11-23" in words
