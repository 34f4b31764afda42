"""Precedents at the desk: found by everybody, shown where the next dispute is being written."""

from dataclasses import asdict, replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dandang.lifecycle.casework.models import Case, Precedent
from tests import town
from tests.interfaces.desk.office import (
    NOT_OURS,
    assigned,
    at_desk,
    does,
    events,
    in_progress,
    noise,
    received,
    seen,
)
from tests.interfaces.stories import city, later, officer, words_of
from tests.lifecycle.disputes import decision

pytestmark = pytest.mark.django_db

HOUSE_PIPES = {
    "to_post": "housing-duty",
    "basis": "Property rules, article 9",
    "text": "Behind the meter the house is responsible.",
}


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def disputed(**changes: str) -> str:
    """Li Na says that the housing bureau should hold a case about water."""
    reference = in_progress(**changes)
    officer("contacted", reference, town.LI_NA, how="phone", text="We come at ten")
    officer("dispute", reference, town.LI_NA, to_post="housing-duty", **NOT_OURS)
    return reference


def decided(**changes: str) -> str:
    """Zhao Min decides that it is the housing bureau's."""
    reference = disputed(**changes)
    officer("decide-dispute", reference, town.ZHAO_MIN, **HOUSE_PIPES)
    return reference


def search(code: str = town.LI_NA, language: str = "en", **asked: str):
    answer = at_desk(code, language).get("/desk/precedents/", asked)
    assert answer.status_code == 200
    return answer


def found(code: str = town.LI_NA, **asked: str) -> list[str]:
    """Return the bases of the decisions that are shown, in their order."""
    return [line.basis for line in search(code, **asked).context["lines"]]


def beside(answer):
    return answer.context["beside"]


def form(verb: str, reference: str, code: str = town.LI_NA, **address: str):
    answer = at_desk(code).get(f"/desk/{reference}/{verb}/", address)
    assert answer.status_code == 200
    return answer


# the story


def test_li_na_sees_how_zhao_min_decided_when_she_hands_over_on_the_same_ground():
    """Zhao Min decides between water and housing; the next time Li Na reads it beside the form."""
    zhao_min = at_desk(town.ZHAO_MIN)
    first = disputed()
    page = zhao_min.get(f"/desk/{first}/decide-dispute/")
    assert "No dispute about such a matter has been decided yet." in words_of(page)
    assert does(zhao_min, "decide-dispute", first, **HOUSE_PIPES).status_code == 302
    later(days=2)
    second = in_progress(text="No water on floor 6")
    page = form("hand-over", second)
    (line,) = beside(page).lines
    assert line.what == "Water supply · Hudong"
    words = words_of(page)
    assert (
        "How such disputes were decided 09:00 Mon 12 Oct · Water supply · Hudong same area "
        "Decided for Housing bureau · Duty desk "
        "Water bureau held it and named Housing bureau (the holder disagrees). "
        "Reason: Not our duty Basis: Property rules, article 9"
    ) in words
    assert "Behind the meter" not in words  # the case is out of her sight now
    assert "How a dispute about such a matter was decided" in words


@pytest.mark.parametrize("verb", ["hand-over", "return", "dispute"])
def test_the_forms_that_move_a_case_sideways_show_precedents(verb):
    decided()
    reference = in_progress() if verb == "hand-over" else assigned()
    if verb == "return":
        officer("hand-over", reference, town.LI_NA, to_post="housing-duty", **NOT_OURS)
        officer("contacted", reference, town.WANG_QIANG, how="phone", text="We look")
        page = form("return", reference, town.WANG_QIANG)
    else:
        officer("contacted", reference, town.LI_NA, how="phone", text="We come at ten")
        page = form(verb, reference)
    assert [line.basis for line in beside(page).lines] == ["Property rules, article 9"]
    assert ("same units" in beside(page).lines[0].alike) == (verb == "return")


def test_whoever_decides_sees_the_decisions_for_the_reason_of_this_dispute():
    decided()
    page = form("decide-dispute", disputed(), town.ZHAO_MIN)
    assert beside(page).reason == "Not our duty"
    assert beside(page).lines[0].alike == ("same reason", "same units", "same area")
    assert not beside(page).can_follow
    assert "Behind the meter the house is responsible." in words_of(page)


def test_other_forms_show_none():
    decided()
    page = form("note", in_progress())
    assert beside(page) is None
    assert "How such disputes were decided" not in words_of(page)


# the reason that is chosen


