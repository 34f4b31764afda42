"""Stories of documents: what stands in a notice, a history and a sheet, and for whom."""

import re
from urllib.parse import unquote

import pytest
from django.db import connection

from dandang.interfaces.desk.documents import handover
from dandang.lifecycle.casework.models import Case, Clock, Request
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.casework.queries import history as history_of
from dandang.lifecycle.perform import perform
from dandang.terms import Actor
from tests import town
from tests.interfaces.desk.office import (
    NOT_OURS,
    asked,
    assigned,
    at_desk,
    in_progress,
    noise,
    proposed,
    solved,
)
from tests.interfaces.desk.paper import facts, opened, rows, words
from tests.interfaces.stories import browser, city, later, officer, opens, words_of

pytestmark = pytest.mark.django_db

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANGUAGES = ("en", "zh-hans")


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def page(code, path, language="en"):
    answer = at_desk(code, language).get(f"/desk/{path}/")
    assert answer.status_code == 200
    return words_of(answer)


def paper(code, path, language="en"):
    answer = at_desk(code, language).get(f"/desk/{path}.docx")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, DOCX)
    return opened(answer.content)


def notice(reference, code=town.CHEN_HUI, language="en"):
    return paper(code, f"{reference}/documents/notice", language)


def history(reference, code=town.LI_NA, language="en"):
    return paper(code, f"{reference}/documents/history", language)


def sheet(post="water-duty", code=town.LI_NA, language="en"):
    return paper(code, f"posts/{post}/handover", language)


def erase(reference, seq=0):
    event, _ = history_of(find(reference).stream)[seq]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_personal WHERE event_id = %s", [event.event_id])


# the notice


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
    assert "Said in private" in words(history(reference, town.CHEN_HUI))


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
    own = opens(browser(), category="city_appearance", area="hudong")
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


# the history


def test_a_history_tells_everything_in_order_with_number_and_hash():
    reference = in_progress()
    officer("reply", reference, town.LI_NA, text="A lorry with water\ncomes at noon")
    found = rows(history(reference), "No.")
    events = [event for event, _ in history_of(find(reference).stream)]
    assert [row[0] for row in found] == ["0", "1", "2", "3"]
    assert [row[4] for row in found] == [event.leaf_hash.hex()[:12] for event in events]
    assert found[3][1:4] == [
        "2026-10-12 09:00",
        "Water bureau · Duty desk · Li Na",
        "The unit replied\nA lorry with water\ncomes at noon",
    ]
    assert [row[2] for row in found[:2]] == ["Requester of request 1", "The system"]


def test_a_history_begins_with_where_the_case_stands():
    about = facts(history(in_progress()))
    assert about["State"] == "in progress"
    assert about["Whose turn"] == "the holder"
    assert about["Holder"] == "Water bureau · Duty desk"
    assert about["Phone"] == "13900000000"
    assert "finish: 2026-10-13 09:00" in about["Clocks"]


def test_a_history_of_an_ended_case_in_chinese():
    reference = solved()
    found = history(reference, language="zh-hans")
    assert facts(found)["状态"] == "已解决（诉求人确认）"
    assert words(found).startswith(
        f"工单办理经过 编号：{reference} 2026-10-12 09:00为水务局 · 值班岗"
    )
    assert [row[2] for row in rows(found, "序号")][-1] == "诉求 1 的诉求人"


def test_a_history_says_what_stands_still_and_what_is_overdue():
    reference = asked()
    clocks = facts(history(reference))["Clocks"]
    assert re.search(r"propose closing: \S+ \S+ · paused", clocks)
    assert "finish: 2026-10-13 09:00 · overdue" in clocks


def test_a_history_hides_the_contact_from_whom_the_page_hides_it():
    reference = in_progress()
    seen = words(history(reference, town.CHEN_HUI))
    assert "Mrs Liu" in seen
    officer("hand-over", reference, town.LI_NA, to_post="housing-duty", **NOT_OURS)
    hidden = words(history(reference, town.LI_NA))
    assert "Mrs Liu" not in hidden
    assert "shown only to those who act on the case" in hidden


def test_a_history_marks_what_is_internal_and_what_was_erased():
    reference = in_progress()
    officer("note", reference, town.LI_NA, text="Pump 3 again", internal=True)
    officer("reply", reference, town.LI_NA, text="Mrs Liu, we come")
    erase(reference, 4)
    found = rows(history(reference), "No.")
    assert found[3][3] == "Note added (internal)\nPump 3 again"
    assert found[4][3] == "The unit replied\n(erased)"


def test_a_history_hides_private_answers_and_gives_reasons():
    reference = proposed()
    officer("judge", reference, town.ZHAO_MIN, verdict="no", request="1", was_pressed=True)
    officer("hand-over", reference, town.LI_NA, to_post="housing-duty", **NOT_OURS)
    found = words(history(reference, town.CHEN_HUI))
    assert "Said in private: Somebody asked me to answer in a certain way." in found
    assert "Reason: Not our duty The pipe is the house's own Basis" in found
    assert "Said in private" not in words(history(reference, town.LI_NA))
    assert facts(history(reference))["“Not solved”"] == "1 time"


