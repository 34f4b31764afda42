"""The follower counts what has happened, each case once, however often it is stopped."""

import pytest

from dandang.publication.figures import queries
from dandang.publication.figures.shapes import ALL, WHOLE_TIME
from tests import town
from tests.publication.city import done, judges, later, sends
from tests.publication.counting import by_hand, catch_up, kept, rebuild

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    town.build()


def test_what_is_kept_is_what_every_case_contributes():
    sends()
    catch_up(later())
    judges(done(), "solved")
    judges(done(), "no")
    sends(category="noise_building_night", area="hudong")
    catch_up(later(days=1))
    assert kept() == by_hand(later(days=1))
    catch_up(later(days=40))
    assert kept() == by_hand(later(days=40))
    rebuild(later(days=40))
    assert kept() == by_hand(later(days=40))


def test_the_board_counts_twelve_requests():
    for _ in range(12):
        sends()
    assert queries.board(ALL, WHOLE_TIME, later()).received is None
    catch_up(later())
    found = queries.board(ALL, WHOLE_TIME, later())
    assert (found.received, found.open, found.overdue) == (12, 12, 0)
    catch_up(later(days=30))
    assert queries.board(ALL, WHOLE_TIME, later(days=30)).overdue == 12
