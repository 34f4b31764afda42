"""What is wrong with a row or a cell of an organisation folder."""

import pytest

from dandang.organization.directory import PostKind
from tests.organization.jiangcheng import files
from tests.organization.spoiling import TOML, add, line_of, only, problems_of, spoil

CELLS = [
    ("officers.csv", "X 1,周,Z", 2, "bad_code", {"key": "code", "value": "X 1"}),
    ("officers.csv", "X-1,周", 2, "missing_value", {"key": "name_en"}),
    ("officers.csv", "X-1,周,Z,4", 2, "too_many_cells", {"expected": 3, "found": 4}),
    ("officers.csv", "X-1,周\x07,Z", 2, "text_unusable", {"key": "name_zh"}),
    (
        "officers.csv",
        f"X-1,{'周' * 201},Z",
        2,
        "text_too_long",
        {"key": "name_zh", "limit": 200, "length": 201},
    ),
    (
        "posts.csv",
        "x,water,岗,Post,boss,",
        17,
        "unknown_word",
        {"key": "kinds", "value": "boss", "allowed": ", ".join(PostKind)},
    ),
    (
        "duties.csv",
        "water_supply,hudong,water,,leads,,,",
        9,
        "unknown_word",
        {"key": "type", "value": "leads", "allowed": "lead, assist_only, withdrawn"},
    ),
    (
        "appointments.csv",
        "W-017,services-desk,2026/10/01,",
        11,
        "bad_day",
        {"key": "starts", "value": "2026/10/01"},
    ),
    (
        "appointments.csv",
        "W-017,services-desk,0026-10-01,",
        11,
        "bad_day",
        {"key": "starts", "value": "0026-10-01"},
    ),
    (
        "appointments.csv",
        "W-017,services-desk,2026-10-02,2026-10-01",
        11,
        "ends_before_starts",
        {"key": "ends"},
    ),
    (
        "appointments.csv",
        "W-099,services-desk,2026-10-02,",
        11,
        "unknown_reference",
        {"key": "officer", "refers": "officers", "value": "W-099"},
    ),
    (
        "appointments.csv",
        "W-017,water-desk,2026-10-02,",
        11,
        "unknown_reference",
        {"key": "post", "refers": "posts", "value": "water-desk"},
    ),
    (
        "appointments.csv",
        "W-017,water-duty,2026-10-02,",
        11,
        "overlap",
        {"other_source": "appointments.csv", "other_line": 2},
    ),
    (
        "posts.csv",
        "water-duty,water,岗,Post,,",
        17,
        "duplicate_code",
        {
            "key": "code",
            "value": "water-duty",
            "other_source": "posts.csv",
            "other_line": 3,
        },
    ),
    (
        "duties.csv",
        "fountains,,water,,lead,,,",
        9,
        "unknown_reference",
        {"key": "category", "refers": "categories", "value": "fountains"},
    ),
    (
        "duties.csv",
        "water_supply,,water,,assist_only,,2026-01-01,",
        9,
        "contradiction",
        {"key": "type", "other_source": "duties.csv", "other_line": 2},
    ),
    (
        "duties.csv",
        "water_supply,,water,,lead,,2026-01-01,",
        9,
        "overlap",
        {"other_source": "duties.csv", "other_line": 2},
    ),
    (
        "duties.csv",
        "environment,hudong,water,labour-duty,lead,,,",
        9,
        "post_of_other_unit",
        {"key": "post", "value": "labour-duty", "unit": "water"},
    ),
]


@pytest.mark.parametrize(("name", "row", "line", "code", "params"), CELLS)
def test_a_wrong_row_is_refused_with_its_line(name, row, line, code, params):
    header = "code,name_zh,name_en\n" if name == "officers.csv" else ""
    assert only(add(name, f"{header}{row}\n")) == (name, line, code, params)


UNIT = '[[units]]\ncode = "{}"\nname_zh = "某科"\nname_en = "X"\n{}\n'

MAIN = [
    (UNIT.format("x", 'area = "mars"'), 'area = "mars"', "unknown_reference", "area"),
    (UNIT.format("x", 'colour = "red"'), "colour", "unknown_key", "colour"),
    (UNIT.format("x", "parent = 7"), "parent = 7", "wrong_type", "parent"),
    (UNIT.format("x", 'supervised_by = "x"'), 'by = "x"', "supervised_from_inside", None),
    (
        UNIT.format("x", 'supervised_by = "labour"'),
        'by = "labour"',
        "supervisor_without_post",
        None,
    ),
]


