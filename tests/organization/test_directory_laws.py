"""Laws of the directory over random organisations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.organization.directory import DECIDING, Directory, DutyType, PostKind
from dandang.terms import Code, Refusal
from tests.organization.strategies import CATEGORY_PATHS, days, instants, organizations

STRICTNESS = [DutyType.LEAD, DutyType.ASSIST_ONLY, DutyType.WITHDRAWN]
directories = organizations().map(Directory)


def supervisor_or_none(directory, unit):
    try:
        return directory.supervising_post(unit)
    except Refusal:
        return None


@given(directories)
def test_the_supervising_post_is_never_within_the_subtree(directory):
    for unit in directory.units:
        post = supervisor_or_none(directory, unit)
        if post is not None:
            assert not directory.in_subtree(post.unit, unit)
            assert post.kinds & {*DECIDING, PostKind.HEAD}
            assert post.ended is None


@given(directories)
def test_whoever_has_a_deciding_office_has_a_supervising_post(directory):
    for unit in directory.units:
        if directory.deciding_posts(unit):
            assert supervisor_or_none(directory, unit) is not None


@given(directories)
def test_deciding_posts_are_all_those_outside_the_subtree(directory):
    for unit in directory.units:
        deciding = directory.deciding_posts(unit)
        assert len(deciding) == len({*deciding})
        assert {*deciding} == {
            post
            for post in directory.posts.values()
            if post.kinds & {*DECIDING}
            and post.ended is None
            and not directory.in_subtree(post.unit, unit)
        }


@given(directories, st.lists(instants, min_size=1, max_size=4))
def test_posts_and_officers_are_each_others_inverse_at_any_instant(directory, moments):
    for at in moments:
        pairs = {
            (officer.code, post)
            for post in directory.posts
            for officer in directory.officers_of(post, at)
        }
        back = {
            (officer, post.code)
            for officer in directory.officers
            for post in directory.posts_of(officer, at)
        }
        assert pairs == back


@given(directories, days)
def test_holes_are_exactly_where_nobody_is_in_the_post(directory, day):
    start, end = directory.span_of(day)
    for post in directory.posts:
        holes = directory.holes(post, day)
        assert [*holes] == sorted(holes)
        for since, until in holes:
            assert start <= since < until <= end
        hours = [start + (end - start) / 24 * n for n in range(24)]
        for at in hours:
            in_hole = any(since <= at < until for since, until in holes)
            assert in_hole == (directory.officers_of(post, at) == ())


def rank(duty):
    """Return how specific a duty is by category and area, counted from the root."""
    return len(CATEGORY_PATHS.get(duty.category, ())), duty.area


def own_best(directory, unit, path, areas, on):
    """Find a unit's own most specific, strictest duty by looking at every one."""
    fitting = [
        duty
        for duty in directory.organization.duties
        if duty.unit == unit
        and duty.covers(on)
        and duty.category in {"", *path}
        and duty.area in {"", *areas}
    ]
    depth = {"": 0} | {area: n for n, area in enumerate(areas, 1)}
    return max(
        fitting,
        key=lambda duty: (
            len(CATEGORY_PATHS.get(duty.category, ())),
            depth[duty.area],
            STRICTNESS.index(duty.type),
        ),
        default=None,
    )


@given(directories, st.sampled_from([*CATEGORY_PATHS]), days, st.data())
def test_leads_are_of_one_rank_in_force_and_not_taken_back(directory, category, on, data):
    path = CATEGORY_PATHS[category]
    area = data.draw(st.sampled_from([None, *directory.areas]))
    areas = directory.area_path(area)
    leads = directory.duties_for(path, area, on)
    assert len({(duty.category, duty.area) for duty in leads}) <= 1
    depth = {"": 0} | {code: n for n, code in enumerate(areas, 1)}
    standing = [
        best
        for unit in directory.units
        if (best := own_best(directory, unit, path, areas, on)) is not None
        and best.type is DutyType.LEAD
    ]
    highest = max(
        ((len(CATEGORY_PATHS.get(d.category, ())), depth[d.area]) for d in standing), default=None
    )
    expected = {
        duty.unit
        for duty in standing
        if (len(CATEGORY_PATHS.get(duty.category, ())), depth[duty.area]) == highest
    }
    assert {duty.unit for duty in leads} == expected
    assert all(duty.type is DutyType.LEAD and duty.covers(on) for duty in leads)


@given(directories, st.sampled_from([*CATEGORY_PATHS]), days, st.data())
def test_a_unit_is_bound_by_its_own_duty_or_that_of_the_nearest_unit_above(
    directory, category, on, data
):
    area = data.draw(st.sampled_from([None, *directory.areas]))
    for unit in directory.units:
        duty = directory.duty_of(unit, CATEGORY_PATHS[category], area, on)
        for code in (unit, *directory.units_above(unit)):
            best = own_best(
                directory, code, CATEGORY_PATHS[category], directory.area_path(area), on
            )
            if best is not None:
                assert duty is not None
                same = (duty.unit, duty.category, duty.area, duty.type)
                assert same == (best.unit, best.category, best.area, best.type)
                break
        else:
            assert duty is None


@given(directories, st.data())
def test_there_is_one_intake_post_for_every_area_as_long_as_there_is_any(directory, data):
    area = data.draw(st.sampled_from([None, *directory.areas]))
    posts = directory.posts_of_kind(PostKind.INTAKE)
    if not posts:
        with pytest.raises(Refusal) as refused:
            directory.intake_post(area)
        assert refused.value.code is Code.UNKNOWN_POST
        return
    chosen = directory.intake_post(area)
    assert chosen in posts
    path = directory.area_path(area)
    nearest = [code for code in reversed(path) if code in map(_area(directory), posts)]
    if nearest:
        assert directory.area_of(chosen.unit) == nearest[0]


def _area(directory):
    return lambda post: directory.area_of(post.unit)
