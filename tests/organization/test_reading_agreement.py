"""What does not fit together in an organisation folder."""

import pytest

from tests.organization.jiangcheng import files
from tests.organization.spoiling import TOML, add, line_of, only, problems_of, read, spoil


def test_a_loop_of_units_is_named_whole_and_once():
    spoilt = spoil(TOML, 'code = "government"', 'code = "government"\nparent = "housing-sites"')
    source, line, code, params = only(spoilt)
    assert (source, code) == (TOML, "loop")
    assert line == line_of(spoilt, TOML, 'parent = "housing-sites"')
    loop = "government > housing-sites > housing > government"
    assert params == {"key": "parent", "loop": loop}


def test_a_loop_of_areas_is_named_too():
    spoilt = spoil(TOML, 'code = "city"', 'code = "city"\nparent = "city"')
    assert only(spoilt)[2:] == ("loop", {"key": "parent", "loop": "city > city"})


@pytest.mark.parametrize("kind", ["intake", "dispatch"])
def test_a_body_needs_intake_and_dispatch(kind):
    spoilt = spoil("posts.csv", f",{kind}", ",duty")
    assert only(spoilt)[2:] == ("no_post_of_kind", {"kind": kind})


def test_a_unit_that_leads_needs_a_post():
    spoilt = spoil("posts.csv", "labour-duty,labour", "labour-duty,water")
    assert only(spoilt)[2:] == ("unit_without_post", {"key": "unit", "value": "labour"})


@pytest.mark.parametrize("kind", ["audit", "administration", "audit administration"])
def test_a_unit_that_leads_needs_a_post_that_works_on_cases(kind):
    spoilt = spoil("posts.csv", "labour,值班岗,Duty desk,duty", f"labour,值班岗,Duty desk,{kind}")
    assert only(spoilt)[2:] == ("unit_without_post", {"key": "unit", "value": "labour"})


def test_a_duty_is_no_auditors():
    spoilt = spoil(
        "posts.csv",
        "cityman-duty,cityman,值班岗,Duty desk,duty;head",
        "cityman-duty,cityman,值班岗,Duty desk,audit",
    )
    found = ("post_without_cases", {"key": "post", "value": "cityman-duty"})
    assert found in [
        (one.code, {k: v for k, v in one.params.items() if k != "table"})
        for one in problems_of(spoilt)
    ]


def test_what_nobody_else_holds_goes_to_no_auditor():
    spoilt = spoil("posts.csv", ",Supervision,supervision,", ",Supervision,audit,")
    spoilt[TOML] = spoilt[TOML].replace(
        b'fallback_post = "', b'fallback_post = "supervision-desk" # "'
    )
    found = {(one.code, one.params["key"]) for one in problems_of(spoilt)}
    assert ("post_without_cases", "fallback_post") in found


def test_a_unit_may_assist_without_a_post():
    spoilt = spoil("posts.csv", "sites-duty,housing-sites", "sites-duty,housing")
    duties = {duty.unit: duty for duty in read(spoilt).duties}
    assert duties["housing-sites"].post == ""


def test_a_post_of_a_section_may_receive_for_the_bureau():
    spoilt = add("duties.csv", "environment,hudong,housing,sites-duty,lead,,,\n")
    assert read(spoilt).duties[-1].post == "sites-duty"


def test_a_body_where_nobody_could_decide_about_a_unit_is_refused():
    spoilt = spoil("posts.csv", "supervision-desk,supervision", "supervision-desk,hotline")
    spoilt["posts.csv"] = spoilt["posts.csv"].replace(b"mayor,government", b"mayor,hotline")
    spoilt[TOML] = spoilt[TOML].replace(b'supervised_by = "supervision"\n', b"")
    source, line, code, params = only(spoilt)
    assert (source, code, params) == (TOML, "unit_without_deciding_office", {"value": "hotline"})
    assert line == line_of(spoilt, TOML, '[[units]]\ncode = "hotline"')


def test_an_absent_officer_has_one_substitute_at_a_time_and_a_post_several():
    row = "officer,absent,post,starts,ends\n{}\n"
    twice = {
        **files(),
        "substitutes.csv": row.format("H-009,W-017,,2026-11-06,2026-11-08").encode(),
    }
    assert only(twice)[2] == "overlap"
    both = row.format("H-009,,supervision-desk,2026-11-09,2026-11-10")
    assert len(read({**files(), "substitutes.csv": both.encode()}).substitutes) == 3


def test_two_officers_may_be_on_duty_together_but_not_one_twice():
    row = "post,officer,starts_at,ends_at\nwater-night,{},2026-10-02 07:00,2026-10-02 09:00\n"
    together = {**files(), "rosters.csv": row.format("W-017").encode()}
    assert len(read(together).rosters) == 3
    twice = {**files(), "rosters.csv": row.format("W-004").encode()}
    assert only(twice)[2] == "overlap"


def test_appointments_one_after_the_other_do_not_overlap():
    spoilt = add("appointments.csv", "H-009,sites-duty,2026-07-01,\n")
    assert len(read(spoilt).appointments) == 10


def test_an_overlap_with_a_long_entry_is_found_behind_a_short_one():
    rows = "Q-002,mayor,2026-01-01,2026-12-31\nQ-002,mayor,2025-01-01,2025-02-01\n"
    more = "Q-002,mayor,2026-12-01,2026-12-02\nQ-002,mayor,2026-12-31,\n"
    lines = [p.line for p in problems_of(add("appointments.csv", rows + more))]
    assert lines == [13, 14]


def test_everything_wrong_is_told_at_once_in_order():
    spoilt = spoil(TOML, '"CN"', '"China"')
    spoilt = {**spoilt, "officers.csv": b"code,name_zh,name_en\nX 1,,Z\n"}
    spoilt["appointments.csv"] += b"W-099,water-duty,2026-10-02,\nW-017,nowhere,yesterday,\n"
    found = [(problem.source, problem.line, problem.code) for problem in problems_of(spoilt)]
    assert found == [
        ("appointments.csv", 11, "unknown_reference"),
        ("appointments.csv", 12, "bad_day"),
        ("appointments.csv", 12, "unknown_reference"),
        ("officers.csv", 2, "bad_code"),
        ("officers.csv", 2, "missing_value"),
        ("organization.toml", 8, "bad_country"),
    ]
