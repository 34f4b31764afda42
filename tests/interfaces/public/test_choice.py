"""What is asked for stands in the address, and is read from it again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.interfaces.public.choice import Choice, Known, read
from dandang.publication.figures.shapes import ALL, WHOLE_TIME, Dimension, Period, Slice
from tests import town


@pytest.fixture(scope="module")
def known() -> Known:
    return Known(town.directory(), town.policy())


def test_nothing_asked_for_is_everything(known):
    assert read({}, known) == Choice(ALL, WHOLE_TIME)
    assert Choice().query == ""


@pytest.mark.parametrize(
    ("query", "choice"),
    [
        ({"of": "unit:water"}, Choice(Slice(Dimension.UNIT, "water"))),
        ({"of": "area:"}, Choice(Slice(Dimension.AREA, ""))),
        ({"period": "2026"}, Choice(period=Period.year(date(2026, 5, 5)))),
        ({"period": "2026-11"}, Choice(period=Period.month(date(2026, 11, 30)))),
    ],
)
def test_an_address_asks_for_a_slice_and_a_period(query, choice, known):
    assert read(query, known) == choice


@pytest.mark.parametrize(
    "query",
    [
        {"of": "unit:nobody"},
        {"of": "water"},
        {"of": "all:"},
        {"of": "unit"},
        {"period": "2026-13"},
        {"period": "0000"},
        {"period": "２０２６"},
        {"period": "last year"},
        {"period": "2026-1"},
    ],
)
def test_an_address_that_asks_for_what_there_is_not_is_noticed(query, known):
    assert read(query, known) is None


@given(st.data())
def test_every_choice_comes_back_from_its_address(data):
    known = Known(town.directory(), town.policy())
    from urllib.parse import parse_qsl  # noqa: PLC0415 only here

    dimension = data.draw(st.sampled_from([Dimension.AREA, Dimension.CATEGORY, Dimension.UNIT]))
    code = data.draw(st.sampled_from(["", *known.entries(dimension)]))
    day = data.draw(st.dates(date(1000, 1, 1)))
    period = data.draw(st.sampled_from([WHOLE_TIME, Period.year(day), Period.month(day)]))
    choice = Choice(Slice(dimension, code), period)
    assert read(dict(parse_qsl(choice.query.lstrip("?"))), known) == choice
