"""What differs between two policies is said in words, whatever it is."""

import re

import pytest
from django.utils.translation import override

from dandang.interfaces.desk.setup.differing import Differing, _Named, differing
from dandang.policy import Policy, parse_policy, ready_policies, ready_policy
from dandang.policy.comparing import compare
from tests import town

CODE = re.compile(r"[a-z]+_[a-z_]+|\b(total|calls|reminds|urgent_|true|false)\b")
OLD = town.policy()


def changed(*pairs: tuple[str, str]) -> Policy:
    text = OLD.text
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after, 1)
    return parse_policy(text, "changed.toml")


@pytest.mark.parametrize("policy", ready_policies())
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_place_and_value_of_a_policy_has_words(policy: str, language: str) -> None:
    one = ready_policy(policy)
    with override(language):
        named = _Named(one)
        for change in compare("", one.text):
            if change.path[0] == "sources" or change.path[-1] in {"code", "name"}:
                continue
            what = named.what(change.path)
            assert not CODE.search(what), (change.place, what)
            if language != "en" and not change.path[-1].endswith("_en"):
                value = named.value(change.path, change.after)
                assert not re.search(r"[a-z]{4}", value), (change.place, value)


def test_what_differs_is_named_in_the_language_of_the_reader() -> None:
    ordinary = '[classes.ordinary.clocks]\ntotal = "5 working days"'
    new = changed(
        (ordinary, ordinary.replace("5 working", "7 working")),
        ('reminds = ["officer", "unit_head"]', 'reminds = ["supervision"]'),
        ("max_questions = 2", "max_questions = 3"),
        ("surge_calls_duty = true", "surge_calls_duty = false"),
        ('[missed]\ndispatch = "unit_head"', '[missed]\ndispatch = "leader"'),
        ("version = 1\n", "version = 2\n"),
    )
    with override("en"):
        found = differing(OLD, new)
        total, reminder = (
            next(one for one in found if one.place == place)
            for place in ("classes.ordinary.clocks.total", "ladders.overdue.steps.reminder.reminds")
        )
        assert total == Differing(
            "Class: Ordinary · finish",
            "5 working days",
            "7 working days",
            "classes.ordinary.clocks.total",
        )
        assert reminder.what == "Ladder: Overdue · Reminder, the next working day · who is reminded"
        before = "the officer in the post; the head of the unit"
        assert (reminder.before, reminder.after) == (before, "supervision")
        assert ("Version", "1", "2") in [(one.what, one.before, one.after) for one in found]
    with override("zh-hans"):
        said = {one.what: (one.before, one.after) for one in differing(OLD, new)}
        assert said["等级：一般 · 全部办结"] == ("5个工作日", "7个工作日")
        assert said["全部事项的监测 · 集中来件时联系值班岗位"] == ("是", "否")


def test_what_is_gone_has_the_name_it_had() -> None:
    category = next(code for code, one in OLD.categories.items() if one.parent)
    start = OLD.text.index(f"[categories.{category}]")
    end = OLD.text.index("[categories.", start + 1)
    new = parse_policy(OLD.text[:start] + OLD.text[end:], "shorter.toml")
    with override("en"):
        gone = next(one for one in differing(OLD, new) if one.place.endswith(".name_en"))
    assert OLD.categories[category].name_en in gone.what
    assert gone.after == ""
