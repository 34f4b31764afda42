"""Disclosures open digests, say nothing before, and are salted afresh every time."""

import ast
import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.ledger import base64url, disclosures
from tests.ledger.sample import texts

SOURCE = Path(disclosures.__file__).parent
SALT = bytes(range(16))
whole_numbers = st.integers(-(2**53) + 1, 2**53 - 1)
values = st.recursive(
    texts | whole_numbers | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=6,
)


@given(texts, values, st.binary(min_size=16, max_size=32))
def test_name_and_value_come_back(name, value, salt):
    assert disclosures.read(disclosures.write(name, value, salt)) == (name, value)


@given(texts, values)
def test_any_reader_of_json_reads_the_same(name, value):
    text = base64url.decode(disclosures.write(name, value, SALT))
    assert json.loads(text) == [base64url.encode(SALT), name, value]


def test_the_form_is_the_one_of_the_standard():
    # RFC 9901 §4.2.1 and §4.2.3 give this disclosure and this digest.
    disclosure = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"
    assert disclosures.read(disclosure) == ("family_name", "Möbius")
    assert disclosures.digest(disclosure) == "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"


def test_a_digest_is_over_the_text_that_is_handed_on():
    disclosure = disclosures.write("text", "路灯不亮", SALT)
    expected = hashlib.sha256(disclosure.encode("ascii")).digest()
    assert base64url.decode(disclosures.digest(disclosure)) == expected


@pytest.mark.parametrize(
    "value", [1.5, float("nan"), 2**53, -(2**53), [1, [2.0]], b"x", {"a": 1}, "\ud800"]
)
def test_what_json_cannot_hold_exactly_is_refused(value):
    with pytest.raises(ValueError):  # noqa: PT011 every layer has its own words
        disclosures.write("field", value, SALT)


def test_a_short_salt_is_refused():
    with pytest.raises(ValueError, match="16 bytes"):
        disclosures.write("field", 1, SALT[:15])


@pytest.mark.parametrize(
    "content",
    [
        '{"a":1}',
        '["salt","name"]',
        '["salt","name",1,2]',
        '[1,"name","value"]',
        '["salt",2,"value"]',
        '["salt","name",1.5]',
        '["salt","name",1e2]',
        '["salt","name",NaN]',
        '["salt","name",9007199254740992]',
        '["salt","name",{}]',
        "not json",
        "[" * 10**6,
    ],
)
def test_an_unusable_disclosure_is_refused(content):
    with pytest.raises(ValueError):  # noqa: PT011 every layer has its own words
        disclosures.read(base64url.encode(content.encode()))


def test_a_wrong_value_is_named_nowhere_in_the_error():
    with pytest.raises(ValueError, match="float") as caught:
        disclosures.read(base64url.encode(b'["salt","phone",1380013.8000]'))
    assert "1380013" not in str(caught.value)


def test_each_field_has_a_salt_of_its_own_from_the_given_source():
    drawn = [b"a" * 16, b"b" * 16]
    made = disclosures.disclose({"one": "same", "two": "same"}, lambda _count: drawn)
    assert made == {
        "one": disclosures.write("one", "same", b"a" * 16),
        "two": disclosures.write("two", "same", b"b" * 16),
    }


def test_a_million_fresh_salts_are_all_different_and_of_128_bits():
    salts = {salt for _ in range(100_000) for salt in disclosures.fresh_salts(10)}
    assert len(salts) == 1_000_000
    assert {len(salt) for salt in salts} == {16}


@given(st.dictionaries(texts, values, max_size=8))
def test_the_order_of_digests_says_nothing_about_the_order_of_fields(fields):
    made = list(disclosures.disclose(fields).values())
    assert disclosures.digests_of(made) == disclosures.digests_of(reversed(made))
    assert list(disclosures.digests_of(made)) == sorted(disclosures.digests_of(made))


@pytest.mark.parametrize(
    "file", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE))
)
def test_the_ledger_draws_chance_from_nowhere_but_secrets(file):
    weak = {"random", "uuid", "numpy"}
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert weak.isdisjoint(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert (node.module or "").split(".")[0] not in weak
        elif isinstance(node, ast.Attribute):
            assert node.attr not in {"urandom", "getrandbits"}
