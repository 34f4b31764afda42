"""The worklist: which queues whom, in which order, and what they cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dandang.interfaces.desk.urgency import soon_until, urgency
from dandang.interfaces.desk.worklist import QUEUES
from tests import town
from tests.interfaces.desk.examples import appealed, assist_asked, objected
from tests.interfaces.desk.office import (
    asked,
    assigned,
    at_desk,
    disputed,
    in_progress,
    noise,
    proposed,
    proposed_to_decline,
    received,
    solved,
)
from tests.interfaces.stories import browser, city, later, officer, opens, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def queue(code: str, name: str, page: str = "") -> list[str]:
    """Return the references in an officer's queue, in their order."""
    answer = at_desk(code).get("/desk/", {"queue": name, "page": page})
    assert answer.status_code == 200
    return [row.reference for row in answer.context["list"].rows]


def counts(code: str) -> dict[str, int]:
    return {one.code: one.count for one in at_desk(code).get("/desk/").context["list"].queues}


# queues


def test_each_case_stands_in_the_queues_of_those_it_waits_for():
    new, late, theirs = received(), noise(), disputed()
    mine, to_decide, to_ask, fresh = in_progress(), proposed_to_decline(), proposed(), assigned()
    ended = solved()
    assert set(queue(town.LI_NA, "mine")) == {mine, to_decide, to_ask, fresh}
    assert queue(town.LI_NA, "accept") == [fresh]
    assert set(queue(town.LI_NA, "waiting")) == {to_decide, to_ask}
    assert set(queue(town.SUN_TAO, "unit")) == {mine, to_decide, to_ask, fresh}
    assert queue(town.SUN_TAO, "mine") == []
    assert queue(town.ZHAO_MIN, "dispatch") == [new]
    assert queue(town.ZHAO_MIN, "call-back") == [to_ask]
    assert set(queue(town.CHEN_HUI, "decide")) == {theirs, to_decide}
    later(days=3)
    assert set(queue(town.CHEN_HUI, "overdue")) >= {mine, late}
    assert ended not in queue(town.CHEN_HUI, "overdue")


def test_who_is_asked_for_help_or_for_an_answer_finds_the_case():
    help_wanted, answer_wanted = assist_asked(), objected()
    assert queue(town.WANG_QIANG, "asked") == [help_wanted]
    assert queue(town.CHEN_HUI, "asked") == [answer_wanted]
    assert queue(town.LI_NA, "asked") == []
    officer("give-assist", help_wanted, town.WANG_QIANG, text="The cellar is open")
    assert queue(town.WANG_QIANG, "asked") == []


def test_an_appeal_waits_among_the_appeals_until_it_is_decided():
    reference = appealed()
    assert queue(town.CHEN_HUI, "appeals") == [reference]
    officer("decide-appeal", reference, town.CHEN_HUI, decision="refused", text="It stands")
    assert queue(town.CHEN_HUI, "appeals") == []


def test_a_case_that_waits_for_its_requester_is_among_those_that_wait():
    reference = asked()
    assert queue(town.LI_NA, "waiting") == [reference]


@pytest.mark.parametrize(
    ("code", "queues"),
    [
        (town.LI_NA, ["mine", "accept", "waiting", "asked", "unit"]),
        (town.SUN_TAO, ["mine", "accept", "waiting", "asked", "unit"]),
        (
            town.ZHAO_MIN,
            [
                *("mine", "accept", "waiting", "asked", "unit", "dispatch", "decide", "appeals"),
                *("call-back", "overdue"),
            ],
        ),
        (
            town.CHEN_HUI,
            ["mine", "accept", "waiting", "asked", "unit", "decide", "appeals", "overdue"],
        ),
    ],
)
def test_the_queues_follow_from_the_posts(code, queues):
    assert list(counts(code)) == queues


def test_the_counts_are_those_of_the_queues():
    in_progress(), assigned(), proposed(), received(), disputed(), noise()
    for code in (town.LI_NA, town.ZHAO_MIN, town.CHEN_HUI):
        for name, count in counts(code).items():
            assert (name, count) == (name, len(queue(code, name)))


