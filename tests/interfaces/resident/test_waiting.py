"""How long a request has waited and through how many hands it went, as its sender sees it."""

import pytest

from tests import town
from tests.interfaces.stories import browser, city, later, officer, opens, words_of

pytestmark = pytest.mark.django_db

BASIS = {"reason": "not_our_duty", "basis": "Duty list 2026 no. 11"}


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def test_waiting_counts_from_sending_and_goes_on_when_the_holder_changes():
    liu = browser()
    reference = opens(liu, category="noise_building_night")
    at = later(days=1)
    values = {"to_post": "cityman-duty", "text": "A street stall, not a building site", **BASIS}
    officer("hand-over", reference, town.WANG_QIANG, at, **values)
    later(days=1, hours=2)
    words = words_of(liu.get(f"/c/{reference}/"))
    assert "Waiting since it was sent 1 working day 2 hours 2 working hours of it" in words
    assert "of it with this post" in words
    assert "Hands it went through 3 posts handed over 1 time" in words


def test_after_the_end_the_waiting_stands_still():
    liu = browser()
    reference = opens(liu)
    at = later(hours=5)
    officer("accept", reference, town.LI_NA, at)
    officer("propose", reference, town.LI_NA, at, outcome="resolved", text="Repaired")
    liu.post(f"/c/{reference}/judge/", {"verdict": "solved"})
    later(days=9)
    words = words_of(liu.get(f"/c/{reference}/"))
    assert "From sending to the end 5 hours" in words
