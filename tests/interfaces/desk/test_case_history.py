"""Stories of the history of a case: everything in order, as far as its reader may see it."""

import re

import pytest

from dandang.lifecycle.casework.models import Request
from dandang.lifecycle.casework.queries import find, history
from dandang.lifecycle.perform import perform
from dandang.terms import Actor
from tests import town
from tests.interfaces.desk.documents import case_history, erase
from tests.interfaces.desk.office import (
    NOT_OURS,
    asked,
    in_progress,
    proposed,
    solved,
)
from tests.interfaces.desk.paper import facts, rows, words
from tests.interfaces.stories import city, officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def test_a_history_tells_everything_in_order_with_number_and_hash():
    reference = in_progress()
    officer("reply", reference, town.LI_NA, text="A lorry with water\ncomes at noon")
    found = rows(case_history(reference), "No.")
    events = [event for event, _ in history(find(reference).stream)]
    assert [row[0] for row in found] == ["0", "1", "2", "3"]
    assert [row[4] for row in found] == [event.leaf_hash.hex()[:12] for event in events]
    assert found[3][1:4] == [
        "2026-10-12 09:00",
        "Water bureau · Duty desk · Li Na",
        "The unit replied\nA lorry with water\ncomes at noon",
    ]
    assert [row[2] for row in found[:2]] == ["Requester of request 1", "The system"]


def test_a_history_begins_with_where_the_case_stands():
    about = facts(case_history(in_progress()))
    assert about["State"] == "in progress"
    assert about["Whose turn"] == "the holder"
    assert about["Holder"] == "Water bureau · Duty desk"
    assert about["Phone"] == "139****0000"
    assert "finish: 2026-10-13 09:00" in about["Clocks"]


def test_a_history_of_an_ended_case_in_chinese():
    reference = solved()
    found = case_history(reference, language="zh-hans")
    assert facts(found)["状态"] == "已解决（诉求人确认）"
    assert words(found).startswith(
        f"工单办理经过 编号：{reference} 2026-10-12 09:00为水务局 · 值班岗"
    )
    assert [row[2] for row in rows(found, "序号")][-1] == "诉求 1 的诉求人"


def test_a_history_says_what_stands_still_and_what_is_overdue():
    reference = asked()
    clocks = facts(case_history(reference))["Clocks"]
    assert re.search(r"propose closing: \S+ \S+ · paused", clocks)
    assert "finish: 2026-10-13 09:00 · overdue" in clocks


def test_a_history_hides_the_contact_from_whom_the_page_hides_it():
    reference = in_progress()
    seen = words(case_history(reference, town.CHEN_HUI))
    assert "M*** L***" in seen
    officer("unmask", reference, town.CHEN_HUI, purpose="to_call")
    assert "Mrs Liu" in words(case_history(reference, town.CHEN_HUI))
    assert "Mrs Liu" not in words(case_history(reference, town.ZHAO_MIN))
    officer("hand-over", reference, town.LI_NA, to_post="housing-duty", **NOT_OURS)
    hidden = words(case_history(reference, town.LI_NA))
    assert "Mrs Liu" not in hidden
    assert "M*** L***" not in hidden


def test_a_history_marks_what_is_internal_and_what_was_erased():
    reference = in_progress()
    officer("note", reference, town.LI_NA, text="Pump 3 again", internal=True)
    officer("reply", reference, town.LI_NA, text="Mrs Liu, we come")
    erase(reference, 4)
    found = rows(case_history(reference), "No.")
    assert found[3][3] == "Note added (internal)\nPump 3 again"
    assert found[4][3] == "The unit replied\n(erased)"


def test_a_history_hides_private_answers_and_gives_reasons():
    reference = proposed()
    officer("judge", reference, town.ZHAO_MIN, verdict="no", request="1", was_pressed=True)
    officer("hand-over", reference, town.LI_NA, to_post="housing-duty", **NOT_OURS)
    found = words(case_history(reference, town.CHEN_HUI))
    assert "Said in private: Somebody asked me to answer in a certain way." in found
    assert "Reason: Not our duty The pipe is the house's own Basis" in found
    assert "Said in private" not in words(case_history(reference, town.LI_NA))
    assert facts(case_history(reference))["“Not solved”"] == "1 time"


def test_a_history_lists_the_requests_where_there_are_several():
    reference = in_progress()
    officer("attach", reference, town.ZHAO_MIN, text="No water either", phone="13800000001")
    officer("attach", reference, town.ZHAO_MIN, text="Nor here")
    Request.objects.filter(case__reference=reference, number=3).update(reachable=False)
    officer("propose", reference, town.LI_NA, outcome="resolved", text="Repaired")
    perform("judge", reference, {"verdict": "no"}, by=Actor.requester(2), now=town.MONDAY)
    perform("withdraw", reference, {}, by=Actor.requester(1), now=town.MONDAY)
    listed = rows(case_history(reference), "No.")
    assert [row[0] for row in listed] == ["1", "2", "3"]
    assert [row[2] for row in listed] == ["withdrawn", "Not solved", "no contact left"]


def test_a_history_of_a_withdrawn_case_has_no_clocks():
    reference = in_progress()
    perform("withdraw", reference, {}, by=Actor.requester(1), now=town.MONDAY)
    about = facts(case_history(reference))
    assert about["State"] == "withdrawn"
    assert "Clocks" not in about
