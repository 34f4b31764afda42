"""The reference names every column, word, problem and finding; the how-to works as written."""

import re
import shlex
from datetime import date
from pathlib import Path

import pytest

from dandang.lifecycle.verbs import READY
from dandang.lifecycle.verbs.shape import TEXT
from dandang.organization import queries
from dandang.organization.checks import FindingKind, check_duties
from dandang.organization.directory import Directory, DutyType, PostKind
from dandang.organization.entries import Calendar, TemplateVerb
from dandang.organization.files.schema import BODY, TABLES
from dandang.organization.reading import read_organization
from dandang.policy import ready_policy
from dandang.terms import Code
from tests.interfaces.cli.calling import call

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "docs/reference/organization-files.md").read_text(encoding="utf-8")
HOW_TO = (ROOT / "docs/how-to/load-an-organization.md").read_text(encoding="utf-8")
SOURCE = ROOT / "src/dandang/organization"


def section(title):
    """Return the text of the part with this heading."""
    _, _, rest = REFERENCE.partition(f"\n## {title}\n")
    assert rest, title
    return rest.partition("\n## ")[0]


def tables(text):
    """Return the tables of a text, each as rows of cells, without their headers."""
    found = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
    return [
        [[cell.strip() for cell in line.strip("|\n").split("|")] for line in table.splitlines()[2:]]
        for table in found
    ]


def words(rows):
    return {row[0].strip("`") for row in rows}


@pytest.mark.parametrize("name", [None, *TABLES])
def test_every_column_is_documented_with_whether_it_is_needed(name):
    title, columns = ("The body", BODY) if name is None else (f"`{name}`", TABLES[name])
    documented = {(row[0].strip("`"), row[1]) for row in tables(section(title))[0]}
    assert documented == {(column.name, "yes" if column.required else "no") for column in columns}


def test_every_file_is_documented():
    named = {*re.findall(r"`([\w.]+)`", " ".join(row[0] for row in tables(section("Files"))[0]))}
    assert named == {"organization.toml", "policy.toml", *(f"{name}.csv" for name in TABLES)}


def test_every_kind_and_type_is_documented():
    assert words(tables(section("`posts`"))[1]) == {*PostKind}
    assert words(tables(section("`duties`"))[1]) == {*DutyType}
    for calendar in Calendar:
        assert f"`{calendar.value}`" in section("The body")


def test_every_act_with_standard_texts_is_documented_and_there_is():
    text = section("`reply_templates`")
    acts = re.findall(r"`([\w-]+)`", text[text.index("The acts are") :])
    assert acts == [*TemplateVerb]
    assert set(acts) <= {name for name, verb in READY.items() if TEXT in verb.fields}


def test_every_finding_is_documented():
    (rows,) = tables(section("What the check of duties finds"))
    assert words(rows) == {*FindingKind}


def test_every_problem_is_documented_and_no_other():
    source = "".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    used = {*re.findall(r'(?:[Pp]roblem|_BadCell)\(\s*"(\w+)"', source)}
    of_texts = {Code.TEXT_TOO_LONG, Code.TEXT_UNUSABLE}
    (rows,) = tables(section("Problems"))
    assert words(rows) == used | {"not_toml"} | {code.value for code in of_texts}


def how_to_files():
    """Return the files of the how-to under the names it gives them."""
    blocks = re.findall(r"^ *```(?:toml|csv)\n(.+?)^ *```", HOW_TO, re.MULTILINE | re.DOTALL)
    names = ("organization.toml", "posts.csv", "appointments.csv", "duties.csv", "later")
    return {
        name: re.sub(r"^ {3}", "", block, flags=re.MULTILINE).encode()
        for name, block in zip(names, blocks, strict=True)
    }


def read(contents):
    categories = ready_policy("cn-county").categories
    return Directory(read_organization(contents, categories_of=lambda _: categories.keys()))


def test_the_folder_of_the_how_to_can_be_read_and_leaves_open_what_it_says():
    contents = how_to_files()
    del contents["later"]
    directory = read(contents)
    policy = ready_policy("cn-county")
    categories = [(code, policy.category_path(code)) for code in policy.categories]
    findings = check_duties(directory, categories, date(2026, 11, 20))
    assert {finding.kind for finding in findings} == {FindingKind.GAP, FindingKind.POST_EMPTY}
    (empty,) = (finding for finding in findings if finding.kind is FindingKind.POST_EMPTY)
    assert empty.posts == ("supervision-desk",)


def test_a_duty_is_handed_over_on_its_day_as_the_how_to_says():
    contents = how_to_files()
    contents["duties.csv"] = contents.pop("later")
    directory = read(contents)
    leads = [
        directory.duties_for(("utilities",), None, day)[0].unit
        for day in (date(2026, 12, 31), date(2027, 1, 1))
    ]
    assert leads == ["water", "hotline"]


def test_the_steps_of_the_how_to_load_the_folder(fresh_database, tmp_path, monkeypatch):
    contents = how_to_files()
    del contents["later"]
    (tmp_path / "linjiang").mkdir()
    for name, content in contents.items():
        (tmp_path / "linjiang" / name).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    for exit_code, commands in re.findall(
        r"^ *```sh(?: exit=(\d))?\n(.+?)^ *```", HOW_TO, re.MULTILINE | re.DOTALL
    ):
        for line in commands.splitlines():
            called = call(*shlex.split(line)[1:])
            assert called.code == int(exit_code or 0), (line, called)
    assert queries.directory().body.code == "linjiang"
    assert queries.current_policy().name == "cn-county"
