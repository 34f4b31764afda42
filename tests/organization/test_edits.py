"""Single changes of the register: checked like files, and nothing that files could not say."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.organization.directory import Directory
from dandang.organization.edits import Edit, changes_between, edited
from dandang.organization.events import What
from dandang.organization.files.schema import TABLES
from dandang.organization.files.writing import cells_of, code_of, entries_of, write_organization
from dandang.organization.hanging import hanging
from dandang.organization.reading import read_organization
from dandang.terms import Code, InputError, Refusal
from tests import town

NOW = datetime(2026, 10, 12, 1, tzinfo=UTC)
CITY = town.directory().organization
CATEGORIES = town.categories_of("cn-county")
ZONE = town.calendar().time_zone
NEW_POST = {"code": "water-late", "unit": "water", "name_zh": "夜班", "name_en": "Night shift"}


def edit(*edits: Edit):
    return edited(CITY, edits, CATEGORIES)


def refused(*edits: Edit) -> list[str]:
    with pytest.raises(InputError) as error:
        edit(*edits)
    return [problem.code for problem in error.value.problems]


def cells(table: str, code: str, **changes: str) -> dict[str, str]:
    entry = next(one for one in entries_of(CITY, table) if code_of(table, one) == code)
    return {**cells_of(table, entry, ZONE), **changes}


def same(one, other) -> bool:
    """Say whether two registers say the same, in whatever order."""
    return one.body == other.body and all(
        sorted(entries_of(one, table), key=repr) == sorted(entries_of(other, table), key=repr)
        for table in TABLES
    )


def test_what_is_written_reads_the_same_and_is_written_the_same_again():
    files = write_organization(CITY)
    again = read_organization(files, categories_of=town.categories_of)
    assert same(again, CITY)
    assert write_organization(again) == files
    assert set(files) == {"organization.toml", *(f"{table}.csv" for table in TABLES)}


def test_a_post_is_added_changed_and_ended():
    added = edit(Edit("posts", None, {**NEW_POST, "kinds": "duty", "phone": " 1 "}))
    (change,) = changes_between(CITY, added, NOW)
    assert (change.table, change.code, change.what) == ("posts", "water-late", What.ADDED)
    assert change.fields == ("code", "name_zh", "name_en", "unit", "kinds", "phone")
    assert change.values == ("code=water-late", "unit=water", "kinds=duty")
    cells_now = {**NEW_POST, "kinds": "duty", "phone": "2"}
    changed = edited(added, [Edit("posts", "water-late", cells_now)], CATEGORIES)
    assert Directory(changed).post("water-late").phone == "2"
    (change,) = changes_between(added, changed, NOW)
    assert (change.what, change.fields, change.values) == (What.CHANGED, ("phone",), ())
    assert same(edited(changed, [Edit("posts", "water-late")], CATEGORIES), CITY)
    (change,) = changes_between(changed, CITY, NOW)
    assert (change.what, change.fields) == (What.ENDED, ())


def test_what_has_not_begun_is_taken_back():
    later = edit(
        Edit("appointments", None, {"officer": "W-004", "post": "mayor", "starts": "2026-11-01"}),
        Edit(
            "rosters",
            None,
            {
                "officer": "W-004",
                "post": "water-duty",
                "starts_at": "2026-10-12 09:01",
                "ends_at": "2026-10-12 18:00",
            },
        ),
    )
    assert [change.what for change in changes_between(CITY, later, NOW)] == [What.ADDED] * 2
    assert [change.what for change in changes_between(later, CITY, NOW)] == [What.TAKEN_BACK] * 2


def test_every_problem_is_told_at_once_and_what_was_wrong_before_is_not_held_against_an_act():
    wrong = {"code": "a b", "unit": "nowhere", "name_zh": "", "name_en": "X", "kinds": "king"}
    assert refused(Edit("posts", None, wrong)) == ["bad_code", "missing_value", "unknown_word"]
    nowhere = Edit("posts", None, {**NEW_POST, "unit": "nowhere"})
    assert refused(nowhere, Edit("units", "labour")) == ["unknown_reference"] * 3
    without = CATEGORIES - {"unpaid_wages"}
    again = Edit("posts", None, {**NEW_POST})
    assert edited(CITY, [again], without).posts != CITY.posts
    labour = cells("duties", "unpaid_wages - labour labour-duty -", category="homesteads")
    assert refused(Edit("duties", None, {**labour, "category": "nothing"})) == ["unknown_reference"]


def test_nobody_may_be_left_without_an_office_that_could_decide():
    deciding = [
        Edit("posts", code, cells("posts", code, kinds="duty"))
        for code in ("supervision-desk", "mayor")
    ]
    problems = refused(
        *deciding, Edit("posts", "hotline-dispatch", cells("posts", "hotline-dispatch", kinds=""))
    )
    assert "no_post_of_kind" in problems
    assert "supervisor_without_post" in refused(deciding[0])
    assert edit(Edit("body", "jiangcheng", cells("body", "jiangcheng", name_en="J"))).body.name_en


def test_what_somebody_else_changed_meanwhile_is_not_written_over():
    was = cells("posts", "water-duty")
    mine = {**was, "phone": "1"}
    assert edit(Edit("posts", "water-duty", mine, was)) != CITY
    for seen, gone, code in (
        ({**was, "phone": "0"}, "water-duty", Code.CHANGED_MEANWHILE),
        (was, "water-day", Code.NOT_FOUND),
    ):
        with pytest.raises(Refusal) as error:
            edit(Edit("posts", gone, mine, seen))
        assert error.value.code is code


def test_what_hangs_on_a_unit_is_told_with_what_hangs_on_that():
    found = {(one.table, one.code): one.ends for one in hanging(CITY, "units", "housing")}
    assert found["posts", "housing-duty"]
    assert any(table == "appointments" and "H-009" in code for table, code in found)
    assert not found["units", "housing-sites"]
    ends = [Edit(table, code) for (table, code), end in found.items() if end]
    assert "unknown_reference" in refused(Edit("units", "housing"), *ends)
    assert [one.code for one in hanging(CITY, "posts", "hotline-coordination") if not one.ends] == [
        "jiangcheng"
    ]


POSTS, OFFICERS = [post.code for post in CITY.posts], [one.code for one in CITY.officers]
CODES = {table: [code_of(table, entry) for entry in entries_of(CITY, table)] for table in TABLES}
DAYS = st.dates(NOW.date().replace(month=9), NOW.date().replace(month=12)).map(str)
TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)


@st.composite
def edits(draw) -> Edit:
    table = draw(st.sampled_from([*TABLES]))
    code = draw(st.none() | st.sampled_from(CODES[table] or [None]))
    if code is not None and draw(st.booleans()):
        return Edit(table, code)
    given_cells = cells(table, code) if code else {}
    more = {
        "code": st.sampled_from(["n1", "n2"]),
        "name_zh": TEXTS,
        "name_en": TEXTS,
        "basis": TEXTS,
        "phone": TEXTS,
        "unit": st.sampled_from(CODES["units"]),
        "post": st.sampled_from(POSTS),
        "officer": st.sampled_from(OFFICERS),
        "starts": DAYS,
        "starts_at": DAYS.map(lambda day: f"{day} 08:00"),
        "ends_at": DAYS.map(lambda day: f"{day} 20:00:30"),
        "category": st.sampled_from(["*", "water_supply"]),
        "area": st.sampled_from(["", "*", "qingshan"]),
        "type": st.sampled_from(["lead", "assist_only"]),
        "verb": st.sampled_from(["reply", "ask", "sing"]),
        "text_zh": TEXTS,
        "text_en": TEXTS,
    }
    for column in TABLES[table]:
        if column.name in more and (code is None or draw(st.booleans())):
            given_cells[column.name] = draw(more[column.name])
    return Edit(table, code, given_cells)


@given(st.lists(edits(), max_size=8))
def test_acts_lead_nowhere_that_files_could_not(acts):
    register = CITY
    for act in acts:
        try:
            register = edited(register, [act], CATEGORIES)
        except (InputError, Refusal):
            continue
    files = write_organization(register)
    assert same(read_organization(files, categories_of=town.categories_of), register)
    assert write_organization(read_organization(files, categories_of=town.categories_of)) == files
