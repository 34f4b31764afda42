"""Whatever single thing is damaged in cn-county, the file says so and names the line."""

import re

from hypothesis import given
from hypothesis import strategies as st

from dandang.policy import Span, parse_policy, ready_policy
from dandang.terms import InputError

LINES = ready_policy("cn-county").text.split("\n")
PAIR = re.compile(r"(\w+) = (.+?)( *#.*)?$")
OPTIONAL = {
    "urgent",
    "act_first",
    "when_happening_now",
    "needs_basis",
    "needs_text",
    "dispatcher_only",
    "used",
    "after",
    "age",
    "hand_overs",
    "refusals",
    "quiet",
    "calls",
    "reminds",
    "sponsor",
    "within",
    "answered_by",
    "surge_calls_duty",
    "colour",
    "publishes",
    "parent",
    "confirm_after",
    "ends_forbidden",
    "extension",
    "legal_route",
}


def is_span(text):
    try:
        Span.parse(text)
    except ValueError:
        return False
    return True


def pairs(pattern, *keys):
    """Return the indexes of the lines that hold a key with such a value, all on one line."""
    found = []
    for index, line in enumerate(LINES):
        pair = PAIR.fullmatch(line)
        if pair and re.fullmatch(pattern, pair[2]) and (not keys or pair[1] in keys):
            found.append(index)
    return found


TEXTS = pairs('".*"')
SPANS = [i for i in TEXTS if is_span(PAIR.fullmatch(LINES[i])[2].strip('"'))]
NUMBERS = pairs(r"\d+")
FLAGS = pairs("true|false")
LISTS = pairs(r"\[.*\]")
ALL = TEXTS + NUMBERS + FLAGS + LISTS
NAMES = pairs('".*"', "name_zh", "name_en")
REFERENCES = pairs('".*"', "class", "parent", "ladder", "legal_route")
WORDS = pairs('".*"', "starts", "calls", "colour", "status")
WORD_LISTS = pairs(r"\[.*\]", "verbs", "reminds", "answered_by", "ends_forbidden")
BACKS = [i for i in pairs(r"\[.*\]", "backs") if "[]" not in LINES[i]]
HEADERS = [i for i, line in enumerate(LINES) if re.match(r"\[\w", line)]

NO_SPANS = ["0 days", "-3 days", "3", "soon", "", "3 weeks", "1.5 h", "99999 days"]
NO_CODES = ["", "A", "two words", "中", "1a", "a" * 41]
NO_NUMBERS = ["0", "-1", str(10**9), str(10**30)]
WRONG_TYPES = ["1.5", "{}", "1979-05-27", "07:32:00", "nan"]


def quoted(values):
    return [f'"{value}"' for value in values]


# Which lines, what they get for a value, and which problem that is.
DAMAGES = [
    (ALL, WRONG_TYPES, {"wrong_type"}),
    (TEXTS + FLAGS + LISTS, ["17"], {"wrong_type"}),
    (TEXTS + NUMBERS + LISTS, ["true"], {"wrong_type"}),
    (NUMBERS + FLAGS + LISTS, quoted(["x"]), {"wrong_type"}),
    (TEXTS + NUMBERS + FLAGS, ['["x"]'], {"wrong_type"}),
    (SPANS, quoted(NO_SPANS), {"bad_span"}),
    (NUMBERS, NO_NUMBERS, {"number_out_of_range"}),
    (NAMES, quoted(["", " ", "\\n", "　"]), {"field_required"}),
    (NAMES, quoted(["长" * 61]), {"text_too_long"}),
    (NAMES, quoted(["a\\u0000b", "\\u001b[1m"]), {"text_unusable"}),
    (REFERENCES, quoted(NO_CODES), {"bad_code"}),
    (
        REFERENCES,
        quoted(["nothing"]),
        {"unknown_class", "unknown_parent", "unknown_ladder", "unknown_legal_route"},
    ),
    (WORDS, quoted(["nothing", ""]), {"unknown_word"}),
    (WORD_LISTS, ['["nothing"]', '["pause", ""]'], {"unknown_word"}),
    (BACKS, ['["nothing"]', '["limits."]', '[""]'], {"unknown_path"}),
]


def read(lines):
    """Return the problems of a file, each as code and line; none if it is a policy."""
    try:
        parse_policy("\n".join(lines), "p.toml")
    except InputError as error:
        return {(problem.code, problem.line) for problem in error.problems}
    return set()


def problems(lines):
    found = read(lines)
    assert found, "the damage was not noticed"
    return found


def header_above(index):
    """Return the number of the line of the table that this line is in; 0: the file itself."""
    return next((i + 1 for i in range(index, -1, -1) if LINES[i].startswith("[")), 0)


@given(st.sampled_from(DAMAGES), st.data())
def test_a_damaged_value_is_reported_on_its_line(damage, data):
    indexes, values, codes = damage
    index = data.draw(st.sampled_from(indexes))
    key = PAIR.fullmatch(LINES[index])[1]
    lines = LINES.copy()
    lines[index] = f"{key} = {data.draw(st.sampled_from(values))}"
    assert codes & {code for code, line in problems(lines) if line == index + 1}


@given(st.sampled_from(ALL))
def test_a_deleted_key_is_missed_at_its_table_if_it_is_needed(index):
    lines = LINES.copy()
    key = PAIR.fullmatch(lines[index])[1]
    lines[index] = "#"
    number = header_above(index)
    header = LINES[number - 1] if number else ""
    found = read(lines)
    if (
        key not in OPTIONAL
        and "clocks]" not in header
        and header != "[missed]"
        and (key, "cat" in header) != ("class", True)
    ):
        assert ("missing_key", number) in found


@given(st.sampled_from(ALL), st.sampled_from("abz_"))
def test_a_misspelt_key_is_reported_on_its_line(index, letter):
    lines = LINES.copy()
    key = PAIR.fullmatch(lines[index])[1]
    lines[index] = lines[index].replace(key, f"{key}_{letter}", 1)
    assert ("unknown_key", index + 1) in problems(lines)


@given(st.sampled_from(HEADERS))
def test_a_misspelt_table_is_reported_on_its_line(index):
    lines = LINES.copy()
    first, dot, rest = lines[index].partition(".")
    lines[index] = f"{first}x{dot}{rest}" if dot else f"{first[:-1]}x]"
    assert ("unknown_key", index + 1) in problems(lines)


@given(st.sampled_from(ALL), st.sampled_from(HEADERS))
def test_what_is_written_twice_is_reported_at_the_second(pair, header):
    twice = [*LINES[: pair + 1], LINES[pair], *LINES[pair + 1 :]]
    assert problems(twice) == {("duplicate_key", pair + 2)}
    twice = [*LINES, LINES[header]]
    assert problems(twice) == {("duplicate_key", len(twice))}


@given(st.integers(0, len(LINES) - 1), st.text(max_size=30))
def test_a_line_replaced_by_anything_is_read_or_refused_and_never_breaks_the_reader(index, text):
    found = read([*LINES[:index], text, *LINES[index + 1 :]])
    assert all(0 <= line <= len(LINES) + text.count("\n") for _, line in found)


@given(st.sampled_from(ALL))
def test_a_line_without_its_equals_sign_is_reported_on_its_line(index):
    lines = LINES.copy()
    lines[index] = lines[index].replace(" = ", " ", 1)
    assert problems(lines) == {("not_toml", index + 1)}
