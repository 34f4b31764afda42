"""Stories of import maps: what they say, and every mistake in them with its line."""

import pytest

from dandang.lifecycle.intake.importing.import_map import misfits, unknown_codes
from dandang.lifecycle.intake.importing.map_file import parse_map
from dandang.lifecycle.intake.importing.maps import load_map, ready_maps, ready_organization
from dandang.terms import InputError, Problem
from tests.lifecycle.importing.plans import COLUMNS, SMALL, small

LEAST = """
name = "least"
source = "old_system"
time_zone = "UTC"

[columns]
source_id = "id"
sent_at = "sent"
text = ["text"]
"""


def problems(text: str) -> list[tuple[int, str, str]]:
    """Return line, code and key of every problem of a map."""
    with pytest.raises(InputError) as caught:
        parse_map(text, "map.toml")
    return [(one.line, one.code, str(one.params.get("key", ""))) for one in caught.value.problems]


def changed(old: str, new: str) -> str:
    assert old in SMALL
    return SMALL.replace(old, new)


def test_a_map_says_which_column_is_what_and_what_values_mean():
    plan = small()
    assert plan.source == "old_system"
    assert plan.columns.text == ("text", "more")
    assert plan.categories == {"water": "water_supply", "no water": "water_supply", "other": ""}
    assert plan.ended_states == {"closed", "done"}
    assert plan.columns.all() == (
        "id", "sent", "kind", "area", "state", "ended", "name", "phone", "mail",
        "text", "more", "title", "street", "number",
    )  # fmt: skip


def test_what_a_map_leaves_out_has_a_plain_default():
    plan = parse_map(LEAST, "map.toml")
    assert (plan.encoding, plan.delimiter, plan.time_formats) == ("utf-8-sig", ",", ("iso",))
    assert plan.columns.title == ()
    assert plan.columns.category is None
    assert (plan.default_category, plan.default_area) == ("", "")


def test_defaults_are_kept_with_their_lines():
    plan = parse_map(LEAST + '\n[defaults]\ncategory = "taxis"\narea = "hudong"\n', "map.toml")
    assert (plan.default_category, plan.default_area) == ("taxis", "hudong")
    assert (plan.line_of("category", "taxis"), plan.line_of("area", "hudong")) == (12, 13)
    assert plan.line_of("column", "nothing") == 0


@pytest.mark.parametrize("delimiter", [";", "\\t", "|"])
def test_a_delimiter_may_be_any_one_character(delimiter):
    plan = parse_map(f'delimiter = "{delimiter}"\n' + LEAST, "map.toml")
    assert plan.delimiter == delimiter.replace("\\t", "\t")


@pytest.mark.parametrize("delimiter", ['""', '","', "7", "'\"'", '"\\n"'])
def test_a_delimiter_is_exactly_one_character_and_no_quotation_mark(delimiter):
    wanted = [] if delimiter == '","' else [(1, "bad_delimiter", "delimiter")]
    text = f"delimiter = {delimiter}\n" + LEAST
    assert (problems(text) if wanted else []) == wanted


def test_all_mistakes_are_told_together_with_their_lines():
    text = LEAST.replace('"UTC"', '"Mars/Base"') + '\n[colums]\nid = "id"\n'
    text = 'encoding = "utf-9"\ntime_formats = ["iso", "dd.mm.yyyy"]\n' + text
    assert problems(text) == [
        (1, "unknown_encoding", "encoding"),
        (2, "bad_time_format", "time_formats"),
        (6, "bad_time_zone", "time_zone"),
        (13, "unknown_key", "colums"),
    ]


@pytest.mark.parametrize("pattern", ["%H:%M", "%Q", "today", "%d %H:%M", "%Y"])
def test_a_time_format_must_at_least_tell_the_day(pattern):
    text = f'time_formats = ["{pattern}"]\n' + LEAST
    assert problems(text) == [(1, "bad_time_format", "time_formats")]


def test_a_map_without_a_text_is_no_map():
    assert problems(LEAST.replace('text = ["text"]', "")) == [(6, "missing_key", "columns.text")]


def test_a_title_alone_is_text_enough():
    plan = parse_map(LEAST.replace("text =", "title ="), "map.toml")
    assert (plan.columns.title, plan.columns.text) == (("text",), ())


