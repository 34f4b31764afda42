"""Why cases stood still: how many in which unit, each number with its cases, nobody named."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dandang.interfaces.desk.supervision import stalls
from tests import town
from tests.interfaces.desk.examples import standing_still, support_asked
from tests.interfaces.desk.gone_up import page_of, rows_of
from tests.interfaces.desk.office import at_desk
from tests.interfaces.stories import city, clock, later, officer, words_of

pytestmark = pytest.mark.django_db

PAGE = "/supervision/stalls/"
CASES = "/supervision/stalls/cases/"


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def numbers(code: str, path: str = PAGE) -> dict[str, list[int]]:
    return {row.unit: [one.number for one in row.numbers] for row in rows_of(code, path)}


def leads_to_its_cases(code: str, path: str = PAGE) -> int:
    """Follow every number to its cases; return how many there are."""
    client = at_desk(code)
    context = client.get(path).context
    shown = [*context["totals"], *(one for row in context["rows"] for one in row.numbers)]
    for number in shown:
        assert bool(number.path) == bool(number.number)
        if number.path:
            page = client.get(number.path)
            assert len(page.context["rows"]) == page.context["count"] == number.number
    return context["totals"][0].number


def test_every_number_leads_to_its_cases_and_names_no_officer():
    first, second = support_asked(), standing_still()
    why = {"obstacle": "no_means", "text": "No meter for the noise"}
    officer("explain-stall", second, town.WANG_QIANG, at=clock.now(), **why)
    officer("note", second, town.WANG_QIANG, text="Asked around")
    counted = numbers(town.CHEN_HUI)
    *_, unit = counted
    assert set(map(tuple, counted.values())) == {(2, 0, 0, 1, 0, 0, 1, 0)}, "it and those above"
    assert leads_to_its_cases(town.CHEN_HUI) == 2
    page = page_of(town.CHEN_HUI, CASES)
    assert page.index(second) < page.index(first), "the last one said in front"
    assert "Money, people or equipment are missing " + unit in page
    assert "Wang Qiang" not in page + page_of(town.CHEN_HUI, PAGE)
    assert "No meter for the noise" not in page
    officer("declare-conflict", second, town.CHEN_HUI, text="My neighbour")
    assert leads_to_its_cases(town.CHEN_HUI) == 1, "what is closed is not counted"
    assert leads_to_its_cases(town.SUN_TAO) == 0, "the head of another unit"
    assert leads_to_its_cases(town.MA_LIN) == 2
    assert at_desk(town.LI_NA).get(PAGE).status_code == 403
    later(days=120)
    assert leads_to_its_cases(town.MA_LIN) == 0
    assert leads_to_its_cases(town.MA_LIN, f"{PAGE}?days=180") == 2


def test_the_cases_come_fifty_at_a_time_with_a_steady_number_of_queries(monkeypatch):
    references = [support_asked() for _ in range(2)]
    client = at_desk(town.CHEN_HUI)
    client.get(CASES)
    with CaptureQueriesContext(connection) as two:
        client.get(CASES)
    monkeypatch.setattr(stalls, "PAGE", 1)
    with CaptureQueriesContext(connection) as one:
        first = client.get(CASES)
    assert len(one) == len(two)
    rest = client.get(f"{CASES}?{first.context['next']}")
    shown = [row.case.reference for page in (first, rest) for row in page.context["rows"]]
    assert shown == references[::-1]
    assert "First page" in words_of(rest)