def test_a_history_lists_the_requests_where_there_are_several():
    reference = in_progress()
    officer("attach", reference, town.ZHAO_MIN, text="No water either", phone="13800000001")
    officer("attach", reference, town.ZHAO_MIN, text="Nor here")
    Request.objects.filter(case__reference=reference, number=3).update(reachable=False)
    officer("propose", reference, town.LI_NA, outcome="resolved", text="Repaired")
    perform("judge", reference, {"verdict": "no"}, by=Actor.requester(2), now=town.MONDAY)
    perform("withdraw", reference, {}, by=Actor.requester(1), now=town.MONDAY)
    listed = rows(history(reference), "No.")
    assert [row[0] for row in listed] == ["1", "2", "3"]
    assert [row[2] for row in listed] == ["withdrawn", "Not solved", "no contact left"]


# the sheet


def test_a_sheet_lists_what_the_post_holds_and_counts_it():
    waiting = in_progress(title="Pump 3")
    officer("ask", waiting, town.LI_NA, missing="Floor", text="Which floor?")
    fresh = assigned(title="Tap")
    solved()
    later(minutes=45)
    found = sheet()
    assert facts(found) == {
        "In the post now": "Li Na",
        "Made on": "2026-10-12 09:45",
        "Open cases": "2",
        "Overdue": "1",
        "Due within 3 working days": "1",
        "Waiting for others": "1",
    }
    by_reference = {row[0]: row[1:] for row in rows(found, "Reference")}
    assert by_reference == {
        fresh: [
            "Tap",
            "Water supply\nHudong",
            "assigned, waiting to be accepted\nturn: the holder",
            "2026-10-12 09:00",
            "accept\n2026-10-12 09:30\noverdue",
            "2026-10-13 09:00",
            "--",
        ],
        waiting: [
            "Pump 3",
            "Water supply\nHudong",
            "waiting for the requester\nturn: the requester",
            "2026-10-12 09:00",
            "first response\n2026-10-12 11:00",
            "2026-10-13 09:00",
            "asked the requester on 2026-10-12 09:00",
        ],
    }
    assert words(found).endswith("Name Signature Date Outgoing officer Incoming officer Witness")


def test_a_sheet_in_chinese():
    assigned()
    found = sheet(language="zh-hans")
    assert words(found).startswith("交接单 水务局 · 值班岗 现任人员 李娜")
    assert words(found).endswith("姓名 签名 日期 移交人 接收人 监交人")
    assert facts(found)["3个工作日内到期"] == "1"


def test_a_post_that_holds_nothing_has_a_sheet_too():
    found = sheet("water-head", town.SUN_TAO)
    assert "The post holds no open case." in words(found)
    assert facts(found)["Open cases"] == "0"


def test_an_erased_title_and_a_missing_clock_are_marked_on_a_sheet():
    reference = assigned()
    erase(reference)
    case = Case.objects.get(reference=reference)
    Clock.objects.filter(case=case).delete()
    Case.objects.filter(reference=reference).update(total_due_at=None)
    (row,) = rows(sheet(), "Reference")
    assert (row[1], row[5], row[6]) == ("(erased)", "--", "--")


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (town.LI_NA, 200),
        (town.SUN_TAO, 200),
        (town.CHEN_HUI, 200),
        (town.ZHAO_MIN, 404),
        (town.WANG_QIANG, 404),
        (town.CAO_LEI, 404),
    ],
)
def test_who_may_have_the_sheet_of_a_post(code, status):
    assigned()
    for end in ("/", ".docx"):
        answer = at_desk(code).get(f"/desk/posts/water-duty/handover{end}")
        assert answer.status_code == status
        if status != 200:
            assert "No water" not in words_of(answer)