@pytest.mark.parametrize(
    ("column", "line", "key"),
    [
        ('category = "kind"', 22, "categories"),
        ('area = "area"', 29, "areas"),
        ('state = "state"', 6, "ended_states"),
    ],
)
def test_meanings_without_a_column_to_take_values_from_are_a_mistake(column, line, key):
    assert problems(changed(column, "")) == [(line, "column_not_named", key)]


def test_a_value_cannot_mean_two_things():
    text = changed('values = ["Other"]', 'values = ["Other", "WATER"]')
    assert problems(text) == [(27, "duplicate_value", "categories")]


def test_a_map_that_is_no_toml_is_refused_with_the_line():
    assert problems("name = \n") == [(1, "not_toml", "")]


def test_rows_of_the_wrong_kind_are_told_and_not_tripped_over():
    text = LEAST + '\n[[categories]]\nvalues = "Water"\n'
    assert {code for _, code, _ in problems(text)} == {"wrong_type"}
    assert ("wrong_type" in code for _, code, _ in problems("columns = 1\ncategories = 2\n"))


def test_a_file_without_a_named_column_is_told_with_those_it_has():
    header = [name for name in COLUMNS if name not in {"kind", "more"}]
    found = list(misfits(small(), header, "rows.csv"))
    assert [(one.code, one.source, one.line, one.params["column"]) for one in found] == [
        ("missing_column", "letters.toml", 14, "kind")
        if one.params["column"] == "kind"
        else ("missing_column", "letters.toml", 12, "more")
        for one in found
    ]
    assert {one.params["column"] for one in found} == {"kind", "more"}
    assert found[0].params["present"] == ", ".join(header)


def test_a_column_that_is_there_twice_is_told():
    (found,) = misfits(small(), [*COLUMNS, "id", "spare", "spare"], "rows.csv")
    assert (found.code, found.params["column"]) == ("duplicate_column", "id")


def test_spaces_around_the_names_of_columns_do_not_count():
    assert list(misfits(small(), [f" {name} " for name in COLUMNS], "rows.csv")) == []


def test_a_file_without_a_header_is_told():
    assert list(misfits(small(), ["", " "], "rows.csv")) == [
        Problem("missing_header", "rows.csv", 1)
    ]


def test_a_file_with_another_delimiter_is_told():
    (found,) = misfits(small(), [";".join(COLUMNS)], "rows.csv")
    assert (found.code, found.params) == ("other_delimiter", {"delimiter": ","})


def test_codes_that_policy_or_organization_do_not_have_are_told_with_their_lines():
    found = list(unknown_codes(small(), {"noise"}, {"hudong"}))
    assert [(one.code, one.line) for one in found] == [
        ("unknown_category", 23),
        ("unknown_area", 30),
    ]
    assert list(unknown_codes(small(), {"water_supply"}, {"qingshan"})) == []


def test_ready_maps_come_with_an_organization():
    assert ready_maps() == ("nyc311", "zh_messages")
    for name in ready_maps():
        assert load_map(name).name == name
        assert (ready_organization(name) / "organization.toml").is_file()


def test_an_unknown_ready_name_is_told_with_those_there_are():
    with pytest.raises(InputError) as caught:
        ready_organization("boston")
    (problem,) = caught.value.problems
    ready = "jiangcheng, nyc311, zh_messages"
    assert (problem.code, problem.params["ready"]) == ("unknown_ready", ready)


def test_a_map_of_ones_own_is_read_from_its_file(tmp_path):
    path = tmp_path / "letters.toml"
    path.write_text("\ufeff" + SMALL.replace("\n", "\r\n"), encoding="utf-8")
    assert load_map(str(path)).categories == small().categories


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "unknown_map"),
        (b"name = '\xff'", "not_utf8"),
        (b" " * 4_000_001, "file_too_large"),
    ],
)
def test_a_map_that_cannot_be_read_is_told(tmp_path, content, code):
    path = tmp_path / "map.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        load_map(str(path))
    assert [problem.code for problem in caught.value.problems] == [code]


def test_a_folder_is_no_map(tmp_path):
    with pytest.raises(InputError) as caught:
        load_map(str(tmp_path))
    assert [problem.code for problem in caught.value.problems] == ["file_unreadable"]
