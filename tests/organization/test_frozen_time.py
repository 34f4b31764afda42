"""A body in training decides what time it is."""

import pytest

from dandang.organization.actions.training import freeze_time
from dandang.organization.queries import frozen_time
from tests import town


@pytest.mark.django_db
def test_the_time_stands_still_until_it_is_moved_or_let_go() -> None:
    assert frozen_time() is None
    freeze_time(town.MONDAY)
    freeze_time(town.MONDAY)
    assert frozen_time() == town.MONDAY
    freeze_time(None)
    assert frozen_time() is None