@pytest.mark.parametrize(("text", "where", "code", "key"), MAIN)
def test_a_wrong_table_of_the_main_file_is_refused_with_its_line(text, where, code, key):
    spoilt = add(TOML, text)
    source, line, found, params = only(spoilt)
    assert (source, found) == (TOML, code)
    assert line == line_of(spoilt, TOML, where)
    assert key is None or params["key"] == key


def test_a_missing_key_is_refused_at_the_line_of_its_table():
    spoilt = spoil(TOML, 'name_zh = "水务局"\n', "")
    line = line_of(spoilt, TOML, '[[units]]\ncode = "water"')
    assert only(spoilt) == (TOML, line, "missing_value", {"key": "name_zh"})


def test_an_empty_text_is_a_missing_one():
    for empty in ('""', '" "'):
        spoilt = spoil(TOML, 'name_zh = "水务局"', f"name_zh = {empty}")
        assert only(spoilt)[2:] == ("missing_value", {"key": "name_zh"})


@pytest.mark.parametrize(
    ("old", "new", "code", "params"),
    [
        ('"Asia/Shanghai"', '"Asia/Jiangcheng"', "bad_time_zone", {"value": "Asia/Jiangcheng"}),
        ('"Asia/Shanghai"', '"../etc/passwd"', "bad_time_zone", {"value": "../etc/passwd"}),
        ('"Asia/Shanghai"', "8", "wrong_type", {"expected": "text"}),
        ('"CN"', '"China"', "bad_country", {"value": "China"}),
        ('"china"', '"lunar"', "unknown_word", {"value": "lunar", "allowed": "china, computed"}),
        ('"cn-county"', '"own"', "unknown_policy", {"value": "own"}),
        ('"hotline-coordination"', '"x"', "unknown_reference", {"refers": "posts", "value": "x"}),
    ],
)
def test_a_wrong_body_is_refused(old, new, code, params):
    source, line, found, found_params = only(spoil(TOML, old, new))
    del found_params["key"]
    assert (source, found, found_params) == (TOML, code, params)
    assert 7 <= line <= 11


def test_a_calendar_of_china_is_for_a_body_in_china():
    assert only(spoil(TOML, '"CN"', '"US"'))[1:3] == (9, "calendar_of_other_country")


def test_a_body_must_be_there():
    spoilt = spoil(TOML, "[body]", "[town]")
    assert [(p.code, p.line, p.params["key"]) for p in problems_of(spoilt)] == [
        ("missing_key", 0, "body"),
        ("unknown_key", 3, "town"),
    ]


def test_tables_of_the_wrong_shape_are_refused():
    spoilt = {**files(), TOML: b'body = 3\nareas = "none"\nunits = [4]\n'}
    found = [(p.code, p.line, p.params["key"]) for p in problems_of(spoilt) if p.source == TOML]
    assert found[:3] == [
        ("wrong_type", 1, "body"),
        ("wrong_type", 2, "areas"),
        ("wrong_type", 3, "units"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "code", "params"),
    [
        ("2026-11-02", "2026", "wrong_type", {"key": "starts", "expected": "day"}),
        ("2026-11-02", "2026-11-02T00:00:00", "wrong_type", {"key": "starts", "expected": "day"}),
        (
            "2026-10-01T18:00:00",
            "2026-10-01",
            "wrong_type",
            {"key": "starts_at", "expected": "instant"},
        ),
        (
            "2026-10-01T18:00:00",
            '"tonight"',
            "bad_instant",
            {"key": "starts_at", "value": "tonight"},
        ),
        (
            "2026-10-01T18:00:00",
            '"2026-10-01"',
            "bad_instant",
            {"key": "starts_at", "value": "2026-10-01"},
        ),
        (
            "2026-10-01T18:00:00",
            "0001-01-01T00:00:00",
            "bad_instant",
            {"key": "starts_at", "value": "0001-01-01T00:00:00"},
        ),
        ("2026-10-01T18:00:00", "2026-10-02T08:00:00", "ends_before_starts", {"key": "ends_at"}),
        ('absent = "W-017"', "", "substitute_for_what", {}),
        ('absent = "W-017"', 'absent = "W-017"\npost = "mayor"', "substitute_for_what", {}),
        ('absent = "W-017"', 'absent = "W-004"', "substitute_of_self", {"key": "absent"}),
    ],
)
def test_wrong_days_instants_and_substitutes_are_refused(old, new, code, params):
    assert only(spoil(TOML, old, new))[2:] == (code, params)


def test_kinds_that_are_neither_list_nor_text_are_refused():
    text = '[[posts]]\ncode = "x"\nunit = "water"\nname_zh = "岗"\nname_en = "X"\nkinds = {}\n'
    assert only(add(TOML, text.format("3")))[2] == "wrong_type"
    assert only(add(TOML, text.format("[3]")))[2] == "wrong_type"
