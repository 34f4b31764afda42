"""What kind of matter somebody's words point to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.routing.suggesting import suggest_category
from tests import town


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("停水了，整栋楼都没有水。", "water_supply"),
        ("No water since this morning", "water_supply"),
        ("工地半夜施工噪声，睡不着", "noise_building_night"),
        ("Building noise every night until two o'clock", "noise_building_night"),
        ("老板拖欠工资三个月", "unpaid_wages"),
        ("路灯坏了", "street_lighting"),
        ("垃圾没人收", "rubbish_and_sanitation"),
        ("RUBBISH is not collected", "rubbish_and_sanitation"),
    ],
)
def test_plain_words_point_to_the_category_that_is_called_by_them(text, category):
    assert suggest_category(town.policy(), text) == category


@pytest.mark.parametrize("text", ["", "!?", "水", "村里的事情有点复杂", "Still the same"])
def test_words_that_point_nowhere_suggest_nothing(text):
    assert suggest_category(town.policy(), text) == ""


def test_two_that_fit_equally_well_suggest_neither():
    assert suggest_category(town.policy(), "路灯") == "street_lighting"
    assert suggest_category(town.policy(), "路灯 电梯") == ""


@given(st.text(max_size=200))
def test_whatever_is_written_the_suggestion_can_be_chosen(text):
    assert suggest_category(town.policy(), text) in {"", *town.policy().categories}
