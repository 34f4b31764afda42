"""An import map: which column of a file means what, and what its values mean here."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dandang.terms import Problem

_SHOWN_COLUMNS = 60
_SHOWN_LENGTH = 40
_OTHER_DELIMITERS = ",;\t|，；"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of the file, by what they hold. Several columns of one thing are joined.

    None or an empty tuple: the file does not say.
    """

    source_id: str
    sent_at: str
    text: tuple[str, ...]
    title: tuple[str, ...] = ()
    location: tuple[str, ...] = ()
    category: str | None = None
    area: str | None = None
    state: str | None = None
    ended_at: str | None = None
    name: str | None = None
    phone: str | None = None
    email: str | None = None

    def all(self) -> tuple[str, ...]:
        """Return every column that is used, each once."""
        single = (
            self.source_id,
            self.sent_at,
            self.category,
            self.area,
            self.state,
            self.ended_at,
            self.name,
            self.phone,
            self.email,
        )
        joined = (*self.text, *self.title, *self.location)
        return tuple(dict.fromkeys(column for column in (*single, *joined) if column))


@dataclass(frozen=True, slots=True)
class ImportMap:
    """How to read one kind of file.

    `source` names the other system; with a row's own id it says which row a request was.
    `time_zone` is the IANA name for times without an offset, `time_formats` are tried in turn
    ("iso" or patterns of `strptime`). `categories` and `areas` lead from a value of the file
    (see `key_of`) to a code, or to "" where it means none. `ended_states` are the values of the
    column `state` that mean that the matter had ended there. `lines` says where in the map's file
    a column or a code stands.
    """

    name: str
    source: str
    encoding: str
    delimiter: str
    time_zone: str
    time_formats: tuple[str, ...]
    columns: Columns
    categories: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    ended_states: frozenset[str] = frozenset()
    default_category: str = ""
    default_area: str = ""
    file: str = ""
    lines: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def line_of(self, what: str, name: str) -> int:
        """Return the line where a `column`, `category` or `area` of this name stands, or 0."""
        return self.lines.get((what, name), 0)


def key_of(value: str) -> str:
    """Return the form in which values of a file are compared: case and spacing do not count."""
    return " ".join(value.split()).casefold()


def misfits(plan: ImportMap, header: Sequence[str], source: str) -> Iterator[Problem]:
    """Yield why a CSV file with this header cannot be read with this map.

    Codes: `missing_header`, `other_delimiter`, and those of `missing_columns`.
    """
    names = [name.strip() for name in header]
    if not any(names):
        yield Problem("missing_header", source, 1)
        return
    if len(names) == 1 and any(mark in names[0] for mark in _OTHER_DELIMITERS):
        yield Problem("other_delimiter", source, 1, {"delimiter": plan.delimiter})
        return
    yield from missing_columns(plan, names, source)


def missing_columns(plan: ImportMap, names: Sequence[str], source: str) -> Iterator[Problem]:
    """Yield the columns of the map that are not, or not once, among the trimmed `names`.

    Codes: `missing_column` (with the columns present) and `duplicate_column`.
    """
    present = ", ".join(name[:_SHOWN_LENGTH] for name in names[:_SHOWN_COLUMNS])
    for column in plan.columns.all():
        line = plan.line_of("column", column)
        if column not in names:
            params = {"column": column, "file": source, "present": present}
            yield Problem("missing_column", plan.file, line, params)
        elif names.count(column) > 1:
            yield Problem("duplicate_column", plan.file, line, {"column": column, "file": source})


def unknown_codes(
    plan: ImportMap, categories: Collection[str], areas: Collection[str]
) -> Iterator[Problem]:
    """Yield the codes of the map that the policy or the organization does not have."""
    named = (
        ("category", {*plan.categories.values(), plan.default_category}, categories),
        ("area", {*plan.areas.values(), plan.default_area}, areas),
    )
    for what, codes, known in named:
        for code in sorted(codes - {""} - set(known)):
            line = plan.line_of(what, code)
            yield Problem(f"unknown_{what}", plan.file, line, {what: code})
