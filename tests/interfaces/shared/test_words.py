"""Whatever a rule, a verb, an event or a file reader can say has words in both languages."""

import ast
import dataclasses
import re
import string
from pathlib import Path

import pytest
from django.utils.translation import override

from dandang.interfaces.shared.words import cases, events, fields, findings, problems, verbs
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.refusals import REFUSALS, refusal, refusal_words
from dandang.lifecycle.event_types import EVENT_TYPES
from dandang.lifecycle.intake.rules import CHANNELS, KINDS
from dandang.lifecycle.routing.rules import Why
from dandang.lifecycle.states import Outcome, State, Turn, Verdict
from dandang.lifecycle.verbs import VERBS, Kind
from dandang.organization.checks import Finding, FindingKind
from dandang.policy import ClockName
from dandang.terms import Code, Problem, Refusal
from tests import town

SOURCE = Path(problems.__file__).resolve().parents[3]
LANGUAGES = ("en", "zh-hans")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# What the readers of files call with a problem's code as their first or second argument.
NOTERS = {"Problem", "add", "_add", "problem", "_BadCell", "_at", "_wrong", "BadRow", "Broken"}


def names() -> Names:
    return Names(town.directory(), town.policy())


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (cases.STATES, State),
        (cases.TURNS, Turn),
        (cases.TURNS_TO_REQUESTER, Turn),
        (cases.CLOCKS, ClockName),
        (cases.CLOCK_PURPOSES, ClockName),
        (cases.OUTCOMES, Outcome),
        (cases.VERDICTS, Verdict),
        (cases.ROUTING, Why),
        (cases.CHANNELS, CHANNELS),
        (cases.KINDS, KINDS),
        (REFUSALS, Code),
        (findings.FINDINGS, FindingKind),
        (events.EVENTS, EVENT_TYPES),
        (verbs.VERB_WORDS, VERBS),
    ],
)
def test_every_code_has_words_and_no_words_are_left_over(words, codes):
    assert set(words) == set(codes)


@pytest.mark.parametrize("verb", VERBS.values(), ids=list(VERBS))
def test_every_field_of_a_verb_has_a_label_and_every_choice_words(verb):
    for one in verb.fields:
        assert fields.field(one.name, verb.name) != one.name
        if one.kind is Kind.CHOICE:
            for value in one.choices:
                with override("zh-hans"):
                    assert CHINESE.search(fields.choice(one.name, value))


def all_tables():
    for module in (cases, events, fields, findings, problems):
        for name, table in vars(module).items():
            if (
                name.strip("_").isupper()
                and name not in {"_CODES", "_DETAILS"}
                and hasattr(table, "items")
                and name != "CHOICES"
            ):
                yield from ((f"{name}.{code}", words) for code, words in table.items())
    yield from ((f"REFUSALS.{code}", words) for code, words in REFUSALS.items())
    for verb, words in verbs.VERB_WORDS.items():
        yield from ((f"{verb}.{part}", getattr(words, part)) for part in ("name", "submit", "hint"))


def test_chinese_readers_read_chinese_and_english_readers_english():
    for where, words in all_tables():
        with override("zh-hans"):
            assert not str(words) or CHINESE.search(str(words)), where
        with override("en"):
            assert not CHINESE.search(str(words)), where


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", Code)
def test_a_refusal_can_be_said_whatever_its_details_are(code, language):
    details = {"field": "title", "limit": 3, "state": "proposed", "verb": "hand-over"}
    with override(language):
        assert "%(" not in refusal(Refusal(code, **details))
        assert "%(" not in refusal(Refusal(code))


def test_a_refusal_says_codes_in_words():
    refused = Refusal(Code.WRONG_STATE, state="proposed", verb="accept")
    with override("en"):
        assert refusal(refused) == "This cannot be done now: the case is “closing proposed”."
    with override("zh-hans"):
        assert refusal(refused) == "现在不能这样做：工单状态为“已申请办结”。"


def test_a_refusal_of_a_field_names_it_first():
    with override("en"):
        words = refusal_words(Code.TEXT_TOO_LONG, {"field": "basis", "limit": 300})
        assert words == "Basis (rule or duty list): At most 300 characters, please shorten it."


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("event_type", EVENT_TYPES.items(), ids=list(EVENT_TYPES))
def test_every_event_has_a_line_that_its_own_fields_fill(event_type, language):
    name, kind = event_type
    own = {one.name for one in dataclasses.fields(kind)} - kind.personal
    needed = set(re.findall(r"%\((\w+)\)s", str(events.EVENTS[name])))
    assert needed <= own
    with override(language):
        assert "%(" not in events.event_line(name, {}, names())


def test_a_line_names_units_and_posts_in_the_reader_s_language():
    moved = {"from_unit": "water", "to_unit": "housing", "to_post": "housing-duty"}
    with override("en"):
        line = events.event_line("handed_over", moved, names())
        assert line == "Handed over from Water bureau to Housing bureau, Duty desk"
    with override("zh-hans"):
        assert events.event_line("handed_over", moved, names()) == "由水务局转办给住建局值班岗"


def test_a_line_turns_the_codes_of_an_event_into_words():
    with override("en"):
        said = {"to_unit": "water", "cause": "judged_no"}
        line = events.event_line("reopened", said, names())
        assert line == "Taken up again by Water bureau: the requester says it is not solved"
        called = {"called_post": "water-head", "step": "accept", "due_at": "2026-10-12T05:00:00Z"}
        assert events.event_line("called_upon", called, names()) == (
            "Water bureau · Head of bureau was called to act by 2026-10-12 13:00: "
            "the time is up: accept"
        )
        changed = events.event_line("category_changed", {"to_category": "water_supply"}, names())
        assert changed == "Category corrected: Water supply"


