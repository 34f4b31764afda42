"""House rules that no linter knows."""

import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, files, places, write

# Written in pieces, so that this file does not break its own rules.
BANNED = {
    "mocks": rf"\bunittest\.{'mock'}\b|\bfrom unittest import {'mock'}\b|\b{'mock'}er\b",
    "signals": rf"\bdjango\.{'dispatch'}\b|\bmodels\.{'signals'}\b|@{'receiver'}\b",
    "unfinished work": rf"\b{'TO'}DO\b|\b{'FIX'}ME\b|\braise {'NotImplemented'}",
    "an exemption from the linter without its reason": (
        r"#\s*noqa\b(?!: [A-Z]+\d+(?:, ?[A-Z]+\d+)* \w).*"
    ),
    "an exemption from the types without its reason": (
        r"#\s*type:\s*ignore\b(?!\[[\w, -]+\]  # \w).*"
    ),
    "an exemption from coverage without its reason": r"#\s*pragma: no (?:cover|branch)\b(?! +\w).*",
}
SWEEPING_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "tools"})
MACHINE_PATHS = re.compile(rf"(?<![\w.<>{{}}*:-])/(?:{'work'}|farm|{'root'}|{'home'}|tmp/x)/\w")


def banned(root: Path, what: str) -> list[str]:
    pattern = re.compile(BANNED[what])
    folders = ("src", "tests", "benchmarks", "tools")
    return [
        place
        for path in files(root, *folders, suffix=".py")
        if path != Path(__file__)
        for place in places(root, path, pattern)
    ]


def sweeping_names(root: Path) -> list[str]:
    return [
        path.relative_to(root).as_posix()
        for path in files(root, "src", suffix=".py")
        if SWEEPING_NAMES & {*path.relative_to(root).parts, path.stem}
    ]


def machine_paths(root: Path) -> list[str]:
    return [place for path in files(root) for place in places(root, path, MACHINE_PATHS)]


@pytest.mark.parametrize("what", BANNED)
def test_the_code_has_no(what):
    assert banned(ROOT, what) == []


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("mocks", f"from unittest import {'mock'}"),
        ("mocks", f"import unittest.{'mock'}"),
        ("mocks", f"def test_it({'mock'}er): pass"),
        ("signals", f"from django.db.models.{'signals'} import post_save"),
        ("signals", f"@{'receiver'}(post_save)"),
        ("unfinished work", f"# {'TO'}DO later"),
        ("unfinished work", f"raise {'NotImplemented'}Error"),
        ("an exemption from the linter without its reason", "x = 1  # noqa"),
        ("an exemption from the linter without its reason", "x = 1  # noqa: E501"),
        ("an exemption from the linter without its reason", "x = 1  # noqa: E501,F401"),
        ("an exemption from the types without its reason", "x = 1  # type: ignore"),
        ("an exemption from the types without its reason", "x = 1  # type: ignore[misc]"),
        ("an exemption from coverage without its reason", "x = 1  # pragma: no cover"),
    ],
)
def test_what_the_code_may_not_have_is_found(tmp_path, what, line):
    write(tmp_path, "src/dandang/bad.py", f"# fine\n{line}\n")
    (finding,) = banned(tmp_path, what)
    assert finding.startswith("src/dandang/bad.py:2: ")


@pytest.mark.parametrize(
    "line",
    [
        "x = 1  # noqa: E501 a long address",
        "x = 1  # noqa: E501, F401 a long address",
        "x = 1  # type: ignore[misc]  # the stubs are wrong",
        "x = 1  # pragma: no cover only on another system",
    ],
)
def test_an_exemption_with_its_reason_is_fine(tmp_path, line):
    write(tmp_path, "src/dandang/good.py", line)
    assert [banned(tmp_path, what) for what in BANNED] == [[]] * len(BANNED)


def test_no_module_is_named_after_nothing_in_particular():
    assert sweeping_names(ROOT) == []


def test_a_module_named_after_nothing_is_found(tmp_path):
    write(tmp_path, "src/dandang/policy/utils.py", "")
    write(tmp_path, "src/dandang/common/days.py", "")
    assert sweeping_names(tmp_path) == ["src/dandang/common/days.py", "src/dandang/policy/utils.py"]


def test_no_file_knows_the_machine_it_was_written_on():
    assert machine_paths(ROOT) == []


def test_a_path_of_one_machine_is_found(tmp_path):
    write(tmp_path, "docs/how.md", f"Look in /{'work'}/data and src/{'work'}/x.\n")
    write(tmp_path, ".ci/run", f"\ncd /{'root'}/x\n")
    write(tmp_path, ".venv/x.py", f"/{'work'}/data")
    assert machine_paths(tmp_path) == [f".ci/run:2: /{'root'}/x", f"docs/how.md:1: /{'work'}/d"]
