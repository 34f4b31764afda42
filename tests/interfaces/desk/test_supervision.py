"""How units stand: every number with its cases, as far as a post reaches, without judging units."""

import csv
from dataclasses import dataclass, replace
from datetime import date
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dandang.interfaces.desk.supervision.units import Tree
from dandang.lifecycle.casework.by_unit import What
from dandang.organization.queries import present
from tests import town
from tests.interfaces.desk.gone_up import page_of, passes
from tests.interfaces.desk.office import (
    assigned,
    at_desk,
    disputed,
    in_progress,
    noise,
    proposed,
    proposed_to_decline,
)
from tests.interfaces.stories import city, later, officer, words_of

pytestmark = pytest.mark.django_db

PAGE = "/supervision/"
CASES = "/supervision/cases/"


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def numbers(code: str, path: str = PAGE) -> dict[str, dict[str, int]]:
    """Return the numbers of each unit that has an open case, without what is nought."""
    rows = at_desk(code).get(path).context["rows"]
    found = {
        row.code: {
            what.value: one.number
            for what, one in zip(What, row.numbers, strict=True)
            if one.number
        }
        for row in rows
    }
    return {unit: counted for unit, counted in found.items() if counted}


def references(client, path: str) -> list[str]:
    return [row.reference for row in client.get(path).context["rows"]]


def test_every_number_leads_to_its_cases():
    asked = in_progress()
    officer("ask", asked, town.LI_NA, missing="Floor", text="Which floor is it?")
    in_progress(), assigned(), proposed(), disputed()
    passes(hours=2)
    client = at_desk(town.CHEN_HUI)
    page = client.get(PAGE)
    counted = numbers(town.CHEN_HUI)
    assert counted["water"]["open"] == 4
    assert counted["water"]["requester"] == counted["water"]["proposed"] == 1
    assert counted["housing"] == {"open": 1, "week": 1, "disputed": 1}
    for row in page.context["rows"]:
        for one in row.numbers:
            assert bool(one.path) == bool(one.number)
            if one.path:
                assert len(references(client, one.path)) == one.number
    totals = {what.value: one for what, one in zip(What, page.context["totals"], strict=True)}
    assert totals["open"].number == 5
    assert len(references(client, totals["open"].path)) == 5
    assert "Nothing of substance was entered for five whole working days." in words_of(page)


def test_a_unit_below_one_that_is_gone_counts_for_those_above_it():
    register = present().directory
    gone = replace(register.units["housing"], ended=date(2026, 10, 1))
    units = {**register.units, "housing": gone}
    assert register.units["housing-sites"].parent == "housing"
    counted = {"housing-sites": {What.OPEN: 2}}
    tree = Tree(tuple(units), Register(units, register.units_above), counted)
    assert tree.number("government", What.OPEN) == tree.total(What.OPEN) == 2
    assert "housing-sites" in tree.below("government")


@dataclass
class Register:
    """As much of a register as the overview asks for."""

    units: dict
    units_above: object


def test_what_is_overdue_and_what_does_not_move_is_counted():
    quiet, waits = in_progress(), proposed()
    later(days=9)
    counted = numbers(town.CHEN_HUI)["water"]
    assert counted["quiet"] == 1
    assert counted["overdue"] == 2
    client = at_desk(town.CHEN_HUI)
    assert references(client, f"{CASES}?unit=water&what=quiet") == [quiet]
    assert set(references(client, f"{CASES}?what=overdue")) == {quiet, waits}
    passes(days=9)
    assert numbers(town.CHEN_HUI)["water"]["called"] == 1


def test_a_head_sees_the_own_units_alone():
    in_progress(), noise()
    assert set(numbers(town.SUN_TAO)) == {"water"}
    client = at_desk(town.SUN_TAO)
    assert len(references(client, CASES)) == 1
    assert len(references(client, f"{CASES}?unit=housing")) == 1, "not theirs: as if not asked"
    assert "Housing bureau" not in words_of(client.get(PAGE))
    assert "Housing bureau" not in words_of(client.get(CASES))


