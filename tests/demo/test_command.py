"""The commands beside the demonstration: the next day, and what was planted."""

import json

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from dandang import __version__
from dandang.demo import memory, planted
from dandang.demo.building import NOW, build
from dandang.demo.marker import City, forget, plantings_of, remember, remembered
from dandang.demo.plantings.planting import KINDS
from dandang.demo.trying import to_try
from dandang.interfaces.cli.exits import Exit
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.states import State
from tests.interfaces.cli.calling import call


@pytest.fixture
def name(fresh_database: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DANDANG_DEMO", "1")
    return fresh_database


@pytest.mark.parametrize("command", ["advance", "plantings"])
def test_without_a_city_both_say_so(name: str, command: str) -> None:
    answer = call("demo", command, "--json")
    assert answer.code == Exit.CONFIGURATION
    assert json.loads(answer.out)["error"]["code"] == "no_city"


def test_a_day_passes_and_the_record_grows(name: str, settings: Settings) -> None:
    city = build(language="en", cases=60)
    tried = to_try(city.player.played.values())
    assert find(tried.reference).state.state is State.PROPOSED
    memory.save(name, NOW, city.player)
    planted.write(name, city, NOW)
    remember(name, City(__version__, "en", 7, 60, 60, 1, tried.reference, tried.access_code))
    before = json.loads(call("demo", "plantings").out)
    assert [one["kind"] for one in before["plantings"]] == list(KINDS)

    answer = call("demo", "advance", "--lang", "en")
    assert answer.code == Exit.OK
    assert answer.out.startswith("In the city it is 10:20 Fri 20 Nov;")
    assert json.loads(call("demo", "plantings", "--json").out)["now"] == "2026-11-20T02:20:00Z"
    known = remembered(name)
    assert known is not None
    assert known.events > 1

    settings.DEMO, settings.ROOT_URLCONF = True, "tests.demo.urls"
    form = {"at": "2026-11-20T10:20:00+08:00", "next": "//elsewhere.example/"}
    assert Client().post("/demo/advance/", form).headers["Location"] == "/"
    forget(name)
    memory.forget(name)
    plantings_of(name).unlink()
