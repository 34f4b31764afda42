"""What waits for a decision: what was asked and why, who may decide, which conditions are due."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dandang.interfaces.desk.supervision import decisions
from tests import town
from tests.interfaces.desk.examples import (
    more_time_asked,
    paused,
    route_asked,
    split_asked,
    support_asked,
)
from tests.interfaces.desk.gone_up import page_of, passes, rows_of
from tests.interfaces.desk.office import (
    at_desk,
    disputed,
    in_progress,
    proposed,
    proposed_to_decline,
    proposed_to_explain,
    seen,
    sent,
    solved,
)
from tests.interfaces.stories import city, clock, later, officer, words_of

pytestmark = pytest.mark.django_db

PAGE = "/supervision/decisions/"


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def acts(code: str) -> dict[str, list[str]]:
    return {row.case.reference: [verb for verb, _ in row.acts] for row in rows_of(code, PAGE)}


def test_a_clock_that_was_set_back_hides_nothing():
    reference = more_time_asked()
    later(days=-1)
    assert acts(town.CHEN_HUI) == {reference: ["decide-extension"]}


def test_more_time_is_asked_for_with_reason_condition_and_days():
    reference = more_time_asked()
    page = page_of(town.CHEN_HUI, PAGE)
    assert "11:00 Mon 12 Oct soon 2 hours left decide what the holder asked for" in page
    assert "More time: 3 working days No water" in page
    assert "Condition: The new pump is delivered The pump comes on Friday" in page
    assert "Who asked Water bureau · Duty desk since 09:00 Mon 12 Oct Reason: " in page
    assert "Granted before nothing Extensions that can be asked for 0 of 1 are used" in page
    assert "If all of it is granted, to be finished by" in page
    assert "Held since 09:00 Mon 12 Oct" in page
    assert acts(town.CHEN_HUI) == {reference: ["decide-extension"]}
    assert at_desk(town.CHEN_HUI).get(f"/desk/{reference}/decide-extension/").status_code == 200


def test_a_holder_who_needs_support_is_heard():
    reference = support_asked()
    page = page_of(town.CHEN_HUI, PAGE)
    assert "Reason: there is too much to do at once Forty cases are open" in page
    assert "What the matter needs: that another post takes the case" in page
    form = words_of(at_desk(town.CHEN_HUI).get(f"/desk/{reference}/decide-support/"))
    assert "what the matter needs: that another post takes the case" in form
    assert acts(town.CHEN_HUI) == {reference: ["decide-support"]}


def test_the_head_of_the_unit_is_heard_of_it_too_and_of_nothing_else():
    reference = sent(category="", area="")
    officer("assign", reference, town.ZHAO_MIN, to_post="water-duty")
    officer("accept", reference, town.LI_NA)
    passes(days=12)
    why = {"obstacle": "no_authority", "text": "The road is not ours"}
    officer("explain-stall", reference, town.LI_NA, at=clock.now(), **why)
    another = support_asked()
    more_time_asked()
    assert acts(town.SUN_TAO) == {reference: ["decide-support"]}
    page = page_of(town.SUN_TAO, PAGE)
    assert "To decide 1" in page
    assert "The road is not ours" in page
    assert acts(town.CAO_LEI) == {}, "the head of another unit"
    typed = {"decision": "granted", "text": "Dig", "seen_seq": seen(reference)}
    client = at_desk(town.SUN_TAO)
    client.post(f"/desk/{reference}/decide-support/?then=decisions", typed)
    assert "Nothing waits for a decision." in page_of(town.SUN_TAO, PAGE)
    assert another in acts(town.CHEN_HUI)


def test_everything_that_waits_leads_to_what_settles_it():
    expected = {
        route_asked(): ["enter-legal-route", "refuse-legal-route"],
        disputed(): ["decide-dispute"],
        proposed_to_decline(): ["decline", "reject-proposal"],
        proposed_to_explain(): ["explain", "reject-proposal"],
        split_asked(): [],
    }
    proposed(), in_progress()
    assert acts(town.CHEN_HUI) == expected
    split = next(one for one, verbs in expected.items() if not verbs)
    assert acts(town.ZHAO_MIN)[split] == ["split", "refuse-split"]
    page = page_of(town.CHEN_HUI, PAGE)
    assert "another office decides" in page
    assert "Reason: Cannot lawfully be done Pump 3 is repaired" in page
    assert "Who holds it: Housing bureau or Qingshan street office" in page
    assert "The legal route: Court of Jiangcheng" in page
    assert f"To decide {len(expected)}" in page


def test_the_erasure_of_an_ended_case_waits_for_a_second_officer():
    reference = solved()
    officer("ask-erase", reference, town.CHEN_HUI, basis="Data protection act, article 47")
    assert acts(town.CHEN_HUI) == {reference: []}
    assert acts(town.ZHAO_MIN) == {reference: ["erase"]}
    page = page_of(town.ZHAO_MIN, PAGE)
    assert "An erasure" in page
    assert "Data protection act, article 47 How it ended solved" in page
    assert "To decide 1" in page


def test_after_a_decision_the_list_shows_the_next_one():
    first, second = more_time_asked(), more_time_asked()
    client = at_desk(town.CHEN_HUI)
    typed = {"decision": "granted", "text": "Yes", "seen_seq": seen(first)}
    answer = client.post(f"/desk/{first}/decide-extension/?then=decisions", typed)
    assert answer.url == PAGE
    assert [row.case.reference for row in client.get(PAGE).context["rows"]] == [second]


def test_what_was_decided_no_longer_waits():
    reference = more_time_asked()
    officer("decide-extension", reference, town.CHEN_HUI, decision="granted", text="Yes")
    assert acts(town.CHEN_HUI) == {}
    assert "Nothing waits for a decision." in page_of(town.CHEN_HUI, PAGE)


def test_who_decides_nothing_is_told_so():
    more_time_asked()
    page = page_of(town.LI_NA, PAGE)
    assert "Your posts decide nothing that others asked for." in page
    assert rows_of(town.LI_NA, PAGE) == []


def test_heads_find_the_conditions_that_are_to_be_checked():
    reference = paused()
    head = at_desk(town.SUN_TAO).get(PAGE)
    assert [one.reference for one in head.context["checks"]] == [reference]
    page = page_of(town.SUN_TAO, PAGE)
    assert "Conditions to check" in page
    assert "17:00 Thu 15 Oct 3 days 8 hours left" in page
    assert "Nothing waits for a decision." in page
    later(days=4)
    assert "overdue by" in page_of(town.CHEN_HUI, PAGE)
    assert at_desk(town.SUN_TAO).get(f"/desk/{reference}/check-condition/").status_code == 200


def test_without_a_condition_the_page_says_so():
    in_progress()
    assert "No condition waits to be checked." in page_of(town.SUN_TAO, PAGE)


def test_the_number_of_queries_does_not_grow_with_the_rows():
    client = at_desk(town.CHEN_HUI)
    more_time_asked(), paused()
    client.get(PAGE)
    numbers = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        numbers.append(len(captured))
        more_time_asked(), disputed(), paused()
    assert numbers[0] == numbers[1]


def test_what_is_decided_meanwhile_hides_nothing_of_the_next_page(monkeypatch):
    references = [more_time_asked() for _ in range(3)]
    monkeypatch.setattr(decisions, "PAGE", 2)
    client = at_desk(town.CHEN_HUI)
    first = client.get(PAGE)
    assert [row.case.reference for row in first.context["rows"]] == references[:2]
    assert not first.context["previous"]
    officer("decide-extension", references[1], town.CHEN_HUI, decision="granted", text="Yes")
    later_page = client.get(f"{PAGE}?{first.context['next']}")
    assert [row.case.reference for row in later_page.context["rows"]] == references[2:]
    back = client.get(f"{PAGE}?{later_page.context['previous']}")
    assert [row.case.reference for row in back.context["rows"]] == [references[0], references[2]]


def test_it_speaks_chinese():
    more_time_asked()
    page = page_of(town.CHEN_HUI, PAGE, "zh-hans")
    assert "延期：3个工作日" in page
    assert "理由：施工需要一定工期 条件：The new pump is delivered" in page
    assert "申请方 水务局 · 值班岗" in page
