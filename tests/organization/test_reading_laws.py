"""However an organisation folder is damaged, it is read or refused with its problems."""

from hypothesis import given
from hypothesis import strategies as st

from dandang.organization.directory import Directory
from dandang.organization.files.schema import BODY, TABLES
from dandang.organization.reading import read_organization
from dandang.terms import InputError
from tests.organization.jiangcheng import categories_of, files

CITY = files()
NAMES = sorted(CITY)
SPLINTERS = st.sampled_from(
    [
        b"",
        b"\0",
        b"\xff",
        b"\xd6\xdc",
        b'"',
        b"'",
        b",",
        b"\n",
        b"\r",
        b"[",
        b"[[",
        b"]",
        b"=",
        b"#",
        b"\\u0000",
        b"\xef\xbb\xbf",
        "，".encode(),
        b"9999-12-31",
        b"0001-01-01T00:00:00+14:00",
        b"1e999",
        b"{}",
        b"inf",
        b"body",
        b"housing",
    ]
)


def read_or_refuse(damaged):
    """Read; when refused, check that every problem points into its file."""
    problems = ()
    try:
        Directory(read_organization(damaged, categories_of=categories_of))
    except InputError as error:
        problems = error.problems or None
    assert problems is not None
    for problem in problems:
        assert 0 <= problem.line <= len(damaged.get(problem.source, b"").splitlines()) + 1


@st.composite
def damaged_cities(draw):
    damaged = dict(CITY)
    for _ in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from(NAMES))
        content = damaged[name]
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 40)))
        splinter = draw(SPLINTERS | st.binary(max_size=6))
        damaged[name] = content[:start] + splinter + content[end:]
    return damaged


@given(damaged_cities())
def test_any_damage_is_read_or_refused(damaged):
    read_or_refuse(damaged)


@st.composite
def reordered_cities(draw):
    damaged = dict(CITY)
    name = draw(st.sampled_from(NAMES))
    lines = damaged[name].splitlines(keepends=True)
    chosen = draw(st.lists(st.sampled_from(lines), min_size=1, max_size=len(lines)))
    return {**damaged, name: b"".join(chosen)}


@given(reordered_cities())
def test_lines_lost_doubled_and_mixed_up_are_read_or_refused(damaged):
    read_or_refuse(damaged)


cells = st.sampled_from(
    ["", "*", "a", "b", "p", "o", "lead", "2026-01-01", "2026-01-01 08:00", "duty intake", "x y"]
) | st.text(st.characters(exclude_categories=["Cs"]), max_size=5)


@st.composite
def invented_folders(draw):
    """Return tables with the right columns and any cells."""
    invented = {"organization.toml": CITY["organization.toml"]}
    for name, columns in TABLES.items():
        rows = draw(
            st.lists(st.lists(cells, min_size=len(columns), max_size=len(columns)), max_size=4)
        )
        quoted = [
            ",".join('"' + cell.replace('"', '""') + '"' for cell in row)
            for row in [[column.name for column in columns], *rows]
        ]
        invented[f"{name}.csv"] = "\n".join(quoted).encode()
    return invented


@given(invented_folders())
def test_any_cells_are_read_or_refused(invented):
    read_or_refuse(invented)


values = st.recursive(
    st.none().map(lambda _: '""')
    | st.sampled_from(["1", "true", "1.5", "nan", '"a"', '"water"', "2026-01-01", "08:00:00"])
    | st.sampled_from(["2026-01-01T08:00:00", "2026-01-01T08:00:00+08:00"]),
    lambda inner: st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
    max_leaves=4,
)


@st.composite
def invented_tables(draw):
    """Return a main file with the right keys and any TOML values."""
    lines = ["[body]", *(f"{column.name} = {draw(values)}" for column in BODY)]
    for name, columns in TABLES.items():
        for _ in range(draw(st.integers(0, 2))):
            lines += [f"[[{name}]]", *(f"{column.name} = {draw(values)}" for column in columns)]
    return {"organization.toml": "\n".join(lines).encode()}


@given(invented_tables())
def test_any_values_are_read_or_refused(invented):
    read_or_refuse(invented)
