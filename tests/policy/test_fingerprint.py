import hashlib
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.policy import parse_policy
from dandang.policy.fingerprint import fingerprint
from tests.policy.small import small, write


def shuffled(content, seed):
    keys = list(content)
    random.Random(seed).shuffle(keys)
    return {
        key: shuffled(content[key], seed) if isinstance(content[key], dict) else content[key]
        for key in keys
    }


def test_the_hash_is_sha_256_of_the_canonical_json():
    content = small()
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    expected = hashlib.sha256(canonical.encode()).hexdigest()
    assert parse_policy(write(content), "p.toml").hash == expected == fingerprint(content)


@given(st.integers())
def test_the_order_of_keys_does_not_change_the_hash(seed):
    plain = parse_policy(write(small()), "p.toml")
    mixed = parse_policy(write(shuffled(small(), seed)), "p.toml")
    assert mixed.hash == plain.hash
    assert mixed == plain


@given(st.data())
def test_comments_and_empty_lines_do_not_change_the_hash(data):
    lines = write(small()).split("\n")
    at = data.draw(st.integers(0, len(lines)))
    comment = data.draw(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
    lines[at:at] = ["", f"  # {comment}", "\t"]
    policy = parse_policy("\n".join(lines), "p.toml")
    assert policy.hash == fingerprint(small())
    assert f"# {comment}" in policy.text


def test_windows_line_ends_do_not_change_the_hash():
    policy = parse_policy(write(small()).replace("\n", "\r\n"), "p.toml")
    assert policy.hash == fingerprint(small())


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("version",), 4),
        (("title_en",), "Rules of jiangcheng"),
        (("clocks", "accept"), "5 working hours"),
        (("limits", "decline_sample_percent"), 11),
        (("classes", "urgent", "act_first"), False),
        (("sources", "own", "text_zh"), "自定。"),
    ],
)
def test_any_change_of_content_changes_the_hash(path, value):
    content = small()
    table = content
    for key in path[:-1]:
        table = table[key]
    table[path[-1]] = value
    assert parse_policy(write(content), "p.toml").hash != fingerprint(small())
