import pytest

from dandang.terms import InputError
from dandang.terms.toml import MAX_CHARACTERS, read_toml


def problem(text):
    with pytest.raises(InputError) as caught:
        read_toml(text, "p.toml")
    (found,) = caught.value.problems
    assert found.source == "p.toml"
    return found


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nb =\n", 2),
        ("a = 1\n= 2\n", 2),
        ('a = 1\n\nb = "x\ny"\n', 3),
        ("a = 1\nb = 'x'\nc = [1,\n", 3),
        ("a = 1\nb = \x00\n", 2),
    ],
)
def test_a_broken_file_is_reported_with_its_line_and_what_the_parser_says(text, line):
    found = problem(text)
    assert (found.code, found.line) == ("not_toml", line)
    assert found.params["detail"]
    assert "line" not in found.params["detail"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\na = 2\n", 2),
        ("[t]\nx = 1\n\n[t]\n", 4),
        ("[t]\nb = 1\n[t.b]\n", 3),
        ("x = 1\na = {b = 1, b = 2}\n", 2),
        ("a = {b = 1}\n[a]\nc = 2\n", 2),
        ("[[a]]\n\n[a]\n", 3),
    ],
)
def test_a_key_written_twice_is_reported_with_the_second_line(text, line):
    found = problem(text)
    assert (found.code, found.line) == ("duplicate_key", line)


def test_numbers_and_nesting_beyond_reason_are_refused():
    assert problem("a = " + "1" * 5000).code == "not_toml"
    assert problem("a = " + "[" * 50_000).params == {"detail": "nested too deeply"}


def test_lone_surrogates_are_refused_even_in_comments():
    found = problem("a = 1\n# \ud800\n")
    assert (found.code, found.line) == ("text_unusable", 2)


def test_a_file_beyond_the_limit_is_not_even_parsed():
    found = problem("#" * (MAX_CHARACTERS + 1))
    assert (found.code, found.params) == ("file_too_large", {"limit": MAX_CHARACTERS})


def test_the_largest_file_is_read():
    content, _ = read_toml("a = 1\n#".ljust(MAX_CHARACTERS, "x"), "p.toml")
    assert content == {"a": 1}
