"""Before there is an organisation nothing is counted, and nothing breaks."""

import pytest

from dandang.publication.figures import building, following, showing
from dandang.publication.figures.working import Keeping
from tests.publication.city import later

pytestmark = pytest.mark.django_db


def test_there_is_nothing_to_count():
    assert following.follow_once(now=later()) == 0
    assert following.let_time_pass(now=later()) == 0
    assert showing.show_once(now=later()) == 0
    assert building.begin() is False
    assert building.fill_once(now=later()) is None
    assert not building.is_wanted()
    assert Keeping().go(later()) == 0
