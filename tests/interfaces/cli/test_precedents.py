"""Precedents on the command line: found by what they were about, in both shapes."""

from dataclasses import asdict, replace

import pytest

from dandang.interfaces.cli import precedent_views
from dandang.interfaces.cli.exits import Exit
from dandang.lifecycle.casework.models import Case, Precedent
from tests import town
from tests.interfaces.cli.calling import call
from tests.lifecycle.disputes import decided, decision


@pytest.fixture(autouse=True)
def city(db):
    town.build()


def listed(*words: str) -> list[dict]:
    called = call("precedents", "list", "--json", *words)
    assert called.code == Exit.OK
    return called.records


def test_a_decision_is_one_object_with_stable_keys():
    reference = decided()
    assert listed() == [
        {
            "reference": reference,
            "decided_at": "2026-10-12T03:00:00Z",
            "category": "water_supply",
            "area": "hudong",
            "reason": "not_our_duty",
            "ground": "by_holder",
            "from_unit": "water",
            "wanted_unit": "housing",
            "to_unit": "housing",
            "to_post": "housing-duty",
            "basis": "Property rules, article 9",
        }
    ]


def test_the_reasons_in_words_are_shown_only_when_asked_for():
    decided()
    (record,) = listed("--reveal")
    assert record["text"] == "Behind the meter the house is responsible"
    for words, shown in (((), False), (("--reveal",), True)):
        called = call("precedents", "list", *words)
        assert ("Behind the meter" in called.out) == shown
        assert "Property rules, article 9" in called.out


def test_people_read_a_table_in_their_language():
    decided()
    english = call("precedents", "list").out.splitlines()
    assert english[0].split("  ")[0] == "Decided"
    assert english[2].startswith("2026-10-12 11:00")
    for words in ("Water supply", "Hudong", "Not our duty", "Housing bureau · Duty desk"):
        assert words in english[2]
    assert "住建局" in call("precedents", "list", "--lang", "zh").out


@pytest.mark.parametrize(
    ("words", "number"),
    [
        (("--category", "utilities"), 1),
        (("--category", "lifts"), 0),
        (("--category", "nonsense"), 0),
        (("--area", "city"), 1),
        (("--area", "qingshan"), 0),
        (("--reason", "not_our_duty"), 1),
        (("--reason", "other_area"), 0),
        (("--unit", "water"), 1),
        (("--unit", "labour"), 0),
        (("--text", "RULES article"), 1),
        (("--text", "rules 10"), 0),
    ],
)
def test_decisions_are_found_by_what_they_were_about(words, number):
    decided()
    assert len(listed(*words)) == number


def test_nothing_found_is_said_beside_the_result():
    called = call("precedents", "list")
    assert (called.code, called.out) == (Exit.OK, "")
    assert "No decision was found." in called.err


def test_the_list_is_paged_whatever_the_limit(monkeypatch):
    monkeypatch.setattr(precedent_views, "PAGE", 2)
    decided()
    case = Case.objects.get()
    Precedent.objects.bulk_create(
        Precedent(case=case, **asdict(replace(decision(), event_id=10**6 + n, basis=str(n))))
        for n in range(4)
    )
    for limit, number in ((1, 1), (4, 4), (5, 5), (50, 5)):
        found = [one["basis"] for one in listed("--limit", str(limit))]
        assert len(found) == len(set(found)) == number
    assert found[0] == "Property rules, article 9"
