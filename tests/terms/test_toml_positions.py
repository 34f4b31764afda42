import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.terms.toml import read_toml
from dandang.terms.toml_positions import find_lines

TRICKY = '''\
top = 1 # [not.a.table]
"quoted key" = "x = 1 # no comment"
'a.b' = 'C:\\path\\'
"\\u4e2d" = 5
dotted . key = { in = [1, { deep = """x
]""" }], "last" = 'z' }
when = 1979-05-27 07:32:00
text = """
[looks.like]
a = "table" \\""" still inside ""
"""
quotes = """a""""
literal = \'\'\'
[also.not]
it's \'\'\'\'

[ spaced . "name" ]
list = [
  "one", # first, with a ] bracket
  [ "two", "three" ],

  'four', ]
[[row]]
code = 1
  [row.inner]
  x = true
  [[row.sub]]
  y = 1
  [[row.sub]]
  y = 2
[[row]]
code = 2
[[row.sub]]
y = 3
[a.b.c]
[a]
z = []
e = {}
'''


def paths(value, above=()):
    """Yield the path of every value that the standard parser finds."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, below in items:
        yield (*above, key)
        if isinstance(below, dict | list):
            yield from paths(below, (*above, key))


def test_lines_of_every_form_that_toml_knows():
    lines = find_lines(TRICKY)
    found = {path: lines.of(path) for path in paths(tomllib.loads(TRICKY))}
    assert found == {
        ("top",): 1,
        ("quoted key",): 2,
        ("a.b",): 3,
        ("中",): 4,
        ("dotted",): 5,
        ("dotted", "key"): 5,
        ("dotted", "key", "in"): 5,
        ("dotted", "key", "in", 0): 5,
        ("dotted", "key", "in", 1): 5,
        ("dotted", "key", "in", 1, "deep"): 5,
        ("dotted", "key", "last"): 6,
        ("when",): 7,
        ("text",): 8,
        ("quotes",): 12,
        ("literal",): 13,
        ("spaced",): 17,
        ("spaced", "name"): 17,
        ("spaced", "name", "list"): 18,
        ("spaced", "name", "list", 0): 19,
        ("spaced", "name", "list", 1): 20,
        ("spaced", "name", "list", 1, 0): 20,
        ("spaced", "name", "list", 1, 1): 20,
        ("spaced", "name", "list", 2): 22,
        ("row",): 23,
        ("row", 0): 23,
        ("row", 0, "code"): 24,
        ("row", 0, "inner"): 25,
        ("row", 0, "inner", "x"): 26,
        ("row", 0, "sub"): 27,
        ("row", 0, "sub", 0): 27,
        ("row", 0, "sub", 0, "y"): 28,
        ("row", 0, "sub", 1): 29,
        ("row", 0, "sub", 1, "y"): 30,
        ("row", 1): 31,
        ("row", 1, "code"): 32,
        ("row", 1, "sub"): 33,
        ("row", 1, "sub", 0): 33,
        ("row", 1, "sub", 0, "y"): 34,
        ("a",): 36,
        ("a", "b"): 35,
        ("a", "b", "c"): 35,
        ("a", "z"): 37,
        ("a", "e"): 38,
    }


def test_what_is_not_there_has_the_line_of_the_table_around_it():
    lines = find_lines("\n[a]\n[a.b]\nx = 1\n")
    assert lines.of(("a", "b", "missing")) == 3
    assert lines.of(("a", "other", "x")) == 2
    assert lines.of(("nowhere",)) == 0
    assert lines.of(()) == 0


def test_an_invalid_text_is_refused_and_not_read_wrongly():
    with pytest.raises(ValueError, match="not valid TOML at character 0"):
        find_lines("= 1")


# Documents whose every key stands on a line of its own, so that the right line is known.
words = st.text("abc_-019", min_size=1, max_size=3)
keys = words | st.text("中 .#[]'\\\"=", min_size=1, max_size=3)
scalars = st.integers() | st.booleans() | st.text(max_size=5) | st.dates().map(str)


def basic(text):
    """Return the text as a TOML basic string."""
    escaped = "".join(f"\\U{ord(char):08X}" for char in text)
    return f'"{escaped}"'


def literal(value):
    if isinstance(value, list):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    if isinstance(value, str):
        return basic(value)
    return str(value).lower()


@given(
    st.lists(
        st.tuples(
            st.lists(keys, min_size=1, max_size=3),
            st.dictionaries(keys, scalars | st.lists(scalars, max_size=3), max_size=3),
            st.integers(0, 2),
            st.booleans(),
        ),
        max_size=6,
    )
)
def test_every_key_of_any_document_is_found_on_its_line(tables):
    lines, expected, counts = [], {}, {}
    for header, pairs, gap, is_row in tables:
        # Unique first keys keep the document valid whatever the others are.
        name = (str(len(counts)) if not is_row else "row", *(header if not is_row else ()))
        counts[len(counts)] = name
        lines += ["# [comment]"] * gap
        dotted = " . ".join(basic(key) for key in name)
        lines.append(f"[[{dotted}]]" if is_row else f"[{dotted}]")
        row = sum(1 for other in counts.values() if other == ("row",)) - 1
        path = ("row", row) if is_row else name
        expected[path] = len(lines)
        for key, value in pairs.items():
            lines.append(f"{basic(key)} = {literal(value)} # {{")
            expected[(*path, key)] = len(lines)
    content, found = read_toml("\n".join(lines), "x.toml")
    assert {path: found.of(path) for path in expected} == expected
    for path in paths(content):
        assert 1 <= found.of(path) <= len(lines)
