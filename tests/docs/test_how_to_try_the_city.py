"""The page that shows the demonstration city tells the truth about time in which nobody acts."""

import json
import re
import shlex
from collections.abc import Iterator

import pytest

from dandang import __version__
from dandang.demo import memory, planted
from dandang.demo.building import NOW, build
from dandang.demo.marker import City, forget, plantings_of, remember
from dandang.demo.plantings.planting import KINDS
from dandang.ledger.queries import follow, last_index
from dandang.lifecycle.replay import replay
from dandang.terms import ActorKind
from tests.architecture.tree import ROOT
from tests.interfaces.cli.calling import call

PAGE = (ROOT / "docs" / "how-to" / "try-the-city.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MANY = 10_000


@pytest.fixture
def city(fresh_database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Build a small city that can go on."""
    monkeypatch.setenv("DANDANG_DEMO", "1")
    built = build(language="en", cases=75)
    memory.save(fresh_database, NOW, built.player)
    planted.write(fresh_database, built, NOW)
    remember(fresh_database, City(__version__, "en", 7, 75, 75, 1, "", ""))
    yield
    forget(fresh_database)
    memory.forget(fresh_database)
    plantings_of(fresh_database).unlink()


def test_time_passes_in_which_nobody_acts_and_then_people_go_on(city: None) -> None:
    (block,) = BLOCK.findall(PAGE)
    passing, due, going_on = [shlex.split(line) for line in block.splitlines()]
    words = passing[passing.index("dandang") + 1 :]
    before = last_index()
    passed = call(*words, "--json")
    assert json.loads(passed.out)["fired"] > 50
    assert json.loads(passed.out)["aside"] == 0
    new = [event for _, event in follow(before, limit=MANY)]
    assert {event.actor.kind for event in new} == {ActorKind.SYSTEM}
    assert {"deadline_missed", "called_upon", "judgement_lapsed"} <= {event.type for event in new}
    assert "2026-1" in call(*due[due.index("dandang") + 1 :]).out

    before = last_index()
    answer = call(*going_on[1:], "--json")
    assert json.loads(answer.out)["now"] == "2026-12-02T01:00:00Z"
    done = [event for _, event in follow(before, limit=MANY)]
    assert {"accepted", "acted_on_call", "resolution_proposed"} <= {event.type for event in done}
    assert [event.occurred_at for event in done] == sorted(event.occurred_at for event in done)
    assert replay().differing == 0


def test_every_kind_of_planting_is_explained() -> None:
    assert re.findall(r"^\| `(\w+)` \| (?!1 \|)[^|]+ \|$", PAGE, re.MULTILINE)[
        -len(KINDS) :
    ] == list(KINDS)