def test_a_decision_was_set_and_not_received():
    opened = {"kind": "decision", "channel": "letter", "to_unit": "hotline"}
    with override("en"):
        line = events.event_line("case_opened", opened, names())
    assert line == "Decision set; Hotline centre holds it"


def test_an_event_of_a_later_version_stands_for_itself():
    assert events.event_line("teleported", {}, names()) == "teleported"


def test_codes_that_are_gone_stand_for_themselves():
    known = names()
    assert known.unit("atlantis") == known.post("atlantis") == "atlantis"
    assert known.post_with_unit("atlantis") == known.category("atlantis") == "atlantis"
    assert known.area("atlantis") == known.officer("atlantis") == "atlantis"
    assert known.reason("atlantis") == known.case_class("atlantis") == "atlantis"
    assert known.area(None) == ""


def test_names_are_those_of_the_reader_s_language():
    known = names()
    with override("en"):
        assert known.post_with_unit("water-duty") == "Water bureau · Duty desk"
        assert known.category(None) == "no category yet"
        assert (known.officer(town.LI_NA), known.area("hudong")) == ("Li Na", "Hudong")
    with override("zh-hans"):
        assert known.post_with_unit("water-duty") == "水务局 · 值班岗"
        assert (known.officer(town.LI_NA), known.case_class("ordinary")) == ("李娜", "一般")


def problem_codes() -> set[str]:
    """Return every string that is handed to a noter of problems in the readers of files."""
    found = set()
    folders = ("terms", "policy", "organization", "workdays", "lifecycle/intake/importing")
    folders += ("notifications/sms",)
    for path in (path for folder in folders for path in sorted((SOURCE / folder).rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called in NOTERS:
                literals = [
                    one.value
                    for argument in node.args[:2]
                    for one in ast.walk(argument)
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                ]
                found.update(one for one in literals if "_" in one or one in problems.PROBLEMS)
    return found


def test_every_problem_in_a_file_has_words():
    columns = {"starts_at", "ends_at", "supervised_by", "when_happening_now", "legal_route"}
    not_codes = columns | {"judgement_reminder", "ends_forbidden", "default_class", "time_zone"}
    not_codes |= {"unknown_"}  # of areas and categories of a map
    not_codes |= {"timeout_seconds", "secret_from"}
    assert {"overlap", "loop", "missing_key", "bad_span"} <= problem_codes()
    assert problem_codes() - not_codes - set(problems.PROBLEMS) == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", problems.PROBLEMS)
def test_a_problem_can_be_said_with_and_without_its_values(code, language):
    with override(language):
        assert "%(" not in problems.problem(Problem(code))
        assert "%(" not in problems.problem(Problem(code, "duties.csv", 3, {"key": "unit"}))


def test_a_problem_says_where_it_is_and_what_else_is_known():
    twice = Problem("overlap", "duties.csv", 5, {"other_source": "posts.csv", "other_line": 2})
    wrong = Problem("wrong_encoding", "rows.csv", 1, {"encoding": "GB18030"})
    broken = Problem("toml_syntax", "notice.toml", 1, {"reason": "Expected '='"})
    folder = Problem("folder_unreadable", "city", 0, {"reason": "No such file or directory"})
    with override("en"):
        assert problems.problem(twice) == (
            "duties.csv, line 5: This covers the same time as another entry. See posts.csv, line 2."
        )
        assert problems.problem(wrong).endswith("Save it as UTF-8. It seems to be GB18030.")
        assert problems.problem(broken).endswith("This is not valid TOML. (Expected '=')")
        assert problems.problem(folder) == (
            "city: The folder cannot be read. (No such file or directory)"
        )
    with override("zh-hans"):
        assert problems.problem(twice) == "duties.csv第5行：与另一条时间重叠。见posts.csv第2行。"


def test_a_problem_of_a_later_version_stands_for_itself():
    with override("en"):
        words = problems.problem(Problem("moon_phase", "a.toml", 2, {"key": "x"}))
        assert words == "a.toml, line 2: moon_phase key=x"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", FindingKind)
def test_a_finding_can_be_said_with_and_without_its_details(kind, language):
    full = Finding(
        kind,
        "water_supply",
        "hudong",
        ("water", "housing"),
        ("water-duty",),
        town.MONDAY,
        town.MONDAY,
    )
    with override(language):
        for found in (full, Finding(kind)):
            line = findings.finding(found, names())
            assert "%(" not in line
            assert line.strip(string.punctuation)


def test_a_finding_names_places_people_know():
    found = Finding(FindingKind.GAP, "water_supply", "hudong")
    with override("zh-hans"):
        assert findings.finding(found, names()) == (
            "湖东街道的“供水”没有牵头单位：由兜底岗位负责。"
        )
    with override("en"):
        everywhere = findings.finding(Finding(FindingKind.GAP), names())
        assert everywhere.startswith("Nobody leads every category in the whole body")


def test_words_for_an_unknown_code_are_the_code():
    assert cases.word(cases.STATES, "melted") == "melted"
    assert verbs.verb_name("juggle") == "juggle"
    assert fields.field("colour") == "colour"
