"""Similar matters: rare words in common first, what is near counts, common words say nothing."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from dandang.publication.cases.queries import similar, unshown_number
from dandang.publication.cases.similarity import (
    Candidate,
    Near,
    rarest,
    score,
    telling,
    weigh,
)
from tests import town
from tests.publication.cases.world import REQUESTER, agreed, does, follows, published

AT = datetime(2026, 10, 12, tzinfo=UTC)
COUNTS = st.dictionaries(st.text("停水电路灯", min_size=2, max_size=2), st.integers(1, 900))


def test_single_characters_tell_nothing_and_a_token_counts_once():
    assert telling("停水停水 ATM atm 路") == ["停水", "水停", "atm"]


@given(COUNTS)
def test_rarer_tokens_tell_more(frequencies):
    weights = weigh(frequencies, frequencies)
    for one, cases in frequencies.items():
        for other, more in frequencies.items():
            assert cases >= more or weights[one] > weights[other]


@given(COUNTS)
def test_the_rarest_tokens_stand_in_a_bounded_number_of_cases(frequencies):
    found = rarest(frequencies)
    assert sum(frequencies[token] for token in found) <= 300
    most = max((frequencies[token] for token in found), default=0)
    left = frequencies.keys() - set(found)
    assert all(frequencies[token] >= most for token in left)


def test_what_is_near_counts_more():
    weights = {"停水": 2.0, "水管": 2.0}
    far = Candidate(1, "qingshan", "noise", AT, 40, ["停水"])
    near = Candidate(2, "hudong", "water_supply", AT, 40, ["停水"])
    here = Near(("hudong",), ("water_supply",))
    assert score(near, weights, here) > score(far, weights, here) > 0
    nothing_said = (
        Candidate(one.case_id, one.area, one.category, AT, 40, []) for one in (far, near)
    )
    assert [score(one, {}, here) > 0 for one in nothing_said] == [False, True]


@pytest.fixture
def jiangcheng(db):
    town.build()


def titles(text: str, **near: str) -> list[str]:
    return [one.title for one in similar(text, **near)]


def test_the_same_matter_is_found_first_and_other_matters_are_not(jiangcheng):
    published(title="丽发小区搅拌站", shown="丽发小区旁边的搅拌站夜里粉尘大，无法呼吸")
    published(title="路灯", shown="青山路的路灯不亮，晚上看不见")
    follows()
    assert titles("丽发小区附近建了搅拌站，粉尘很大") == ["丽发小区搅拌站"]
    assert titles("孩子上学的公交车太少") == []


def test_only_open_and_published_matters_are_suggested(jiangcheng):
    published(title="停水一", shown="湖滨路停水已经三天了")
    ended = published(title="停水二", shown="湖滨路停水已经三天了")
    does("withdraw", ended, REQUESTER)
    taken_back = published(title="停水三", shown="湖滨路停水已经三天了")
    agreed(title="停水四", text="湖滨路停水已经三天了")
    follows()
    does("allow-publishing", taken_back, REQUESTER, allowed="no")
    assert titles("湖滨路停水已经三天了") == ["停水一"]


def test_without_words_it_is_what_is_newest_nearby(jiangcheng):
    published(title="近处")
    published(title="远处", area="qingshan")
    follows()
    assert titles("", area="hudong") == ["近处"]
    assert titles("", area="hudong", category="water_supply") == ["近处"]
    assert titles("", area="nowhere", category="nothing") == []
    assert titles("") == []


def test_no_more_than_asked_for_and_always_the_same_number_of_queries(jiangcheng):
    for number in range(8):
        published(title=f"停水{number}", shown=f"湖滨路停水已经三天了，第{number}栋")
    follows()
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert len(similar("湖滨路停水已经三天了", limit=3)) == 3
    with CaptureQueriesContext(connection) as many:
        assert len(similar("湖滨路停水已经三天了", area="hudong", limit=8)) == 8
    asked = [one for one in many if "publication" in one["sql"]]
    assert len(asked) == len([one for one in few if "publication" in one["sql"]]) == 3


def test_of_what_is_not_shown_only_the_number_is_told(jiangcheng):
    published()
    agreed()
    agreed(may_publish=False)
    agreed(area="qingshan", may_publish=False)
    withdrawn = agreed()
    does("withdraw", withdrawn, REQUESTER)
    assert unshown_number("hudong", "water_supply") == 2
    assert unshown_number("", "water_supply") == 3
    assert unshown_number("", "") == 0
