"""Stories of the notice of follow-up: what it asks of whom, and what it keeps to itself."""

import re

import pytest

from dandang.lifecycle.casework.models import Case, Clock
from dandang.lifecycle.casework.queries import find
from tests import town
from tests.interfaces.desk.documents import case_history, erase, notice
from tests.interfaces.desk.office import (
    NOT_OURS,
    at_desk,
    in_progress,
    proposed,
    solved,
)
from tests.interfaces.desk.paper import facts, rows, words
from tests.interfaces.stories import city, later, officer, sent, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def test_a_notice_says_what_is_asked_of_whom_by_when():
    reference = in_progress()
    later(days=3)
    found = words(notice(reference))
    assert f"Notice of follow-up No. {reference} To Water bureau · Duty desk:" in found
    about = facts(notice(reference))
    assert about == {
        "Title": "No water since this morning.",
        "What was asked": "No water since this morning.\nThe whole building, 3 Hubin Road.",
        "Category": "Water supply",
        "Area": "Hudong",
        "Class": "Water, power, gas, heat and extreme weather",
        "Received": "2026-10-12 09:00",
        "Total deadline": "2026-10-13 09:00 (overdue by 2 working days)",
        "Holder now": "Water bureau · Duty desk, since 09:00 Mon 12 Oct",
    }
    assert (
        "Due first: first response, by 11:00 Mon 12 Oct (overdue by 3 working days). "
        "To act: Water bureau · Duty desk. Please act at once."
    ) in found
    assert "Supervision office · Supervision 15 Oct 2026 Reply of the holder" in found
    assert found.endswith("Name Signature Date Officer who handled it Head of the unit")


def test_a_notice_in_chinese_has_the_form_of_an_official_letter():
    reference = in_progress()
    later(days=3)
    found = words(notice(reference, language="zh-hans"))
    assert found.startswith(
        f"督办通知单 编号：{reference} 水务局 · 值班岗： 现对下列诉求予以督办。"
    )
    for part in ("一、诉求情况", "二、办理经过", "三、督办要求", "责任单位回复", "单位负责人"):
        assert part in found
    assert "总时限 2026-10-13 09:00（已超期2个工作日）" in found.replace("(", "（").replace(
        ")", "）"
    )
    assert "督查室 · 督查岗 2026年10月15日" in found


def test_a_notice_before_anything_is_late_asks_to_act_in_time():
    found = words(notice(in_progress()))
    assert "(less than a working day left). To act: Water bureau · Duty desk." in found
    assert "Please act in time." in found


def test_a_notice_names_the_requester_where_the_answer_is_theirs():
    found = words(notice(proposed()))
    assert re.search(r"Due first: (finish|requester's answer)", found)
    case = find(proposed()).state
    first = "the requester" if case.next_due.clock == "judgement_window" else "Water bureau"
    assert f"To act: {first}" in found


def test_a_notice_tells_the_course_in_brief_without_anybody_s_words():
    reference = in_progress()
    officer("note", reference, town.LI_NA, text="Pump 3 again", internal=True)
    officer("reply", reference, town.LI_NA, text="A lorry comes at noon")
    officer("hand-over", reference, town.LI_NA, to_post="housing-duty", **NOT_OURS)
    course = rows(notice(reference), "When")
    assert [row[2] for row in course] == [
        "Request received (web); Hotline centre holds it",
        "Assigned to Water bureau, Duty desk: by the duty list",
        "The unit replied",
        "Handed over from Water bureau to Housing bureau, Duty desk\nReason: Not our duty",
    ]
    assert course[2][1] == "Water bureau · Duty desk · Li Na"
    found = words(notice(reference))
    assert "Pump 3" not in found
    assert "A lorry" not in found


def test_a_notice_never_tells_the_holder_what_was_said_in_private():
    reference = proposed()
    officer(
        "judge", reference, town.ZHAO_MIN, verdict="no", request="1", was_pressed=True, text="Dry!"
    )
    found = words(notice(reference))
    assert "The requester says: Not solved" in found
    assert "Said in private" not in found
    assert "Dry!" not in found
    assert "Said in private" in words(case_history(reference, town.CHEN_HUI))


def test_a_notice_has_at_most_so_many_lines():
    reference = in_progress()
    for number in range(25):
        officer("reply", reference, town.LI_NA, text=f"Reply {number}")
    course = rows(notice(reference), "When")
    assert len(course) == 20
    assert {row[2] for row in course} == {"The unit replied"}


def test_a_notice_on_a_case_without_a_running_clock_still_asks():
    reference = in_progress()
    case = Case.objects.get(reference=reference)
    Clock.objects.filter(case=case).delete()
    Case.objects.filter(reference=reference).update(total_due_at=None)
    found = notice(reference)
    assert facts(found)["Total deadline"] == "--"
    assert "No clock runs now." in words(found)


def test_the_head_of_the_unit_may_follow_up_and_nobody_on_themselves():
    reference = in_progress()
    assert "Water bureau · Head of bureau" in words(notice(reference, town.SUN_TAO))
    own = sent(category="city_appearance", area="hudong")
    assert at_desk(town.CAO_LEI).get(f"/desk/{own}/documents/notice/").status_code == 403
    assert at_desk(town.CHEN_HUI).get(f"/desk/{own}/documents/notice/").status_code == 200


@pytest.mark.parametrize("code", [town.LI_NA, town.WANG_QIANG])
def test_who_may_not_decide_sends_no_notice(code):
    reference = in_progress()
    expected = 403 if code == town.LI_NA else 404
    for end in ("/", ".docx"):
        answer = at_desk(code).get(f"/desk/{reference}/documents/notice{end}")
        assert answer.status_code == expected


def test_nobody_follows_up_on_what_has_ended():
    answer = at_desk(town.CHEN_HUI).get(f"/desk/{solved()}/documents/notice/")
    assert answer.status_code == 409
    assert "ended" in words_of(answer)


def test_an_erased_title_and_text_are_marked_in_a_notice():
    reference = in_progress()
    erase(reference)
    about = facts(notice(reference))
    assert (about["Title"], about["What was asked"]) == ("(erased)", "(erased)")
