"""What the worker does when the machine's clock jumps an hour, back or forth."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest

from dandang.ledger.queries import size
from dandang.lifecycle.casework.models import Clock
from dandang.lifecycle.casework.queries import find, history
from dandang.lifecycle.replay import replay
from dandang.lifecycle.work import fire_due
from dandang.terms import Actor
from tests import town
from tests.lifecycle.sending import opened

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
MRS_LIU = Actor.requester(1)
ACCEPT_BY = town.MONDAY + 5 * HOUR
"""Four working hours after nine o'clock: the midday break is none."""


@pytest.fixture
def reference(db: None) -> str:
    """A matter of the city's appearance that nobody accepts."""
    town.build()
    return opened("Rubbish", "city_appearance")


def work(now: datetime) -> int:
    """Let the worker do everything there is to do at a time; return how many clocks fired."""
    fired = 0
    while (worked := fire_due(now)).until is not None:
        fired += worked.fired
    return fired


def missed(reference: str) -> Counter[tuple[str, datetime]]:
    told = (event for event, _ in history(find(reference).stream))
    return Counter(
        (str(one.fields["clock"]), datetime.fromisoformat(str(one.fields["due_at"])))
        for one in told
        if one.type == "deadline_missed"
    )


def calls(reference: str) -> int:
    return sum(event.type == "called_upon" for event, _ in history(find(reference).stream))


def sound(reference: str, at: Iterable[datetime]) -> None:
    """Expect the ledger and the rows to agree, and nothing to have fired twice or early."""
    fired = missed(reference)
    assert set(fired.values()) <= {1}
    assert all(due_at <= max(at) for _, due_at in fired)
    assert replay().differences == ()


def test_a_clock_set_back_an_hour_fires_nothing_early(reference: str) -> None:
    assert Clock.objects.get(name="accept").due_at == ACCEPT_BY
    before = size()
    assert work(ACCEPT_BY + MINUTE - HOUR) == 0
    assert work(ACCEPT_BY - timedelta(microseconds=1)) == 0
    assert size() == before
    assert work(ACCEPT_BY) == 1
    sound(reference, [ACCEPT_BY])


def test_what_has_fired_does_not_fire_again_when_the_clock_is_set_back(reference: str) -> None:
    assert work(ACCEPT_BY) == 1
    before = size()
    for now in (ACCEPT_BY - HOUR, ACCEPT_BY - MINUTE, ACCEPT_BY, ACCEPT_BY + MINUTE):
        assert work(now) == 0
    assert size() == before
    assert calls(reference) == 1
    sound(reference, [ACCEPT_BY])


def test_a_clock_an_hour_ahead_fires_what_is_due_by_it_and_nothing_once_more_when_put_right(
    reference: str,
) -> None:
    real = ACCEPT_BY - MINUTE
    assert work(real + HOUR) == 1
    before = size()
    for minutes in range(0, 62, 10):
        assert work(real + minutes * MINUTE) == 0
    assert size() == before
    assert missed(reference) == {("accept", ACCEPT_BY): 1}
    sound(reference, [real + HOUR])


def test_jumps_to_and_fro_come_to_the_same_clocks_as_none(reference: str) -> None:
    begun = Clock.objects.filter(name__in=["accept", "first_response", "total"])
    promised = set(begun.values_list("name", "due_at"))
    times = [town.MONDAY + hours * HOUR for hours in range(1, 8 * 24)]
    for number, now in enumerate(times):
        work(now + (number % 3 - 1) * HOUR)
    assert len(promised) == 3
    assert promised <= set(missed(reference))
    sound(reference, [times[-1] + HOUR])
