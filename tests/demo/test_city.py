"""The demonstration city is lively, and true: all of it went through the real actions."""

from collections import Counter

import pytest

from dandang.demo.building import NOW, build
from dandang.demo.script import Script, write
from dandang.lifecycle.casework.queries import Wanted, counted, find
from dandang.lifecycle.replay import replay
from dandang.lifecycle.states import State
from dandang.organization.queries import frozen_time

EXPECTED = {
    State.RECEIVED,
    State.ASSIGNED,
    State.IN_PROGRESS,
    State.WAITING_REQUESTER,
    State.PROPOSED,
    State.DISPUTED,
    State.SOLVED,
    State.PARTLY_SOLVED,
    State.UNANSWERED,
    State.EXPLAINED,
    State.DECLINED,
    State.WITHDRAWN,
}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_city_shows_every_state_and_its_ledger_gives_every_row_back(language: str) -> None:
    played = build(language=language)
    assert len(played) == 60
    states = Counter(find(one.reference).state.state for one in played)
    assert set(states) >= EXPECTED
    assert counted(Wanted(overdue_at=NOW)) > 3
    assert frozen_time() == NOW
    result = replay()
    assert (result.cases, result.differing) == (60, 0)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_seed_writes_the_same_script_and_another_one_another(language: str) -> None:
    def script(seed: int) -> Script:
        return write(cases=60, seed=seed, now=NOW, language=language, urgent=frozenset())

    assert script(7) == script(7)
    assert script(7) != script(8)
    assert all(story.sent_at < NOW for story in script(7).stories)
