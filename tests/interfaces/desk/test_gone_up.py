"""Escalations and long-standing cases: who sees them, in which order, and who is silent."""

import csv
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dandang.interfaces.shared.comma_separated import csv_lines
from dandang.lifecycle.casework.queries import find
from tests import town
from tests.interfaces.desk.examples import called
from tests.interfaces.desk.gone_up import page_of, passes, rows_of
from tests.interfaces.desk.office import assigned, at_desk, does, in_progress, noise
from tests.interfaces.stories import city, later, officer

pytestmark = pytest.mark.django_db

ESCALATIONS, LONG_STANDING = "/desk/escalations/", "/desk/long-standing/"


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def cases(code: str, path: str) -> list[str]:
    return [row.case.reference for row in rows_of(code, path)]


def records(code: str, query: str = "") -> list[dict[str, str]]:
    answer = at_desk(code).get(f"/desk/escalations.csv{query}")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))


# escalations


def test_supervision_sees_all_that_went_up_and_a_head_what_went_up_below():
    water = in_progress()
    of_housing = noise()
    passes(hours=5)  # nobody accepted the noise in four working hours
    assert set(cases(town.CHEN_HUI, ESCALATIONS)) == {water, of_housing}
    assert cases(town.SUN_TAO, ESCALATIONS) == [water]
    assert cases(town.WANG_QIANG, ESCALATIONS) == [of_housing]
    assert cases(town.CAO_LEI, ESCALATIONS) == []
    assert "Nobody is called in these units." in page_of(town.CAO_LEI, ESCALATIONS)


def test_what_is_oldest_stands_first_with_its_age_and_everybody_who_is_called():
    old = in_progress()
    passes(days=3)
    new = in_progress()
    passes(days=3, hours=3)
    assert cases(town.CHEN_HUI, ESCALATIONS) == [old, new]
    page = page_of(town.CHEN_HUI, ESCALATIONS)
    assert f"Age 3 days 2026-10-12 09:00 No water since this morning. {old}" in page
    assert "Age less than a day" in page
    assert "2 cases with open calls, the oldest first" in page
    assert "Water bureau · Head of bureau · Sun Tao the head of the unit" in page
    assert "leader's list" in page


def test_a_call_shows_since_when_until_when_and_what_comes_then():
    called()
    page = page_of(town.CHEN_HUI, ESCALATIONS)
    assert "the head of the unit · the time is up: first response" in page
    assert "11:15 Mon 12 Oct soon 10 minutes left called 11:00 Mon 12 Oct then the next" in page
    passes(hours=2, minutes=20)
    page = page_of(town.CHEN_HUI, ESCALATIONS)
    assert "overdue by 5 minutes called 11:00 Mon 12 Oct silent" in page
    assert "Supervision office · Supervision · Chen Hui supervision" in page


def test_a_step_of_the_ladder_shows_its_colour_in_words():
    reference = in_progress()
    officer("contacted", reference, town.LI_NA, how="phone", text="We come")
    passes(hours=24, minutes=5)
    assert "blue" in page_of(town.CHEN_HUI, ESCALATIONS)
    assert "蓝色" in page_of(town.CHEN_HUI, ESCALATIONS, "zh-hans")


def test_the_calls_of_leaders_show_like_anyone_s():
    called()
    passes(hours=2, minutes=35)
    page = page_of(town.CHEN_HUI, ESCALATIONS)
    assert "City government · Mayor · Ma Lin a leader" in page
    assert [row.case.reference for row in rows_of(town.MA_LIN, "/desk/calls/")]


def test_the_list_can_be_narrowed_by_unit_and_by_who_was_called():
    water, of_housing = in_progress(), noise()
    passes(hours=2, minutes=5)
    assert cases(town.CHEN_HUI, f"{ESCALATIONS}?unit=water") == [water]
    assert cases(town.CHEN_HUI, f"{ESCALATIONS}?unit=housing") == []
    assert cases(town.CHEN_HUI, f"{ESCALATIONS}?level=unit_head") == [water]
    assert cases(town.CHEN_HUI, f"{ESCALATIONS}?level=leader") == []
    assert "Water bureau (1)" in page_of(town.CHEN_HUI, ESCALATIONS)
    passes(hours=5)
    assert set(cases(town.CHEN_HUI, ESCALATIONS)) == {water, of_housing}


def test_nobody_narrows_the_list_to_units_beside_the_own_ones():
    noise()
    passes(hours=5)
    assert cases(town.SUN_TAO, f"{ESCALATIONS}?unit=housing") == []


def test_a_case_that_is_closed_to_an_officer_is_not_listed():
    reference = called()
    officer("declare-conflict", reference, town.CHEN_HUI, later(hours=2, minutes=6), text="-")
    assert cases(town.CHEN_HUI, ESCALATIONS) == []
    assert records(town.CHEN_HUI) == []


