"""Spoiling the files of the city, and asking what is found."""

import pytest

from dandang.organization.reading import read_organization
from dandang.terms import InputError
from tests.organization.jiangcheng import categories_of, files

TOML = "organization.toml"


def read(spoilt):
    return read_organization(spoilt, categories_of=categories_of)


def problems_of(spoilt):
    with pytest.raises(InputError) as refused:
        read(spoilt)
    return refused.value.problems


def spoil(name, old, new):
    """Return the city's files with one text replaced in one of them."""
    spoilt = files()
    old, new = (text if isinstance(text, bytes) else text.encode() for text in (old, new))
    assert old in spoilt[name], f"{name} has no {old!r}"
    return {**spoilt, name: spoilt[name].replace(old, new, 1)}


def add(name, text):
    spoilt = files()
    return {**spoilt, name: spoilt.get(name, b"") + text.encode()}


def only(spoilt):
    """Return the single problem as text: line, code, parameters other than the table."""
    (problem,) = problems_of(spoilt)
    params = {k: v for k, v in problem.params.items() if k != "table"}
    return (problem.source, problem.line, problem.code, params)


def line_of(spoilt, name, text):
    before, found, _ = spoilt[name].partition(text.encode())
    assert found
    return before.count(b"\n") + 1
