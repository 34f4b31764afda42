"""Who answers for what in Jiangcheng."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from dandang.organization.directory import (
    Directory,
    Duty,
    DutyType,
    Organization,
    Post,
    PostKind,
    Unit,
)
from dandang.terms import Code, Refusal
from tests.organization.jiangcheng import PATHS, jiangcheng
from tests.organization.strategies import BODY

MAY_DAY = date(2026, 5, 7)
NOON = datetime(2026, 5, 7, 4, tzinfo=UTC)


@pytest.fixture
def city():
    return jiangcheng()


def codes(entries):
    return [entry.code for entry in entries]


def test_a_code_that_nobody_has_is_refused_by_its_kind(city):
    for ask, code in (
        (city.unit, Code.UNKNOWN_UNIT),
        (city.post, Code.UNKNOWN_POST),
        (city.area, Code.UNKNOWN_AREA),
        (city.unit_of, Code.UNKNOWN_POST),
        (city.area_path, Code.UNKNOWN_AREA),
        (city.head_post, Code.UNKNOWN_UNIT),
    ):
        with pytest.raises(Refusal) as refused:
            ask("nowhere")
        assert refused.value.code is code
        assert [*refused.value.details.values()] == ["nowhere"]


def test_everything_is_found_by_its_code(city):
    assert city.unit("water").name_zh == "水务局"
    assert city.post("hotline-intake").phone == "12345"
    assert city.area("qingshan").parent == "city"
    assert city.unit_of("water-duty").code == "water"
    assert city.officers["W-017"].name_en == "Li Na"


def test_the_directory_cannot_be_changed(city):
    with pytest.raises(TypeError):
        city.units["water"] = None


def test_a_section_is_in_the_subtree_of_its_bureau_and_not_the_reverse(city):
    assert city.in_subtree("housing-sites", "housing")
    assert city.in_subtree("housing", "housing")
    assert not city.in_subtree("housing", "housing-sites")
    assert city.units_above("housing-sites") == ("housing", "government")


def test_area_paths_go_from_the_top_down(city):
    assert city.area_path("qingshan") == ("city", "qingshan")
    assert city.area_path(None) == ()
    assert city.children_of("city") == ("qingshan", "hudong")


def test_a_section_works_where_its_office_does(city):
    assert city.area_of("qingshan-services") == "qingshan"
    assert city.area_of("water") is None


def test_water_goes_to_the_water_bureau_everywhere(city):
    (duty,) = city.duties_for(PATHS["water_supply"], "hudong", MAY_DAY)
    assert (duty.unit, duty.post) == ("water", "water-duty")
    assert duty.basis == "Duty list 2026 no. 3"


def test_the_deepest_category_goes_before_the_deepest_area(city):
    path = PATHS["noise_building_night"]
    assert [duty.unit for duty in city.duties_for(path, "qingshan", MAY_DAY)] == ["housing"]
    assert [duty.unit for duty in city.duties_for(path[:1], "qingshan", MAY_DAY)] == ["qingshan"]
    assert [duty.unit for duty in city.duties_for(path[:1], "hudong", MAY_DAY)] == ["cityman"]


def test_of_two_areas_within_each_other_the_inner_one_counts(city):
    wider = Duty("environment", "city", "labour", "labour-duty", DutyType.LEAD)
    directory = Directory(replace(city.organization, duties=(*city.organization.duties, wider)))
    path = PATHS["environment"]
    assert [duty.unit for duty in directory.duties_for(path, "qingshan", MAY_DAY)] == ["qingshan"]
    assert [duty.unit for duty in directory.duties_for(path, "hudong", MAY_DAY)] == ["labour"]
    assert [duty.unit for duty in directory.duties_for(path, None, MAY_DAY)] == ["cityman"]


def test_a_duty_counts_only_between_its_days(city):
    path = PATHS["noise_building_night"]
    before = date(2026, 2, 28)
    assert [duty.unit for duty in city.duties_for(path, "hudong", before)] == ["cityman"]
    assert city.duties_for(PATHS["unpaid_wages"], None, date(2026, 6, 30))
    assert not city.duties_for(PATHS["unpaid_wages"], None, date(2026, 7, 1))


def test_a_duty_that_was_withdrawn_makes_no_lead_although_the_wider_one_does(city):
    duties = city.duties_for(PATHS["noise_commercial"], "qingshan", MAY_DAY)
    assert [duty.unit for duty in duties] == ["cityman"]


def test_what_was_withdrawn_from_an_office_binds_its_sections(city):
    duty = city.duty_of("qingshan-services", PATHS["noise_commercial"], "qingshan", MAY_DAY)
    assert duty is not None
    assert (duty.unit, duty.type) == ("qingshan", DutyType.WITHDRAWN)


def test_a_section_has_its_own_duty_before_that_of_its_bureau(city):
    duty = city.duty_of("housing-sites", PATHS["noise_building_night"], None, MAY_DAY)
    assert duty is not None
    assert (duty.unit, duty.type) == ("housing-sites", DutyType.ASSIST_ONLY)
    assert city.duty_of("labour", PATHS["water_supply"], None, MAY_DAY) is None


def test_the_ready_posts_are_found(city):
    assert city.fallback_post().code == "hotline-coordination"
    assert city.intake_post("qingshan").code == "hotline-intake"
    assert city.intake_post().code == "hotline-intake"
    assert codes(city.dispatch_posts()) == ["hotline-dispatch"]
    assert codes(city.posts_of_kind(PostKind.CALL_BACK)) == ["hotline-dispatch"]
    assert city.posts_of_kind(PostKind.SUPERVISION)[0].unit == "supervision"


def test_an_office_with_its_own_intake_receives_what_comes_from_its_area(city):
    organization = city.organization
    counter = Post("a-counter", "qingshan-services", "受理", "Intake", frozenset({PostKind.INTAKE}))
    directory = Directory(replace(organization, posts=(*organization.posts, counter)))
    assert directory.intake_post("qingshan").code == "a-counter"
    assert directory.intake_post("hudong").code == "hotline-intake"
    assert directory.intake_post().code == "hotline-intake"


def test_the_front_post_is_the_duty_post_else_the_head_else_any(city):
    assert city.front_post("water").code == "water-duty"
    assert city.front_post("qingshan-services").code == "services-desk"
    assert city.head_post("water").code == "water-head"
    assert city.head_post("labour") is None
    bare = Directory(
        Organization(
            BODY,
            units=(Unit("a", "甲", "A"), Unit("b", "乙", "B")),
            posts=(
                Post("p0", "a", "岗", "Post"),
                Post("p1", "a", "首长", "Head", frozenset({PostKind.HEAD})),
            ),
        )
    )
    assert bare.front_post("a").code == "p1"
    assert bare.front_post("b") is None


def test_a_unit_answers_to_its_supervisor_then_to_those_above_then_to_the_body(city):
    assert city.supervising_post("water").code == "supervision-desk"
    assert city.supervising_post("housing-sites").code == "housing-head"
    assert city.supervising_post("housing").code == "mayor"
    assert city.supervising_post("government").code == "supervision-desk"
    assert city.supervising_post("supervision").code == "mayor"


def test_a_supervisor_within_the_subtree_is_passed_over(city):
    units = tuple(
        replace(unit, supervised_by="water") if unit.code == "government" else unit
        for unit in city.organization.units
    )
    directory = Directory(replace(city.organization, units=units))
    assert directory.supervising_post("government").code == "supervision-desk"


def test_where_nobody_is_outside_nobody_supervises():
    lonely = Directory(
        Organization(
            BODY,
            units=(Unit("a", "甲", "A"),),
            posts=(Post("p0", "a", "岗", "Post", frozenset({PostKind.LEADER})),),
        )
    )
    with pytest.raises(Refusal) as refused:
        lonely.supervising_post("a")
    assert refused.value.code is Code.UNKNOWN_POST
    with pytest.raises(Refusal) as refused:
        lonely.intake_post()
    assert refused.value.code is Code.UNKNOWN_POST


def test_supervision_decides_before_leaders_and_leaders_before_the_dispatcher(city):
    assert codes(city.deciding_posts("water")) == ["supervision-desk", "mayor", "hotline-dispatch"]
    assert codes(city.deciding_posts("hotline")) == ["supervision-desk", "mayor"]


def test_li_na_is_at_the_duty_desk_and_the_desk_has_li_na(city):
    assert codes(city.officers_of("water-duty", NOON)) == ["W-017"]
    assert codes(city.posts_of("W-017", NOON)) == ["water-duty"]
    assert codes(city.posts_of("D-003", NOON)) == [
        "hotline-coordination",
        "hotline-dispatch",
        "hotline-intake",
    ]
    assert city.posts_of("stranger", NOON) == ()


def test_a_post_that_is_gone_is_known_and_given_nothing(city):
    posts = tuple(
        replace(post, ended=MAY_DAY) if post.code in {"water-duty", "mayor"} else post
        for post in city.organization.posts
    )
    directory = Directory(replace(city.organization, posts=posts))
    assert directory.post("water-duty").name_en == "Duty desk"
    assert directory.front_post("water").code == "water-night"
    assert "mayor" not in codes(directory.deciding_posts("water"))


def test_an_area_that_is_gone_is_no_longer_shown_below_its_parent(city):
    areas = tuple(
        replace(area, ended=MAY_DAY) if area.code == "hudong" else area
        for area in city.organization.areas
    )
    directory = Directory(replace(city.organization, areas=areas))
    assert directory.children_of("city") == ("qingshan",)
    assert directory.area_path("hudong") == ("city", "hudong")


def test_the_bodys_day_is_that_of_its_own_clock(city):
    assert city.local_day(datetime(2026, 5, 6, 15, 59, tzinfo=UTC)) == date(2026, 5, 6)
    assert city.local_day(datetime(2026, 5, 6, 16, 0, tzinfo=UTC)) == date(2026, 5, 7)
