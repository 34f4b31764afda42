"""Who may have the handover sheet of a post, by what they are in which unit."""

from dataclasses import replace

import pytest

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.documents.permission import may_have_sheet
from dandang.organization.directory import PostKind
from tests import town

POSTS = town.directory().posts
SITES_HEAD = replace(POSTS["sites-duty"], code="sites-head", kinds=frozenset({PostKind.HEAD}))


def officer(*posts):
    return Officer("X-1", posts, town.directory(), town.calendar(), town.MONDAY)


@pytest.mark.parametrize(
    ("own", "post", "may"),
    [
        (POSTS["sites-duty"], "sites-duty", True),
        (POSTS["housing-duty"], "sites-duty", False),
        (POSTS["housing-head"], "housing-duty", True),
        (POSTS["housing-head"], "sites-duty", True),  # in a unit below
        (SITES_HEAD, "sites-duty", True),
        (SITES_HEAD, "housing-duty", False),  # in the unit above
        (POSTS["water-head"], "sites-duty", False),
        (POSTS["mayor"], "sites-duty", True),
        (POSTS["supervision-desk"], "sites-duty", True),
        (POSTS["hotline-dispatch"], "sites-duty", False),
        (POSTS["hotline-intake"], "sites-duty", False),
        (POSTS["mayor"], "nowhere", False),
    ],
)
def test_who_may_have_the_sheet_of_a_post(own, post, may):
    assert may_have_sheet(officer(own), post) is may


def test_one_post_of_several_is_enough_and_none_is_not():
    assert may_have_sheet(officer(POSTS["hotline-intake"], POSTS["sites-duty"]), "sites-duty")
    assert not may_have_sheet(officer(), "sites-duty")