def test_an_officer_without_a_post_today_is_told_so_and_reads_nothing():
    reference = assigned()
    li_na = at_desk(town.LI_NA)
    assert li_na.get(f"/desk/{reference}/").status_code == 200
    later(days=-300)  # before her appointment
    page = li_na.get("/desk/?queue=mine")
    assert "You hold no post today, so no case waits for you." in words_of(page)
    assert page.context["list"].queues == ()
    assert li_na.get(f"/desk/{reference}/").status_code == 404


@pytest.mark.parametrize("name", ["nonsense", "overdue", "", "mine'; --"])
def test_a_queue_one_does_not_have_is_the_first_one(name):
    reference = assigned()
    assert queue(town.LI_NA, name) == [reference]


def test_every_queue_has_words_in_both_languages():
    for language, words in (("en", "Held by me"), ("zh-hans", "我负责的")):
        assert words in words_of(at_desk(town.ZHAO_MIN, language).get("/desk/"))
    assert len(set(map(str, QUEUES.values()))) == len(QUEUES)


def test_an_empty_queue_says_so():
    assert "Nothing waits here." in words_of(at_desk(town.LI_NA).get("/desk/"))


# rows


def test_a_row_says_what_it_is_and_what_is_due_for_what():
    reference = assigned()
    page = words_of(at_desk(town.LI_NA).get("/desk/"))
    assert (
        f"2026-10-12 09:30 soon accept No water since this morning. {reference} · Water supply · "
        "Hudong assigned, waiting to be accepted turn: the holder Water bureau · Duty desk 0"
    ) in page


def test_the_next_due_comes_first_and_what_is_overdue_says_so():
    noisy = noise()
    officer_of_both = town.CHEN_HUI
    dry = assigned()
    later(hours=4)
    assert queue(officer_of_both, "overdue") == [dry]
    assert "2026-10-12 09:30 overdue" in words_of(
        at_desk(officer_of_both).get("/desk/?queue=overdue")
    )
    later(days=1)
    assert queue(officer_of_both, "overdue") == [dry, noisy]


def test_soon_is_counted_in_working_time():
    friday = town.MONDAY + timedelta(days=4, hours=7)  # 16:00
    soon = soon_until(friday, town.calendar())
    monday = friday + timedelta(days=2, hours=18)  # 10:00
    assert urgency(monday, friday, soon) == "soon"
    assert urgency(monday + timedelta(days=1), friday, soon) == ""
    assert urgency(friday - timedelta(seconds=1), friday, soon) == "late"
    assert urgency(friday, friday, soon) == "soon"
    assert urgency(None, friday, soon) == ""


# pages


@pytest.fixture
def three_a_page(monkeypatch):
    monkeypatch.setattr("dandang.interfaces.desk.worklist.PAGE", 3)


def test_a_long_queue_has_pages(three_a_page):
    references = [assigned() for _ in range(7)]
    pages = [queue(town.LI_NA, "mine", str(number)) for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert sorted(one for page in pages for one in page) == sorted(references)
    words = words_of(at_desk(town.LI_NA).get("/desk/?page=2"))
    assert "Previous page Page 2 of 3 Next page" in words


@pytest.mark.parametrize(
    ("page", "shown"), [("0", 3), ("-1", 3), ("99", 1), ("x", 3), ("²", 3), ("9" * 30, 3)]
)
def test_a_page_that_is_not_there_is_the_nearest_one(three_a_page, page, shown):
    for _ in range(4):
        assigned()
    assert len(queue(town.LI_NA, "mine", page)) == shown


# the box


def test_a_reference_leads_to_its_case():
    reference = assigned()
    typed = f"  {reference.lower().replace('-', ' ')} "
    answer = at_desk(town.LI_NA).get("/desk/", {"reference": typed})
    assert answer.url == f"/desk/{reference}/"


def test_anything_else_in_the_box_is_explained_and_kept():
    answer = at_desk(town.LI_NA).get("/desk/", {"reference": "<b>water"})
    assert "This is not a reference." in words_of(answer)
    assert "&lt;b&gt;water" in answer.content.decode()


# cost


def queries(client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("code", [town.LI_NA, town.ZHAO_MIN])
def test_the_number_of_queries_does_not_grow_with_the_rows(code):
    client = at_desk(code)
    assigned(), received()
    few = queries(client, "/desk/")
    for number in range(6):
        assigned(text=f"No water on floor {number}")
        received(text=f"Rubbish {number}")
        opens(browser(), category="street_trading", area="qingshan")
    assert queries(client, "/desk/") == few
    assert few <= 11
