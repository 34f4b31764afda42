"""Every runtime dependency has its reason, and its licence is the one we say."""

import re
import tomllib
from importlib.metadata import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.architecture.tree import ROOT, write

PAGE = "docs/decisions/dependencies.md"
ENTRY = re.compile(r"^## (\S+)\n\n([\w.-]+?)\. (.+?)(?=\n## |\Z)", re.MULTILINE | re.DOTALL)
SENTENCE = re.compile(r"\w[^.]*(?:\.(?!\s|$)[^.]*)*\.(?=\s|$)")
# Programs that import a library under the Lesser GPL stay free in their own licence.
LESSER_GPL = {"psycopg", "psycopg-binary", "python-stdnum"}


def runtime_dependencies(root: Path) -> list[str]:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [Requirement(line).name for line in project["dependencies"]]


def entries(root: Path) -> dict[str, tuple[str, int]]:
    """Return licence and number of sentences by name of dependency."""
    text = (root / PAGE).read_text(encoding="utf-8")
    return {
        name: (licence, len(SENTENCE.findall(reason)))
        for name, licence, reason in ENTRY.findall(text)
    }


def faults(root: Path) -> list[str]:
    wanted, found = runtime_dependencies(root), entries(root)
    absent = [f"{name} has no entry" for name in wanted if name not in found]
    gone = [f"{name} is no dependency" for name in found if name not in wanted]
    short = [f"{name} has {count} sentences" for name, (_, count) in found.items() if count < 2]
    return absent + gone + short


def licence_of(package: str) -> str:
    """Return everything the installed package says of its licence."""
    about = metadata(package)
    classifiers = [one for one in about.get_all("Classifier", []) if one.startswith("License")]
    # Some packages put the whole text into the field: its first line names it.
    text = (about.get("License") or "").partition("\n")[0]
    return " ".join([about.get("License-Expression") or "", text, *classifiers])


def test_every_runtime_dependency_has_its_two_sentences():
    assert faults(ROOT) == []


def test_a_missing_a_superfluous_and_a_meagre_entry_are_found(tmp_path):
    write(tmp_path, "pyproject.toml", '[project]\ndependencies = ["click>=8", "babel[x]>=2"]\n')
    write(tmp_path, PAGE, "# Why\n\n## click\n\nMIT. It parses.\n\n## six\n\nMIT. One. Two.\n")
    assert faults(tmp_path) == [
        "babel has no entry",
        "six is no dependency",
        "click has 1 sentences",
    ]


@pytest.mark.parametrize("package", runtime_dependencies(ROOT))
def test_the_licence_is_the_one_in_the_package(package):
    licence, _ = entries(ROOT)[package]
    assert licence.partition("-")[0] in licence_of(package)


def test_no_package_that_reaches_a_user_is_under_the_gpl():
    pinned = (ROOT / "requirements" / "app.txt").read_text(encoding="utf-8")
    names = re.findall(r"^([\w.-]+)==(?!.*win32)", pinned, re.MULTILINE)
    assert len(names) > len(runtime_dependencies(ROOT))
    under_gpl = {name for name in names if "GPL" in licence_of(name)}
    assert under_gpl == LESSER_GPL
    assert all("LGPL" in licence_of(name) for name in LESSER_GPL)
