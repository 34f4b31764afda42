"""Many who try at the same moment, in transactions of their own: all are counted, nobody waits."""

import random
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from dandang.notifications.access import attempts
from tests.lifecycle.at_once import at_once


def tries_much(seed: int) -> int:
    sources = random.Random(seed)
    for _ in range(200):
        with transaction.atomic():
            attempts.count("at-once", str(sources.randrange(12)), window=timedelta(milliseconds=3))
    return seed


@pytest.mark.usefixtures("fresh_database")
def test_nobody_waits_for_another_who_forgets_old_tries() -> None:
    assert sorted(at_once([partial(tries_much, seed) for seed in range(8)])) == list(range(8))


@pytest.mark.usefixtures("fresh_database")
def test_tries_at_the_same_moment_are_all_counted() -> None:
    count = partial(attempts.count, "at-once", "one source", window=timedelta(minutes=1))
    assert sorted(at_once([count] * 8)) == list(range(1, 9))