def test_who_heads_nothing_is_told_whose_pages_these_are():
    for code in (town.LI_NA, town.XU_FANG, town.TANG_YU):
        answer = at_desk(code).get(PAGE)
        assert answer.status_code == 403
        assert "Yours do not." in words_of(answer)


def test_units_are_unfolded_by_links_and_stand_in_the_order_of_the_register():
    noise()
    client = at_desk(town.CHEN_HUI)
    rows = {row.code: row for row in client.get(PAGE).context["rows"]}
    assert "housing-sites" not in rows
    assert rows["housing"].fold
    assert not rows["water"].fold
    unfolded = client.get(f"{PAGE}?{rows['housing'].fold}").context["rows"]
    order = [row.code for row in unfolded]
    assert order.index("housing-sites") == order.index("housing") + 1
    known = list(present().directory.units)
    units = present().directory.units
    below = [code for code in order if units[code].parent == "government"]
    assert below == sorted(below, key=known.index)
    again = next(row for row in unfolded if row.code == "housing").fold
    assert "housing-sites" not in [
        row.code for row in client.get(f"{PAGE}?{again}").context["rows"]
    ]
    assert client.get(f"{PAGE}?open=nowhere").status_code == 200


def test_what_an_officer_is_kept_out_of_is_not_counted():
    complained = in_progress()
    officer("declare-conflict", complained, town.CHEN_HUI, text="A relative lives there")
    assert numbers(town.CHEN_HUI) == {}
    assert references(at_desk(town.CHEN_HUI), CASES) == []
    assert complained not in page_of(town.CHEN_HUI, "/supervision/cases.csv")
    assert numbers(town.MA_LIN)["water"]["open"] == 1


def test_pages_go_on_where_the_last_one_ended():
    from dandang.lifecycle.casework.by_unit import Borders, unit_cases  # noqa: PLC0415 with the database
    from dandang.lifecycle.casework.keeping_out import KeptOut  # noqa: PLC0415 see above

    wanted = {in_progress() for _ in range(3)} | {noise(), disputed()}
    nobody = KeptOut("", (), reads_all=True)
    borders = Borders(*[town.MONDAY] * 4)
    found, after = [], ""
    while True:
        page = unit_cases(
            tuple(town.directory().units), What.OPEN, borders, nobody, after=after, limit=2
        )
        found += [case.reference for case in page.cases]
        after = page.next
        if not after:
            break
    assert len(found) == 5
    assert set(found) == wanted


def test_the_cases_come_as_a_file_without_titles_and_names():
    reference = in_progress()
    answer = at_desk(town.CHEN_HUI).get("/supervision/cases.csv?unit=water")
    (row,) = csv.DictReader(StringIO(answer.content.decode("utf-8-sig")))
    assert row["reference"] == reference
    assert (row["unit"], row["holder"], row["state"]) == ("water", "water-duty", "in_progress")
    assert "No water" not in answer.content.decode()


def test_the_number_of_queries_does_not_grow():
    client = at_desk(town.CHEN_HUI)
    in_progress()
    paths = (PAGE, CASES, "/supervision/proposals/", "/desk/long-standing/")
    counted: list[list[int]] = []
    proposed()
    for _ in range(2):
        row = []
        for path in paths:
            client.get(path)
            with CaptureQueriesContext(connection) as captured:
                client.get(path)
            row.append(len(captured))
        counted.append(row)
        in_progress(), disputed(), proposed(), proposed_to_decline()
    assert counted[0] == counted[1]


def test_the_pages_speak_chinese():
    proposed()
    page = page_of(town.CHEN_HUI, PAGE, "zh-hans")
    assert "各单位办理情况" in page
    assert "无进展" in page
    assert "申请办结" in page