def two_reasons() -> tuple[str, str]:
    """File two decisions: the newer one was raised for another reason."""
    older = decided()
    later(hours=1)
    newer = in_progress(text="Again")
    officer("contacted", newer, town.LI_NA, how="phone", text="We come at ten")
    other = {**NOT_OURS, "reason": "other_area"}
    officer("dispute", newer, town.LI_NA, to_post="qingshan-duty", **other)
    officer("decide-dispute", newer, town.ZHAO_MIN, **{**HOUSE_PIPES, "basis": "Map 4"})
    return older, newer


def test_the_reason_in_the_address_goes_first_and_is_chosen_in_the_form():
    two_reasons()
    reference = in_progress(text="Third")
    assert [one.basis for one in beside(form("hand-over", reference)).lines] == [
        "Map 4",
        "Property rules, article 9",
    ]
    page = form("hand-over", reference, reason="not_our_duty")
    assert [one.basis for one in beside(page).lines] == ["Property rules, article 9", "Map 4"]
    assert page.context["form"]["reason"].value() == "not_our_duty"
    assert "First those with the reason: Not our duty" in words_of(page)


@pytest.mark.parametrize("reason", ["nonsense", "<b>", ""])
def test_a_reason_that_there_is_not_counts_for_nothing(reason):
    decided()
    page = form("hand-over", in_progress(text="Third"), reason=reason)
    assert beside(page).reason == ""
    assert len(beside(page).lines) == 1


def test_nothing_but_the_reason_is_taken_from_an_address():
    page = form("hand-over", in_progress(), text="Mrs Liu's phone", reason="not_our_duty")
    assert page.context["form"]["text"].value() in (None, "")


def test_asking_for_another_reason_loses_nothing_that_was_written_and_does_nothing():
    two_reasons()
    reference = in_progress(text="Third")
    before = events(reference)
    typed = {"to_post": "housing-duty", "reason": "not_our_duty", "text": "A draft", "basis": ""}
    answer = does(at_desk(town.LI_NA), "hand-over", reference, similar="similar", **typed)
    assert answer.status_code == 200
    assert {name: answer.context["form"][name].value() for name in typed} == typed
    assert not answer.context["form"].errors
    assert [one.basis for one in beside(answer).lines] == ["Property rules, article 9", "Map 4"]
    assert beside(answer).lines[0].alike == ("same reason", "same units", "same area")
    assert events(reference) == before


def test_a_preview_and_a_form_that_is_refused_keep_the_precedents_of_their_reason():
    two_reasons()
    reference = in_progress(text="Third")
    typed = {"to_post": "housing-duty", **NOT_OURS, "basis": ""}
    for more in ({"preview": "preview"}, {}):
        answer = does(at_desk(town.LI_NA), "hand-over", reference, **typed, **more)
        assert "needs a basis" in words_of(answer)
        assert beside(answer).lines[0].basis == "Property rules, article 9"


def test_asking_for_another_reason_when_the_case_is_gone_shows_what_was_written():
    reference = in_progress()
    li_na, before = at_desk(town.LI_NA), seen(reference)
    officer("propose", reference, town.LI_NA, outcome="resolved", text="Repaired")
    typed = {"seen_seq": before, "similar": "similar", "text": "A long draft"}
    answer = li_na.post(f"/desk/{reference}/hand-over/", typed)
    assert answer.status_code in (403, 409)
    assert "A long draft" in words_of(answer)


def test_a_case_without_a_category_is_near_to_nothing():
    decided()
    reference = received()
    officer("assign", reference, town.ZHAO_MIN, to_post="cityman-duty")
    page = form("hand-over", reference, town.CAO_LEI)
    assert beside(page).lines == ()
    words = words_of(page)
    assert "The case has no category yet, so no decision is near it." in words
    assert "Show those for the reason chosen" not in words


def test_decisions_under_a_category_above_come_last():
    decided()
    case = Case.objects.get()
    above = replace(
        decision("utilities", "not_our_duty"),
        event_id=10**6,
        decided_at=town.MONDAY + timedelta(days=9),
        basis="General rule",
    )
    Precedent.objects.create(case=case, **asdict(above))
    page = form("hand-over", in_progress(text="Third"))
    assert [one.basis for one in beside(page).lines] == [
        "Property rules, article 9",
        "General rule",
    ]


# who reads what


