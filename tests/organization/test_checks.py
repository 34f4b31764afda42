"""What the check of the register finds in Jiangcheng."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

from hypothesis import given

from dandang.organization.checks import Finding, FindingKind, check_duties
from dandang.organization.coverage import gaps
from dandang.organization.directory import Directory, Duty, DutyType, Roster
from tests.organization.jiangcheng import CATEGORIES, PATHS, jiangcheng
from tests.organization.strategies import CATEGORY_PATHS, days, organizations

AUTUMN = date(2026, 10, 2)
SPRING = date(2026, 5, 7)
NOON = datetime(2026, 5, 7, 4, tzinfo=UTC)


def check(directory=None, on=SPRING):
    return check_duties(directory or jiangcheng(), CATEGORIES, on)


def of_kind(findings, kind):
    return [finding for finding in findings if finding.kind is kind]


def with_duties(*duties):
    return Directory(replace(jiangcheng().organization, duties=duties))


def lead(category, area="", unit="cityman", **more):
    return Duty(category, area, unit, f"{unit}-duty", DutyType.LEAD, **more)


EVERYTHING = (lead("utilities"), lead("environment"), lead("labour_social_security"))


def test_a_gap_is_told_once_for_the_whole_body():
    assert of_kind(check(on=SPRING), FindingKind.GAP) == []
    assert of_kind(check(on=AUTUMN), FindingKind.GAP) == [
        Finding(FindingKind.GAP, category="unpaid_wages")
    ]


def test_a_gap_is_told_for_the_one_street_that_nobody_leads():
    directory = with_duties(*EVERYTHING[1:], lead("utilities", "qingshan"))
    findings = check(directory)
    assert of_kind(findings, FindingKind.GAP) == [
        Finding(FindingKind.GAP, category="water_supply", area="hudong")
    ]
    assert of_kind(findings, FindingKind.GAP_UNPLACED) == [
        Finding(FindingKind.GAP_UNPLACED, category="water_supply", area="")
    ]


def test_a_lead_for_the_city_leaves_out_only_what_has_no_area():
    directory = with_duties(*EVERYTHING[1:], lead("utilities", "city"))
    findings = check(directory)
    assert of_kind(findings, FindingKind.GAP) == []
    assert of_kind(findings, FindingKind.GAP_UNPLACED) == [
        Finding(FindingKind.GAP_UNPLACED, category="water_supply", area="")
    ]


def test_what_was_withdrawn_from_the_only_lead_is_a_gap_there():
    withdrawn = Duty("water_supply", "qingshan", "cityman", "", DutyType.WITHDRAWN)
    findings = check(with_duties(*EVERYTHING, withdrawn))
    assert of_kind(findings, FindingKind.GAP) == [
        Finding(FindingKind.GAP, category="water_supply", area="qingshan")
    ]
    assert of_kind(findings, FindingKind.GAP_UNPLACED) == []


def test_a_lead_for_every_category_leaves_no_gap():
    assert of_kind(check(with_duties(lead(""))), FindingKind.GAP) == []


def test_two_leads_of_one_rank_are_an_overlap():
    directory = with_duties(*EVERYTHING, lead("water_supply", unit="water"), lead("water_supply"))
    (overlap,) = of_kind(check(directory), FindingKind.OVERLAP)
    assert (overlap.category, overlap.area) == ("water_supply", "")
    assert overlap.units == ("cityman", "water")
    assert overlap.posts == ("cityman-duty", "water-duty")


def test_leads_of_different_rank_are_no_overlap():
    directory = with_duties(*EVERYTHING, lead("water_supply", unit="water"))
    assert of_kind(check(directory), FindingKind.OVERLAP) == []


def test_posts_that_nobody_is_in_are_told_once_each():
    empty = of_kind(check(), FindingKind.POST_EMPTY)
    assert [finding.posts for finding in empty] == [
        ("cityman-duty",),
        ("mayor",),
        ("housing-head",),
        ("labour-duty",),
        ("water-night",),
    ]
    assert empty[0].units == ("cityman",)


def test_a_post_that_is_there_for_nothing_may_be_empty():
    posts = [finding.posts for finding in of_kind(check(), FindingKind.POST_EMPTY)]
    assert jiangcheng().officers_of("services-desk", NOON) == ()
    assert ("services-desk",) not in posts


def test_a_post_that_is_gone_may_be_empty():
    organization = jiangcheng().organization
    posts = tuple(
        replace(post, ended=SPRING) if post.code == "mayor" else post for post in organization.posts
    )
    findings = check(Directory(replace(organization, posts=posts)))
    assert ("mayor",) not in [finding.posts for finding in findings]


def test_the_fallback_post_is_looked_at_although_no_duty_names_it():
    organization = jiangcheng().organization
    left = tuple(a for a in organization.appointments if a.post != "hotline-coordination")
    findings = check(Directory(replace(organization, appointments=left)))
    posts = [finding.posts[0] for finding in of_kind(findings, FindingKind.POST_EMPTY)]
    assert "hotline-coordination" in posts


def test_the_holes_of_a_roster_are_told_with_their_times():
    night = Duty("water_supply", "", "water", "water-night", DutyType.LEAD)
    findings = check(with_duties(*EVERYTHING, night), on=AUTUMN)
    (hole,) = of_kind(findings, FindingKind.ROSTER_HOLE)
    assert hole.posts == ("water-night",)
    assert hole.since == datetime(2026, 10, 2, 0, tzinfo=UTC)
    assert hole.until == datetime(2026, 10, 2, 10, tzinfo=UTC)


def test_a_roster_without_a_gap_has_no_hole():
    organization = jiangcheng().organization
    instants = [datetime(2026, 10, day, 2, tzinfo=UTC) for day in (1, 2, 3)]
    rosters = tuple(Roster("labour-duty", "H-009", start, end) for start, end in pairwise(instants))
    directory = Directory(replace(organization, rosters=rosters))
    assert directory.holes("labour-duty", date(2026, 10, 2)) == []


def test_an_expired_duty_is_told_unless_somebody_else_leads_now():
    assert of_kind(check(on=AUTUMN), FindingKind.DUTY_EXPIRED) == [
        Finding(FindingKind.DUTY_EXPIRED, category="unpaid_wages", units=("labour",))
    ]
    over = lead("unpaid_wages", unit="labour", ends=date(2026, 6, 30))
    successor = lead("unpaid_wages", starts=date(2026, 7, 1))
    findings = check(with_duties(*EVERYTHING, over, successor), on=AUTUMN)
    assert of_kind(findings, FindingKind.DUTY_EXPIRED) == []


def test_a_section_that_may_only_assist_below_a_leading_bureau_is_told():
    assert of_kind(check(), FindingKind.RESTRICTED_BELOW_LEAD) == [
        Finding(
            FindingKind.RESTRICTED_BELOW_LEAD,
            category="noise_building_night",
            units=("housing-sites", "housing"),
        )
    ]


def test_a_restriction_below_a_bureau_that_leads_something_else_is_not_told():
    assist = Duty("environment", "", "housing-sites", "", DutyType.ASSIST_ONLY)
    for other in (lead("water_supply", unit="housing"), lead("environment", "city", "housing")):
        findings = check(with_duties(*EVERYTHING, other, assist))
        assert of_kind(findings, FindingKind.RESTRICTED_BELOW_LEAD) == []


def test_a_category_the_policy_does_not_have_is_told():
    directory = with_duties(*EVERYTHING, lead("fountains"))
    assert of_kind(check(directory), FindingKind.CATEGORY_UNKNOWN) == [
        Finding(FindingKind.CATEGORY_UNKNOWN, category="fountains")
    ]


def test_findings_come_in_the_order_of_their_kinds():
    kinds = [finding.kind for finding in check(on=AUTUMN)]
    assert kinds == sorted(kinds, key=list(FindingKind).index)


# the law: what is told is what asking for every single area says


def below(directory, area):
    """Return the area and everything below it; the whole body has areas only."""
    children = directory.children_of(area or None)
    return [area, *(deep for child in children for deep in below(directory, child))]


@given(organizations().map(Directory), days)
def test_gaps_are_where_asking_every_area_says_so(directory, on):
    for category, path in CATEGORY_PATHS.items():
        changing = {
            duty.area
            for duty in directory.organization.duties
            if duty.covers(on) and duty.category in {"", *path}
        }
        found = gaps(directory, path, changing - {""}, on)
        led = {
            area: bool(directory.duties_for(path, area or None, on))
            for area in ("", *directory.areas)
        }
        told = [area for top in found.whole for area in below(directory, top)]
        assert len(told) == len({*told}), category
        for area in led:
            nobody_at_all = not any(led[deep] for deep in below(directory, area))
            assert (area in told) == nobody_at_all
        for top in found.unplaced:
            assert not led[top]
            assert any(led[deep] for deep in below(directory, top))
        reached = [area for top in found.unplaced for area in below(directory, top)]
        assert {area for area in led if not led[area]} <= {*told, *reached}


@given(organizations().map(Directory), days)
def test_overlaps_are_where_some_question_has_several_answers(directory, on):
    findings = check_duties(directory, [*CATEGORY_PATHS.items()], on)
    told = {(f.category, f.area) for f in of_kind(findings, FindingKind.OVERLAP)}
    for path in CATEGORY_PATHS.values():
        for area in (None, *directory.areas):
            leads = directory.duties_for(path, area, on)
            if len(leads) > 1:
                assert (leads[0].category, leads[0].area) in told


def test_only_the_lowest_categories_are_asked():
    findings = check_duties(with_duties(), CATEGORIES, SPRING)
    told = [finding.category for finding in of_kind(findings, FindingKind.GAP)]
    assert told == ["noise_building_night", "noise_commercial", "unpaid_wages", "water_supply"]
    assert {*told} < {*PATHS}
