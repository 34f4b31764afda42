"""Reads an organisation folder; what its tables and columns mean is in the reference page."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dandang.organization.directory import SUPERVISING, Directory
from dandang.organization.entries import (
    Appointment,
    Area,
    Body,
    Duty,
    Officer,
    Organization,
    Post,
    ReplyTemplate,
    Roster,
    Substitute,
    Unit,
)
from dandang.organization.files.consistency import disagreements
from dandang.organization.files.rows import Row, Rows, read_rows
from dandang.organization.files.schema import BODY, TABLES, Column
from dandang.organization.files.values import Parsed, parse, zone_of
from dandang.terms import InputError, Problem

CategoriesOf = Callable[[str], Collection[str] | None]
"""Gives the category codes of the policy with this name; None where there is no such policy."""

_ENTRIES: Mapping[str, Callable[..., object]] = {
    "areas": Area,
    "units": Unit,
    "posts": Post,
    "officers": Officer,
    "appointments": Appointment,
    "rosters": Roster,
    "substitutes": Substitute,
    "duties": Duty,
    "reply_templates": ReplyTemplate,
}
_EVERYWHERE: Mapping[str, str] = {"area": "", "post": ""}


def read_organization(files: Mapping[str, bytes], *, categories_of: CategoriesOf) -> Organization:
    """Return what the files (by name) of an organisation folder say.

    Every lead duty comes out with a post: its own, or the one that receives for its unit.
    Raises InputError with every problem found, in the order of files and lines.
    """
    rows = read_rows(files)
    problems = list(rows.problems)
    body, tables = _parse_all(rows, problems)
    if rows.whole:
        categories = _categories(body, categories_of, problems)
        problems.extend(disagreements(body, tables, categories))
    if problems or body is None:
        raise InputError(sorted(problems, key=lambda problem: (problem.source, problem.line)))
    organization = build(body, tables)
    problems = list(unsupervised(Directory(organization), tables["units"]))
    if problems:
        raise InputError(problems)
    return organization


def _parse_all(
    rows: Rows, problems: list[Problem]
) -> tuple[Parsed | None, dict[str, list[Parsed]]]:
    zone = zone_of(rows.body)

    def parsed(row: Row, columns: Sequence[Column]) -> Parsed:
        entry, wrong = parse(row, columns, zone)
        problems.extend(wrong)
        return entry

    body = parsed(rows.body, BODY) if rows.body else None
    return body, {
        name: [parsed(row, TABLES[name]) for row in found] for name, found in rows.tables.items()
    }


def _categories(
    body: Parsed | None, categories_of: CategoriesOf, problems: list[Problem]
) -> Collection[str] | None:
    if body is None or body.values["policy"] is None:
        return None
    categories = categories_of(body.values["policy"])
    if categories is None:
        problems.append(body.problem("unknown_policy", "policy", value=body.values["policy"]))
    return categories


def build(body: Parsed, tables: Mapping[str, Sequence[Parsed]]) -> Organization:
    """Return what parsed rows without problems say."""
    entries: dict[str, Any] = {
        name: tuple(_ENTRIES[name](**_filled(name, parsed.values)) for parsed in found)
        for name, found in tables.items()
    }
    organization = Organization(Body(**body.values), **entries)
    directory = Directory(organization)
    duties = tuple(_with_post(directory, duty) for duty in organization.duties)
    return replace(organization, duties=duties)


def _filled(table: str, values: Mapping[str, Any]) -> dict[str, Any]:
    # An empty cell takes the default of its field, and so does what stands for everything.
    given = {name: value for name, value in values.items() if value not in (None, "")}
    return {"category": "", **_EVERYWHERE, **given} if table == "duties" else given


def _with_post(directory: Directory, duty: Duty) -> Duty:
    front = directory.front_post(duty.unit)
    return replace(duty, post=duty.post or (front.code if front else ""))


def unsupervised(directory: Directory, units: Iterable[Parsed]) -> Iterator[Problem]:
    """Yield the units that nobody could decide about, and supervisors without a fit post."""
    for entry in units:
        unit = directory.units[entry.values["code"]]
        if directory.posts_in(unit.code) and not directory.deciding_posts(unit.code):
            yield entry.problem("unit_without_deciding_office", value=unit.code)
        if unit.supervised_by is not None:
            kinds = {kind for post in directory.posts_in(unit.supervised_by) for kind in post.kinds}
            if kinds.isdisjoint(SUPERVISING):
                params = {"value": unit.supervised_by, "allowed": ", ".join(SUPERVISING)}
                yield entry.problem("supervisor_without_post", "supervised_by", **params)
