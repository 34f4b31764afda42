"""The reference names every key, every word and every problem; the how-to works as written."""

import re
import tomllib
from pathlib import Path

import pytest

from dandang.policy import parse_policy, ready_policy, vocabulary
from dandang.policy.reading import read_parts
from dandang.policy.report import Report
from dandang.policy.table import Table
from dandang.terms import Code
from dandang.terms.toml import read_toml

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "docs/reference/policy.md").read_text(encoding="utf-8")
HOW_TO = (ROOT / "docs/how-to/change-a-deadline.md").read_text(encoding="utf-8")
KEYS, PROBLEMS = REFERENCE.split("## Problems")


def first_cells(text):
    """Return what stands in backquotes in the first column of the tables."""
    rows = re.findall(r"^\| (`[^|]+) \|", text, re.MULTILINE)
    return {code for row in rows for code in re.findall("`([^`]+)`", row)}


def known_keys():
    content, lines = read_toml(ready_policy("cn-county").text, "cn-county.toml")
    report = Report("cn-county.toml", lines)
    read_parts(Table(content, (), report))
    return report.keys()


def test_every_key_is_documented_and_no_other():
    spans = {"15 min", "24 h", "4 working hours", "2 working days", "30 days"}
    assert first_cells(KEYS) - spans == known_keys()


def test_every_problem_is_documented_and_no_other():
    package = ROOT / "src/dandang"
    files = [*(package / "policy").glob("*.py"), package / "terms/toml.py"]
    source = "".join(path.read_text(encoding="utf-8") for path in files)
    used = set(re.findall(r'(?:add|Problem)\(\s*"(\w+)"', source))
    of_texts = {Code.FIELD_REQUIRED, Code.TEXT_TOO_LONG, Code.TEXT_UNUSABLE}
    assert first_cells(PROBLEMS) == used | {code.value for code in of_texts}


@pytest.mark.parametrize(
    "name", ["ReasonVerb", "CallTarget", "CallAnswer", "LadderStart", "Colour"]
)
def test_every_word_of_the_closed_lists_is_documented(name):
    for word in getattr(vocabulary, name):
        assert f"`{word.value}`" in REFERENCE


def test_the_statuses_of_sources_are_documented():
    for word in vocabulary.SourceStatus:
        assert f"`{word.value}`" in REFERENCE


def test_the_ends_that_may_be_forbidden_are_documented():
    (row,) = re.findall(r"^\| `categories\.\*\.ends_forbidden` .*$", REFERENCE, re.MULTILINE)
    assert set(re.findall("`([a-z_]+)`", row)) == {end.value for end in vocabulary.FORBIDDABLE_ENDS}


def test_the_clocks_that_are_needed_are_documented():
    (sentence,) = re.findall(r"`total`,\n.*? are needed", REFERENCE, re.DOTALL)
    assert set(re.findall("`(.+?)`", sentence)) == {
        clock.value for clock in vocabulary.REQUIRED_CLOCKS
    }


def test_following_the_how_to_gives_a_new_valid_policy():
    blocks = re.findall(r"```toml\n(.+?)```", HOW_TO, re.DOTALL)
    name, before, after, source, version, step_before, step_after = blocks
    text = ready_policy("cn-county").text
    for old, new in (
        ('name = "cn-county"\n', name),
        (before, after),
        ('"classes.ordinary.clocks.total", ', ""),
        ("version = 1\n", version),
        (step_before, step_after),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    policy = parse_policy(f"{text}\n{source}", "our-county.toml")
    assert (policy.name, policy.version) == ("our-county", 2)
    assert str(policy.classes["ordinary"].clocks[vocabulary.ClockName.TOTAL]) == "7 working days"
    (orange,) = [step for step in policy.ladders["overdue"].steps if step.code == "orange"]
    assert (str(orange.after), str(orange.within)) == ("2 working days", "4 working hours")
    assert tomllib.loads(policy.text)["sources"]["finish"]["backs"]
    assert policy.hash != ready_policy("cn-county").hash


def test_the_figures_of_the_watch_can_be_changed_as_the_how_to_says():
    how_to = (ROOT / "docs/how-to/watch-over-all-cases.md").read_text(encoding="utf-8")
    (table,) = re.findall(r"```toml\n(.+?)```", how_to, re.DOTALL)
    text = ready_policy("cn-county").text
    before, rest = text.split("[watch]\n", 1)
    after = rest[rest.index("[sources.watch]") :]
    watch = parse_policy(f"{before}{table}\n{after}", "our-county.toml").watch
    assert (watch.starving_share, watch.starving_least) == (80, 10)
    assert str(watch.roster_ahead) == "14 days"
