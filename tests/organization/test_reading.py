"""Reading an organisation folder: what the city's files say."""

from datetime import UTC, date, datetime

from dandang.organization.directory import DutyType, PostKind
from dandang.organization.entries import Calendar
from tests.organization.jiangcheng import files
from tests.organization.spoiling import TOML, add, read, spoil


def test_the_city_is_read_as_it_is_written():
    city = read(files())
    assert city.body.name_zh == "江城市"
    assert city.body.calendar is Calendar.CHINA
    assert [area.code for area in city.areas] == ["city", "qingshan", "hudong"]
    assert {unit.code: unit.supervised_by for unit in city.units}["water"] == "supervision"
    posts = {post.code: post for post in city.posts}
    assert posts["hotline-dispatch"].kinds == {PostKind.DISPATCH, PostKind.CALL_BACK}
    assert posts["cityman-duty"].kinds == {PostKind.DUTY, PostKind.HEAD}
    assert posts["services-desk"].kinds == frozenset()
    assert city.appointments[3].ends == date(2026, 6, 30)
    assert city.substitutes[0].absent == "W-017"
    assert city.substitutes[0].post is None


def test_times_without_an_offset_are_those_of_the_body():
    assert read(files()).rosters[0].starts_at == datetime(2026, 10, 1, 10, tzinfo=UTC)
    moved = spoil(TOML, "2026-10-01T18:00:00", '"2026-10-01 18:00+00:00"')
    assert read(moved).rosters[0].starts_at == datetime(2026, 10, 1, 18, tzinfo=UTC)


def test_a_lead_duty_without_a_post_goes_to_the_front_post_of_its_unit():
    duties = {(duty.category, duty.unit): duty for duty in read(files()).duties}
    assert duties["water_supply", "water"].post == "water-duty"
    assert duties["environment", "cityman"].post == "cityman-duty"
    assert duties["noise_commercial", "qingshan"].type is DutyType.WITHDRAWN


def test_a_star_stands_for_every_category_and_the_whole_body():
    duties = read(add("duties.csv", "*,*,labour,,lead,,2027-01-01,\n")).duties
    assert (duties[-1].category, duties[-1].area) == ("", "")


def test_csv_tables_may_stand_in_the_main_file_instead():
    spoilt = files()
    del spoilt["duties.csv"]
    spoilt[TOML] += b'[[duties]]\ncategory = "water_supply"\nunit = "water"\ntype = "lead"\n'
    (duty,) = read(spoilt).duties
    assert (duty.post, duty.area, duty.basis) == ("water-duty", "", "")


def test_toml_gives_lists_days_and_instants_their_own_form():
    post = '[[posts]]\ncode = "x"\nunit = "water"\nname_zh = "某岗"\nname_en = "X"\n'
    spoilt = add(TOML, post + 'kinds = ["duty", "call_back"]\nphone = "1"\n')
    assert read(spoilt).posts[0].kinds == {PostKind.DUTY, PostKind.CALL_BACK}
    quoted = spoil(TOML, "starts = 2026-11-02", 'starts = " 2026-11-02 "')
    assert read(quoted).substitutes[0].starts == date(2026, 11, 2)


def test_a_byte_order_mark_windows_line_ends_and_empty_lines_are_fine():
    spoilt = {
        name: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n") + b"\r\n\r\n"
        for name, content in files().items()
    }
    assert read(spoilt) == read(files())


def test_lines_of_empty_cells_and_columns_in_any_order_are_fine():
    spoilt = files()
    spoilt["officers.csv"] = "name_en, code ,name_zh\n,,\n\nLu Yan, L-002 ,陆岩\n".encode()
    assert "L-002" in {officer.code for officer in read(spoilt).officers}


def test_empty_cells_at_the_end_of_lines_are_fine():
    spoilt = {
        name: content.replace(b"\n", b",, \n") if name.endswith(".csv") else content
        for name, content in files().items()
    }
    assert read(spoilt) == read(files())


def test_files_of_other_kinds_are_left_alone():
    assert read({**files(), "notes.txt": b"\xff", "other.toml": b"[["}) == read(files())
