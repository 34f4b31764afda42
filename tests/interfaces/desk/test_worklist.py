"""The worklist: which queues whom, in which order, and what they cost."""

from datetime import timedelta

import pytest

from dandang.interfaces.desk.urgency import soon_until, urgency
from dandang.interfaces.desk.worklist.queues import QUEUES
from tests import town
from tests.interfaces.desk.examples import appealed, assist_asked, objected
from tests.interfaces.desk.office import (
    NOT_OURS,
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
from tests.interfaces.stories import city, later, officer, sent, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def queue(code: str, name: str, **narrowed: str) -> list[str]:
    """Return the references in an officer's queue, in their order."""
    answer = at_desk(code).get("/desk/", {"queue": name, **narrowed})
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
    assert queue(town.WANG_QIANG, "assist") == [help_wanted]
    assert queue(town.CHEN_HUI, "asked") == [answer_wanted]
    assert queue(town.LI_NA, "assist") == queue(town.LI_NA, "asked") == []
    officer("give-assist", help_wanted, town.WANG_QIANG, text="The cellar is open")
    assert queue(town.WANG_QIANG, "assist") == []


def test_what_comes_back_and_what_its_requester_is_asked_about_have_tabs_of_their_own():
    reference = noise()
    officer("hand-over", reference, town.WANG_QIANG, to_post="cityman-duty", **NOT_OURS)
    assert queue(town.WANG_QIANG, "returned") == []
    officer("return", reference, town.CAO_LEI, **NOT_OURS)
    assert queue(town.WANG_QIANG, "returned") == queue(town.WANG_QIANG, "accept") == [reference]
    officer("accept", reference, town.WANG_QIANG)
    assert queue(town.WANG_QIANG, "returned") == []
    to_ask, to_decide = proposed(), proposed_to_decline()
    assert queue(town.LI_NA, "confirm") == [to_ask]
    assert set(queue(town.LI_NA, "waiting")) == {to_ask, to_decide}


def test_an_appeal_waits_among_the_appeals_until_it_is_decided():
    reference = appealed()
    assert queue(town.CHEN_HUI, "appeals") == [reference]
    officer("decide-appeal", reference, town.CHEN_HUI, decision="refused", text="It stands")
    assert queue(town.CHEN_HUI, "appeals") == []


def test_a_case_that_waits_for_its_requester_is_among_those_that_wait():
    reference = asked()
    assert queue(town.LI_NA, "waiting") == [reference]


OWN = ["mine", "accept", "waiting", "returned", "confirm", "assist", "asked", "unit"]


@pytest.mark.parametrize(
    ("code", "queues"),
    [
        (town.LI_NA, OWN),
        (town.SUN_TAO, OWN),
        (town.ZHAO_MIN, [*OWN, "dispatch", "decide", "appeals", "call-back", "overdue", "all"]),
        (town.CHEN_HUI, [*OWN, "decide", "appeals", "overdue", "all"]),
        (town.XU_FANG, ["overdue", "all"]),
        (town.TANG_YU, []),
    ],
)
def test_the_queues_follow_from_the_posts(code, queues):
    assert list(counts(code)) == queues


def test_the_counts_are_those_of_the_queues():
    in_progress(), assigned(), proposed(), received(), disputed(), noise()
    for code in (town.LI_NA, town.ZHAO_MIN, town.CHEN_HUI):
        for name, count in counts(code).items():
            assert (name, count) == (name, len(queue(code, name)))


def test_an_officer_without_a_post_today_has_no_worklist_and_reads_nothing():
    reference = assigned()
    li_na = at_desk(town.LI_NA)
    assert li_na.get(f"/desk/{reference}/").status_code == 200
    later(days=-300)  # before her appointment
    for path in ("", "worklist.csv", "worklist.json", f"{reference}/"):
        answer = li_na.get(f"/desk/{path}")
        assert (answer.status_code, answer.url) == (302, "/account/")


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
        f"2026-10-12 09:30 soon accept 30 minutes left No water since this morning. {reference} · "
        "Water supply · Hudong Next accept or return it assigned, waiting to be accepted · "
        "turn: the holder Water bureau · Duty desk 0"
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
    monkeypatch.setattr("dandang.interfaces.desk.worklist.page.PAGE", 3)


def turned(client, link: str) -> tuple[list[str], dict[str, str]]:
    """Return the references of a page, and where the pages beside it are."""
    shown = client.get(f"/desk/?{link}").context["list"]
    return [row.reference for row in shown.rows], {"next": shown.next, "back": shown.previous}


def test_a_long_queue_is_turned_over_and_back_without_losing_a_case(three_a_page):
    references = [assigned() for _ in range(7)]
    client = at_desk(town.LI_NA)
    first, links = turned(client, "queue=mine")
    second, links = turned(client, links["next"])
    third, end = turned(client, links["next"])
    assert [len(first), len(second), len(third)] == [3, 3, 1]
    assert first + second + third == sorted(references, key=(first + second + third).index)
    assert set(first + second + third) == set(references)
    assert end["next"] == ""
    again, links = turned(client, end["back"])
    assert again == second
    assert turned(client, links["back"])[0] == first
    assert "Previous page Next page" in words_of(client.get(f"/desk/?{end['back']}"))


def test_cases_that_go_meanwhile_move_no_other_case_to_a_page_that_was_seen(three_a_page):
    for _ in range(7):
        assigned()
    client = at_desk(town.LI_NA)
    first, links = turned(client, "queue=accept")
    rest = [one for one in queue(town.LI_NA, "accept") if one not in first]
    for reference in first[:2]:
        officer("accept", reference, town.LI_NA)
    second, links = turned(client, links["next"])
    assert len(second) == 3
    assert turned(client, links["back"])[0] == [first[2], *second[:2]]  # the first page, whole
    assert rest == []


@pytest.mark.parametrize("after", ["0", "-1", "x_1", "²_3", "9" * 30, "1_1_1", "none_"])
def test_a_place_that_is_none_is_the_first_page(three_a_page, after):
    for _ in range(4):
        assigned()
    assert len(queue(town.LI_NA, "mine", after=after)) == 3


def test_behind_the_last_case_the_first_page_is_shown_again():
    reference = assigned()
    assert queue(town.LI_NA, "mine", after="none_999999") == [reference]


# filters


def test_a_list_is_narrowed_and_says_by_what():
    wet, late = assigned(), proposed()
    elsewhere = sent(category="water_supply", area="qingshan", channel="web")
    chen = at_desk(town.CHEN_HUI)
    assert set(queue(town.CHEN_HUI, "all", area="hudong")) == {wet, late}
    assert queue(town.CHEN_HUI, "all", state="proposed") == [late]
    assert queue(town.CHEN_HUI, "all", clock="accept", area="qingshan") == [elsewhere]
    assert set(queue(town.CHEN_HUI, "all", due="today")) >= {wet}
    assert queue(town.CHEN_HUI, "all", due="overdue") == []
    assert len(queue(town.CHEN_HUI, "all", unit="water", category="water_supply")) == 3
    assert queue(town.CHEN_HUI, "all", unit="housing") == []
    assert queue(town.CHEN_HUI, "all", due="undated") == queue(
        town.CHEN_HUI, "all", channel="letter"
    )
    page = chen.get("/desk/?queue=all&area=hudong&state=proposed")
    assert "Area: Hudong" in words_of(page)
    assert [chip.without for chip in page.context["chips"]] == [
        "queue=all&state=proposed",
        "queue=all&area=hudong",
    ]
    assert "Cases: 1, as of" in words_of(page)
    written = page.content.decode()
    assert '<option value="hudong" selected>' in written
    assert written.count("<select") == 8
    assert written.count(" selected>") == 8


def test_a_filter_that_is_not_known_or_not_mine_is_left_open():
    reference = assigned()
    unknown = {"area": "atlantis", "state": "ended", "due": "never", "class": "x", "channel": "owl"}
    assert queue(town.LI_NA, "mine", **unknown) == [reference]
    assert queue(town.LI_NA, "mine", unit="housing") == [reference]


def test_whoever_is_kept_out_neither_sees_nor_counts_nor_takes_away():
    from dandang.lifecycle.perform import perform  # noqa: PLC0415 only here
    from dandang.terms import Actor  # noqa: PLC0415 only here

    reference = assigned()
    by = Actor.officer(town.CHEN_HUI)
    perform("declare-conflict", reference, {"text": "My brother"}, by=by, now=town.MONDAY)
    chen = at_desk(town.CHEN_HUI)
    assert reference not in queue(town.CHEN_HUI, "all")
    assert counts(town.CHEN_HUI)["all"] == 0
    for path in ("/desk/worklist.json?queue=all", "/desk/worklist.csv?queue=all"):
        answer = chen.get(path)
        content = b"".join(answer) if answer.streaming else answer.content
        assert reference not in content.decode(), path
    sent = chen.post("/desk/bulk/", {"act": "export", "case": f"{reference}:1"})
    assert reference not in b"".join(sent).decode()


# the same for programs, and to take away


def test_the_page_for_programs_says_the_same_in_codes():
    reference = assigned()
    answer = at_desk(town.LI_NA).get("/desk/worklist.json", {"area": "hudong"})
    assert answer["Content-Type"] == "application/json"
    said = answer.json()
    assert said["queue"] == "mine"
    assert said["filters"] == {"area": "hudong"}
    assert said["next"] is said["previous"] is None
    assert said["cases"] == [
        {
            "reference": reference,
            "title": "No water since this morning.",
            "state": "assigned",
            "outcome": None,
            "turn": "holder",
            "next_step": "accept",
            "holder": "water-duty",
            "category": "water_supply",
            "area": "hudong",
            "class": said["cases"][0]["class"],
            "due_at": "2026-10-12T01:30:00Z",
            "due_for": "accept",
            "hand_overs": 0,
        }
    ]


def test_the_pages_for_programs_lead_to_each_other(three_a_page, monkeypatch):
    for _ in range(4):
        assigned()
    client = at_desk(town.LI_NA)
    first = client.get("/desk/worklist.json").json()
    rest = client.get(f"/desk/worklist.json?{first['next']}").json()
    assert (len(first["cases"]), len(rest["cases"])) == (3, 1)
    assert rest["next"] is None
    assert client.get(f"/desk/worklist.json?{rest['previous']}").json()["cases"] == first["cases"]


def test_a_list_that_is_taken_away_holds_no_words_of_people():
    reference = assigned()
    answer = at_desk(town.LI_NA).get("/desk/worklist.csv")
    lines = b"".join(answer).decode().splitlines()
    assert answer["Content-Disposition"] == 'attachment; filename="worklist.csv"'
    assert lines[0].startswith("\ufeffreference,due_at,due_for,next_step,turn,state")
    assert lines[1].startswith(f"{reference},2026-10-12 09:30,accept,accept,holder,assigned,,")
    assert "No water" not in "".join(lines)
    assert len(lines) == 2


# numbers that stay fresh


def test_the_numbers_are_sent_again_only_where_they_changed():
    li_na = at_desk(town.LI_NA)
    assigned()
    page = li_na.get("/desk/")
    seen = page.context["request"].desk.seen
    shown = {"seen": seen, "queues": page.context["list"].seen}
    assert li_na.get("/desk/counts/", shown).status_code == 204
    assigned()
    answer = li_na.get("/desk/counts/", shown)
    assert "The numbers of what waits for you have changed." in words_of(answer)
    assert 'id="tab-mine" data-hx-swap-oob="true">2\n</span>' in answer.content.decode()
    assert li_na.get("/desk/counts/", {"seen": seen}).status_code == 204  # no tabs on that page


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
