"""Every figure can be taken away, with the same numbers as on the page, and kept for a minute."""

import csv
import json
import re
from io import StringIO
from pathlib import Path

import pytest

from dandang.interfaces.public.data import FIGURES
from tests import town
from tests.interfaces.public.looking import counted, judged, page, sent
from tests.interfaces.stories import browser, city
from tests.publication.city import later

REFERENCE = Path(__file__).parents[3] / "docs/reference/public-figures.md"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table."""
    text = page(f"/open/{name}").content.decode().removeprefix("\ufeff")
    return list(csv.DictReader(StringIO(text)))


def values(name: str) -> dict:
    """Return what a figure is in JSON."""
    return json.loads(page(f"/open/{name}").content)


@pytest.mark.parametrize("name", FIGURES)
def test_csv_and_json_say_the_same(name):
    judged(12, "solved")
    sent(12)
    counted(later(days=8))
    table, found = rows(f"{name}.csv"), values(f"{name}.json")
    assert found["figure"] == name
    assert found["definitions"] == 1
    assert found["fields"] == list(FIGURES[name].fields)
    assert len(table) == len(found["rows"])
    for line, row in zip(table, found["rows"], strict=True):
        assert tuple(line) == (*FIGURES[name].fields, "at", "definitions")
        assert tuple(row) == FIGURES[name].fields
        for field, value in row.items():
            assert line[field] == ("" if value is None else str(value))
        assert (line["at"], line["definitions"]) == (found["at"], "1")


def test_a_table_has_the_numbers_of_the_page():
    sent(12)
    sent(15, category="city_appearance")
    counted()
    units = {row["code"]: row for row in rows("units.csv")}
    assert units["water"]["received"] == "12"
    assert units["cityman"]["received"] == "15"
    assert units["water"]["name_zh"] == "水务局"
    counts = {row["count"]: row["cases"] for row in values("counts.json")["rows"]}
    assert (counts["received"], counts["open"], counts["ended"]) == (27, 27, 0)


def test_a_table_is_of_the_same_choice_as_its_page():
    sent(12)
    sent(15, category="city_appearance")
    counted()
    found = values("counts.json?of=unit:water&period=2026-10")
    assert (found["of"], found["period"]) == ("unit:water", "2026-10")
    assert found["rows"][0] == {"count": "received", "cases": 12}
    assert values("months.json?of=unit:water&period=2026")["period"] is None


def test_what_is_not_shown_is_empty():
    sent(3)
    counted()
    assert rows("counts.csv")[0]["cases"] == ""
    assert values("counts.json")["rows"][0]["cases"] is None


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_table_may_be_kept_for_a_minute_because_it_is_the_same_for_everybody(name, kind):
    answer = page(f"/open/{name}.{kind}")
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert not answer.cookies
    other = page(f"/open/{name}.{kind}", "zh-CN")
    assert other.content == answer.content


@pytest.mark.parametrize("path", ["/", "/open/", "/open/units/", "/open/method/"])
def test_a_page_is_not_kept_because_its_language_form_is_for_one_reader(path):
    answer = page(path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "csrfmiddlewaretoken" in answer.content.decode()


@pytest.mark.parametrize("path", ["/open/nothing.csv", "/open/nothing.json", "/open/rates.txt"])
def test_a_figure_that_there_is_not_is_not_found(path):
    assert page(path).status_code == 404


def test_a_file_has_the_name_of_its_figure():
    answer = browser().get("/open/rates.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="rates.csv"'
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_figures_before_the_set_up_say_so():
    from dandang.organization.models import OrganizationVersion  # noqa: PLC0415 only here

    OrganizationVersion.objects.all().delete()
    assert page("/open/rates.csv").status_code == 503


def test_the_reference_describes_every_figure_and_every_field():
    text = REFERENCE.read_text(encoding="utf-8")
    of_rate = {"part", "whole", "percent", "silent", "asked", "silent_percent"}
    for name, figure in FIGURES.items():
        assert f"`{name}`" in text
        for field in figure.fields:
            short = re.sub("^(response|resolution|satisfaction)_", "", field)
            assert f"`{short if short in of_rate else field}`" in text, (name, field)
    for count in [row["count"] for row in values("counts.json")["rows"]]:
        assert f"`{count}`" in text


def test_nothing_private_is_in_any_table():
    sent(12, at=town.MONDAY, location="3 Hubin Road")
    counted()
    for name in FIGURES:
        text = page(f"/open/{name}.json").content.decode()
        for private in ("13900000000", "No water", "Hubin", "Li Na", "water-duty"):
            assert private not in text, name
