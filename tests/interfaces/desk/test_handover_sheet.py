"""Stories of the handover sheet: what a post holds, for whom, however much it is."""

import pytest

from dandang.interfaces.desk.documents import handover
from dandang.lifecycle.casework.models import Case, Clock
from tests import town
from tests.interfaces.desk.documents import erase, sheet
from tests.interfaces.desk.office import (
    assigned,
    at_desk,
    in_progress,
    solved,
)
from tests.interfaces.desk.paper import facts, opened, rows, words
from tests.interfaces.stories import city, later, officer, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


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


def test_what_was_promised_and_when_it_was_taken_over_stands_on_a_sheet():
    reference = in_progress()
    case = Case.objects.filter(reference=reference)
    case.update(promised_for=later(days=1), inherited_at=town.MONDAY)
    (row,) = rows(sheet(), "Reference")
    assert row[4] == "2026-10-12 09:00\ntaken over 2026-10-12 09:00"
    assert row[7] == "promised for 2026-10-13 09:00"


def test_a_case_that_the_officer_may_not_open_keeps_its_title(monkeypatch):
    reference = in_progress()
    monkeypatch.setattr(handover, "may_read", lambda _facts: False)
    (row,) = rows(sheet(), "Reference")
    assert row[:2] == [reference, "(not shown to you)"]
