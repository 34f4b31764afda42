"""Whether the entries of a folder agree with each other: every disagreement, with its line."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from dandang.organization.entries import APART, Calendar, DutyType, PostKind
from dandang.organization.files.overlaps import overlaps, where
from dandang.organization.files.schema import BODY, CATEGORIES, TABLES, Column
from dandang.organization.files.values import Parsed
from dandang.organization.tree import Tree, find_loops
from dandang.terms import Problem

Tables = Mapping[str, Sequence[Parsed]]


def disagreements(
    body: Parsed | None, tables: Tables, categories: Collection[str] | None
) -> Iterator[Problem]:
    """Yield everything that does not fit together. With `categories` None those are not checked."""
    codes: dict[str, Collection[str]] = {
        name: {entry.values["code"] for entry in entries if "code" in entry.values}
        for name, entries in tables.items()
    }
    if categories is not None:
        codes[CATEGORIES] = categories
    for name, entries in tables.items():
        yield from _unknown_references(entries, TABLES[name], codes)
        yield from _wrong_order(entries)
    if body is not None:
        yield from _unknown_references([body], BODY, codes)
        yield from _missing_kinds(body, tables["posts"])
        yield from _apart(body, "fallback_post", _posts_apart(tables))
        yield from _foreign_calendar(body)
    yield from _duplicates(tables)
    yield from overlaps(tables)
    yield from _substitutes(tables["substitutes"])
    for name in ("areas", "units"):
        yield from _loops(tables[name])
    yield from _supervisors(tables["units"])
    yield from _duties(tables)


def _unknown_references(
    entries: Iterable[Parsed], columns: Sequence[Column], codes: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    for column in columns:
        known = codes.get(column.refers) if column.refers else None
        if known is None:
            continue
        for entry in entries:
            value = entry.values[column.name]
            if value and value not in known:
                params = {"refers": str(column.refers), "value": value}
                yield entry.problem("unknown_reference", column.name, **params)


def _wrong_order(entries: Iterable[Parsed]) -> Iterator[Problem]:
    for entry in entries:
        starts, ends = entry.values.get("starts"), entry.values.get("ends")
        if starts and ends and starts > ends:
            yield entry.problem("ends_before_starts", "ends")
        starts_at, ends_at = entry.values.get("starts_at"), entry.values.get("ends_at")
        if starts_at and ends_at and starts_at >= ends_at:
            yield entry.problem("ends_before_starts", "ends_at")


def _missing_kinds(body: Parsed, posts: Iterable[Parsed]) -> Iterator[Problem]:
    kinds = {kind for post in posts for kind in post.values["kinds"] or ()}
    for kind in (PostKind.INTAKE, PostKind.DISPATCH):
        if kind not in kinds:
            yield body.problem("no_post_of_kind", kind=kind.value)


def _foreign_calendar(body: Parsed) -> Iterator[Problem]:
    country = body.values["country"]
    if body.values["calendar"] is Calendar.CHINA and country not in {None, "CN"}:
        yield body.problem("calendar_of_other_country", "calendar", country=country)


def _duplicates(tables: Tables) -> Iterator[Problem]:
    for name in ("areas", "units", "posts", "officers", "reply_templates"):
        first: dict[str, Parsed] = {}
        for entry in tables[name]:
            code = entry.values["code"]
            if code is not None and first.setdefault(code, entry) is not entry:
                yield entry.problem("duplicate_code", "code", value=code, **where(first[code]))


def _substitutes(entries: Iterable[Parsed]) -> Iterator[Problem]:
    for entry in entries:
        values = entry.values
        if entry.clean and (values["post"] is None) == (values["absent"] is None):
            yield entry.problem("substitute_for_what")
        if values["officer"] and values["officer"] == values["absent"]:
            yield entry.problem("substitute_of_self", "absent")


def _loops(entries: Iterable[Parsed]) -> Iterator[Problem]:
    by_code = _by_code(entries)
    for loop in find_loops({code: entry.values["parent"] for code, entry in by_code.items()}):
        yield by_code[loop[0]].problem("loop", "parent", loop=" > ".join((*loop, loop[0])))


def _supervisors(entries: Iterable[Parsed]) -> Iterator[Problem]:
    by_code = _by_code(entries)
    parents = _column(by_code.values(), "parent")
    if find_loops(parents):
        return
    tree = Tree(parents)
    for code, entry in by_code.items():
        supervisor = entry.values["supervised_by"]
        if supervisor in by_code and tree.within(supervisor, code):
            yield entry.problem("supervised_from_inside", "supervised_by", value=supervisor)


def _duties(tables: Tables) -> Iterator[Problem]:
    parents = _column(tables["units"], "parent")
    if find_loops(parents):
        return
    units = Tree(parents)
    unit_of = _column(tables["posts"], "unit")
    apart = _posts_apart(tables)
    staffed = {unit for post, unit in unit_of.items() if post not in apart}
    for duty in tables["duties"]:
        unit, post = duty.values["unit"], duty.values["post"]
        if unit not in parents:
            continue
        if post is None and duty.values["type"] is DutyType.LEAD and unit not in staffed:
            yield duty.problem("unit_without_post", "unit", value=unit)
        owner = unit_of.get(post)
        if owner is not None and owner in parents and not units.within(owner, unit):
            yield duty.problem("post_of_other_unit", "post", value=post, unit=unit)
        yield from _apart(duty, "post", apart)


def _posts_apart(tables: Tables) -> set[str]:
    """Return the posts that work on no case."""
    kinds = _column(tables["posts"], "kinds")
    return {post for post, has in kinds.items() if has and frozenset(has) <= APART}


def _apart(entry: Parsed, column: str, apart: Collection[str]) -> Iterator[Problem]:
    if entry.values[column] in apart:
        yield entry.problem("post_without_cases", column, value=entry.values[column])


def _by_code(entries: Iterable[Parsed]) -> dict[str, Parsed]:
    return {entry.values["code"]: entry for entry in entries if entry.values["code"]}


def _column(entries: Iterable[Parsed], name: str) -> dict[str, Any]:
    return {code: entry.values[name] for code, entry in _by_code(entries).items()}
