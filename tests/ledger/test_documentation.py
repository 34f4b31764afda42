"""The page on the format tells what the code does."""

import hashlib
import re
from pathlib import Path

import pytest

from dandang.ledger import chain, disclosures
from dandang.ledger.grants import PRIVILEGES
from dandang.ledger.records import CIRCUMSTANCES

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "ledger-format.md").read_text("utf-8")


def example():
    (text,) = re.findall(r"```json\n(.*)\n```", PAGE)
    return text.encode()


def test_the_example_is_an_entry_with_the_hash_that_is_given():
    assert chain.parse_entry(example()).log == "ledger.example.org/jiangcheng"
    assert f"`{chain.leaf_hash(example()).hex()}`" in PAGE
    assert chain.leaf_hash(example()) == hashlib.sha256(b"\x00" + example()).digest()


def test_the_disclosures_of_the_example_open_all_its_digests():
    lines = re.findall(r"^\| `(\S{20,})` \| `(\w+)` = `(.+)` \|$", PAGE, re.MULTILINE)
    assert (
        disclosures.digests_of(text for text, _, _ in lines) == chain.parse_entry(example()).digests
    )
    for text, name, value in lines:
        assert disclosures.read(text) == (name, value)


def test_every_key_of_an_entry_is_explained():
    for key in ("v", "log", "case", "cseq", "prev", "type", "at", "_sd_alg", "_sd"):
        assert f"\n| `{key}` |" in PAGE


@pytest.mark.parametrize("name", sorted(CIRCUMSTANCES))
def test_every_circumstance_is_explained(name):
    assert f"\n| `{name}` |" in PAGE


@pytest.mark.parametrize("fault", chain.Fault)
def test_every_fault_is_named(fault):
    assert f"`{fault}`" in PAGE


@pytest.mark.parametrize("table", PRIVILEGES)
def test_every_table_is_listed_with_the_rights_of_the_application(table):
    (rights,) = re.findall(rf"^\| `{table}` \|.*\| (.*) \|$", PAGE, re.MULTILINE)
    assert tuple(rights.split(", ")) == PRIVILEGES[table]