def test_everybody_finds_the_decision_and_its_words_only_who_may_read_the_case():
    reference = decided()
    for code, may_read in [
        (town.LI_NA, False),  # the case was taken from her
        (town.CAO_LEI, False),
        (town.WANG_QIANG, True),
        (town.ZHAO_MIN, True),
        (town.CHEN_HUI, True),
    ]:
        answer = search(code)
        words = words_of(answer)
        assert "Basis: Property rules, article 9" in words
        assert ("Behind the meter the house is responsible." in words) == may_read
        assert (f"/desk/{reference}/" in answer.content.decode()) == may_read
        assert "No water since" not in words
        assert "Mrs Liu" not in words


def test_words_that_were_erased_are_said_to_be():
    decided()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_personal WHERE name = 'text'")
    assert "(erased)" in words_of(search(town.ZHAO_MIN))
    assert "(erased)" not in words_of(search(town.LI_NA))


def test_the_page_speaks_both_languages():
    decided()
    assert "Decided for Housing bureau · Duty desk" in words_of(search(language="en"))
    chinese = words_of(search(language="zh-hans"))
    assert "裁定由住建局 · 值班岗负责" in chinese
    assert "水务局原负责，主张由住建局负责（责任单位有异议）。" in chinese


# the search


def test_the_filters_narrow_what_is_found_and_are_said_in_words():
    decided()
    assert found(category="utilities") == found(category="water_supply") == found()
    assert found(area="city", reason="not_our_duty", unit="water", text="RULES 9") == found()
    for nothing in (
        {"category": "lifts"},
        {"area": "qingshan"},
        {"reason": "other_area"},
        {"unit": "labour"},
        {"text": "rules 10"},
    ):
        assert found(**nothing) == []
        assert "No such decision was found." in words_of(search(**nothing))
    page = words_of(search(category="water_supply", unit="housing", text="rules"))
    expected = "Category: Water supply · Unit concerned: Housing bureau · Words of the basis: rules"
    assert expected in page


def test_a_decision_of_which_only_the_holder_is_known_says_so():
    decided()
    Precedent.objects.update(wanted_unit="", reason="", ground="")
    words = words_of(search())
    assert "Decided for Housing bureau · Duty desk Water bureau held it. Basis:" in words


def test_an_empty_file_says_so():
    assert "No dispute has been decided yet." in words_of(search())


@pytest.mark.parametrize(
    "asked",
    [
        {"category": "nonsense"},
        {"text": "x" * 101},
        {"after": "x"},
        {"after": "1-1x"},
        {"after": "²-1"},
        {"after": "9" * 30 + "-1"},
    ],
)
def test_what_cannot_be_searched_for_is_left_open(asked):
    decided()
    assert found(**asked) == ["Property rules, article 9"]


def test_what_cannot_be_searched_for_is_told_at_its_field():
    page = search(category="nonsense")
    assert page.context["form"].errors.keys() == {"category"}
    assert 'id="id_category_error"' in page.content.decode()


def test_page_after_page_shows_every_decision_once():
    decided()
    case = Case.objects.get()
    Precedent.objects.bulk_create(
        Precedent(
            case=case, **asdict(replace(decision("lifts"), event_id=10**6 + n, basis=f"Rule {n}"))
        )
        for n in range(45)
    )
    shown: list[str] = []
    query = "category=lifts"
    for number in (20, 20, 5):
        page = at_desk(town.LI_NA).get(f"/desk/precedents/?{query}")
        shown += [line.basis for line in page.context["lines"]]
        assert len(page.context["lines"]) == number
        assert ("Newest decisions" in words_of(page)) == (len(shown) > 20)
        query = page.context["pages"].older
    assert query is None
    assert shown == [f"Rule {n}" for n in reversed(range(45))]
    assert page.context["pages"].newest == "category=lifts"


# cost


def queries(client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_decisions():
    one = decided()
    li_na, zhao_min = at_desk(town.LI_NA), at_desk(town.ZHAO_MIN)
    reference, theirs = in_progress(text="Third"), disputed(text="Fourth")
    paths = [
        (li_na, f"/desk/{reference}/hand-over/"),
        (zhao_min, f"/desk/{theirs}/decide-dispute/"),
        (zhao_min, "/desk/precedents/"),
    ]
    few = [queries(client, path) for client, path in paths]
    for number in range(6):
        decided(text=f"No water on floor {number}")
    assert [queries(client, path) for client, path in paths] == few
    assert few[2] <= 15
    assert one


def test_a_form_without_precedents_costs_nothing_more():
    reference = noise()
    client = at_desk(town.WANG_QIANG)
    with_them = queries(client, f"/desk/{reference}/dispute/")
    without = queries(client, f"/desk/{reference}/note/")
    assert with_them - without == 1
