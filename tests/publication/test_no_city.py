"""Before there is an organisation or a policy nothing breaks."""

import pytest

from dandang.organization.actions.load import load_organization
from dandang.publication.figures import building, following, showing
from dandang.publication.figures.reading import places
from dandang.publication.figures.working import Keeping
from dandang.terms import Actor
from tests import town
from tests.publication.city import later

pytestmark = pytest.mark.django_db


def test_without_a_policy_no_category_has_one_above_it():
    load_organization(town.files(), by=Actor.system(), now=later())
    found = places()
    assert found.areas["hudong"] == ("city", "hudong")
    assert found.categories == {}


def test_there_is_nothing_to_count():
    assert following.follow_once(now=later()) == 0
    assert following.let_time_pass(now=later()) == 0
    assert showing.show_once(now=later()) == 0
    assert building.begin() is False
    assert building.fill_once(now=later()) is None
    assert not building.is_wanted()
    assert Keeping().go(later()) == 0