def test_the_list_can_be_taken_away_without_titles_and_without_names():
    reference = called()
    passes(hours=2, minutes=20)
    of_head, of_supervision = records(town.CHEN_HUI)
    assert of_head == {
        "reference": reference,
        "unit": "Water bureau",
        "holder": "Duty desk",
        "sent_at": "2026-10-12 09:00",
        "step": "first_response",
        "level": "unit_head",
        "called_post": "Water bureau · Head of bureau",
        "called_at": "2026-10-12 11:00",
        "due_at": "2026-10-12 11:15",
        "silent": "yes",
        "listed_at": "",
    }
    assert (of_supervision["level"], of_supervision["silent"]) == ("supervision", "no")
    text = at_desk(town.CHEN_HUI).get("/desk/escalations.csv").content.decode()
    assert not any(word in text for word in ("No water", "Sun Tao", "Mrs Liu"))
    assert len(records(town.CHEN_HUI, "?level=supervision")) == 2  # all calls of the case
    assert records(town.CAO_LEI) == []


def test_nothing_in_a_table_is_taken_for_a_formula():
    assert list(csv_lines(["a"], [["=1+1"], ["-2"], ["x"]])) == [
        "\ufeffa\r\n",
        "'=1+1\r\n",
        "'-2\r\n",
        "x\r\n",
    ]


@pytest.mark.parametrize("path", [ESCALATIONS, LONG_STANDING])
def test_the_number_of_queries_does_not_grow_with_the_cases(path):
    client = at_desk(town.CHEN_HUI)
    in_progress()
    passes(days=62)
    client.get(path)
    numbers = []
    for days in (62, 130):
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        numbers.append(len(captured))
        in_progress(), assigned()
        passes(days=days + 62)
    assert numbers[0] == numbers[1]


# long-standing cases


def test_a_case_that_nobody_acts_on_is_on_the_leader_s_list():
    reference = in_progress()
    passes(hours=3)
    assert cases(town.CHEN_HUI, LONG_STANDING) == [reference]
    assert cases(town.SUN_TAO, LONG_STANDING) == [reference]
    assert cases(town.WANG_QIANG, LONG_STANDING) == []
    assert "since 11:45 Mon 12 Oct" in page_of(town.CHEN_HUI, LONG_STANDING)


def test_an_old_case_wants_a_sponsor_until_one_is_named():
    reference = noise()
    officer("accept", reference, town.WANG_QIANG)
    passes(days=60, hours=1)
    assert cases(town.CHEN_HUI, LONG_STANDING) == [reference]
    page = page_of(town.CHEN_HUI, LONG_STANDING)
    assert "Age 60 days" in page
    assert "Sponsor nobody yet Name a sponsor" in page
    assert "Name a sponsor" not in page_of(town.WANG_QIANG, LONG_STANDING)
    named = does(at_desk(town.CHEN_HUI), "name-sponsor", reference, to_post="water-head", text="")
    assert named.status_code == 302
    page = page_of(town.CHEN_HUI, LONG_STANDING)
    assert "Sponsor Water bureau · Head of bureau Name another one" in page
    assert cases(town.CHEN_HUI, LONG_STANDING) == [reference]
    assert find(reference).state.sponsor == "water-head"
    of_the_case = page_of(town.CHEN_HUI, f"/desk/{reference}/")
    assert "Sponsor Water bureau · Head of bureau" in of_the_case
    assert "Water bureau · Head of bureau sponsors this case" in of_the_case


def test_a_call_for_a_sponsor_leads_to_naming_one():
    reference = noise()
    officer("accept", reference, town.WANG_QIANG)
    passes(days=60, hours=1)
    (row,) = rows_of(town.CHEN_HUI, "/desk/calls/")
    assert (len(row.mine), row.verb) == (2, "act-on-call")  # it is overdue, too
    page = page_of(town.CHEN_HUI, "/desk/calls/")
    assert "only answered by: name a sponsor; take the case over" in page
    answer = {"act": "decided", "text": "Fetch the permits", "due_at": "2026-12-15T12:00"}
    does(at_desk(town.CHEN_HUI), "act-on-call", reference, **answer)
    (row,) = rows_of(town.CHEN_HUI, "/desk/calls/")
    assert (len(row.mine), row.verb) == (1, "name-sponsor")


def test_sponsors_are_heads_supervision_and_leaders_but_never_the_holder():
    reference = in_progress()
    form = at_desk(town.CHEN_HUI).get(f"/desk/{reference}/name-sponsor/").context["form"]
    groups = form["to_post"].field.choices[1:]
    posts = {code for _, group in groups for code, _ in group}
    assert "water-head" in posts
    assert posts.isdisjoint({"water-duty", "housing-duty"})


def test_an_empty_list_says_so():
    in_progress()
    assert "No case stands that long." in page_of(town.CHEN_HUI, LONG_STANDING)
    assert cases(town.CHEN_HUI, f"{LONG_STANDING}?unit=water") == []