def test_a_sheet_of_a_post_one_may_not_have_looks_like_one_that_does_not_exist():
    wang = at_desk(town.WANG_QIANG)
    answers = [wang.get(f"/desk/posts/{post}/handover/") for post in ("water-duty", "nowhere")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert words_of(answers[0]) == words_of(answers[1])


def clone(reference, number):
    """Put copies of a case beside it, as many as a busy post may hold."""
    case = Case.objects.get(reference=reference)
    clocks = list(Clock.objects.filter(case=case))
    copies = []
    for copy in range(number):
        fields = {one.attname: getattr(case, one.attname) for one in Case._meta.concrete_fields}
        fields |= {"id": None, "stream": copy.to_bytes(16), "reference": f"C-{copy}"}
        copies.append(Case(**fields))
    Case.objects.bulk_create(copies, batch_size=500)
    Clock.objects.bulk_create(
        Clock(case=one, name=clock.name, due_at=clock.due_at) for one in copies for clock in clocks
    )


def test_a_sheet_of_2000_cases_takes_as_many_queries_as_one_of_a_single_case(
    django_assert_max_num_queries,
):
    clone(assigned(), 1999)
    li_na = at_desk(town.LI_NA)
    with django_assert_max_num_queries(16):
        answer = li_na.get("/desk/posts/water-duty/handover.docx")
    found = opened(answer.content)
    assert facts(found)["Open cases"] == "2000"
    assert len(rows(found, "Reference")) == 2000
    with django_assert_max_num_queries(16):
        assert li_na.get("/desk/posts/water-duty/handover/").content.count(b"C-1") > 1000


def test_a_sheet_says_when_it_is_not_whole(monkeypatch):
    monkeypatch.setattr(handover, "MOST_CASES", 2)
    clone(assigned(), 1)
    assert "Only the first" not in words(sheet())
    clone(assigned(category="", area="qingshan"), 0)
    assigned()
    found = sheet()
    assert len(rows(found, "Reference")) == 2
    assert "Only the first 2 cases by due time stand here; the post holds 3." in words(found)


# the pages


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_holds_what_the_file_holds(language):
    reference = in_progress()
    for code, path in (
        (town.CHEN_HUI, f"{reference}/documents/notice"),
        (town.LI_NA, f"{reference}/documents/history"),
        (town.LI_NA, "posts/water-duty/handover"),
    ):
        shown = page(code, path, language)
        held = paper(code, path, language)
        texts = [one.text for one in held.paragraphs]
        texts += [cell.text for table in held.tables for row in table.rows for cell in row.cells]
        for text in texts:
            assert " ".join(text.split()) in shown


def test_a_file_is_called_by_title_and_number_in_each_language():
    reference = in_progress()
    path = f"/desk/{reference}/documents/notice.docx"
    english = at_desk(town.CHEN_HUI).get(path).headers
    assert english["Content-Disposition"] == (
        f'attachment; filename="Notice-of-follow-up-{reference}.docx"'
    )
    assert english["X-Content-Type-Options"] == "nosniff"
    assert english["Cache-Control"] == "no-store"
    chinese = at_desk(town.CHEN_HUI, "zh-hans").get(path).headers["Content-Disposition"]
    assert unquote(chinese) == f"attachment; filename*=utf-8''督办通知单-{reference}.docx"


def test_any_reference_of_a_case_leads_to_its_documents():
    reference = in_progress()
    typed = reference.replace("-", "").lower()
    assert reference in page(town.LI_NA, f"{typed}/documents/history")


@pytest.mark.parametrize(
    "path",
    [
        "{}/documents/receipt/",
        "{}/documents/receipt.docx",
        "{}/documents/notice.pdf",
        "{}/documents/",
        "2222-2222/documents/history/",
        "x/documents/history.docx",
        "posts/%00/handover/",
        "posts/../handover/",
        "posts/water-duty/",
        "posts/water-duty/handover.pdf",
    ],
)
def test_what_is_not_there_is_not_found(path):
    answer = at_desk(town.CHEN_HUI).get("/desk/" + path.format(in_progress()))
    assert answer.status_code in {400, 404}


@pytest.mark.parametrize("kind", ["notice", "history"])
def test_a_case_that_one_may_not_read_has_no_documents(kind):
    hidden = noise()
    li_na = at_desk(town.LI_NA)
    for end in ("/", ".docx"):
        answers = [
            li_na.get(f"/desk/{reference}/documents/{kind}{end}")
            for reference in (hidden, "2222-2222")
        ]
        assert [answer.status_code for answer in answers] == [404, 404]


def test_the_pages_offer_only_what_one_may_have():
    reference = in_progress()
    li_na = page(town.LI_NA, reference)
    assert "Documents Case history Handover sheet of the post that holds it" in li_na
    assert "Documents Notice of follow-up Case history Handover" in page(town.CHEN_HUI, reference)
    zhao_min = page(town.ZHAO_MIN, reference)
    assert "Documents Notice of follow-up Case history" in zhao_min
    assert "Handover sheet" not in zhao_min
    assert "Documents Case history" in page(town.CHEN_HUI, solved())
    assert "Handover sheet of the post" not in page(town.CHEN_HUI, solved())


def test_the_worklist_leads_to_the_sheets_of_one_s_own_posts_and_of_those_one_heads():
    def sheets(code):
        answer = at_desk(code).get("/desk/")
        return re.findall(r"/desk/posts/([\w-]+)/handover/", answer.content.decode())

    assert sheets(town.LI_NA) == ["water-duty"]
    assert sheets(town.SUN_TAO) == ["water-head", "water-duty", "water-night"]
    assert sheets(town.CHEN_HUI) == ["supervision-desk"]
