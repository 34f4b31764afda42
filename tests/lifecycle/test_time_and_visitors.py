"""Time is made to pass while somebody is at work on a case: they are waited for, not for ever."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction

from dandang.lifecycle import work
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Open
from dandang.lifecycle.work import TimesNotOurs, fire_until
from dandang.terms import Actor
from tests import town

LATER = town.MONDAY + timedelta(hours=6)


@contextmanager
def somebody_at_work(seconds: float) -> Iterator[threading.Event]:
    """Let somebody else hold every case for so long, or until the event is set."""
    has_it, over = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            list(Case.objects.select_for_update())
            has_it.set()
            over.wait(seconds)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert has_it.wait(10)
    try:
        yield over
    finally:
        over.set()
        thread.join()


def opened() -> str:
    town.build()
    wish = Open("Rubbish", "It smells", "web", "city_appearance", "hudong", can_follow=True)
    return open_request(wish, by=Actor.requester(1), now=town.MONDAY).reference


def test_who_is_at_work_on_a_case_is_waited_for(fresh_database: str) -> None:
    reference = opened()
    with somebody_at_work(0.2):
        assert fire_until(LATER).fired > 0
    assert find(reference).state.calls


def test_who_never_lets_go_stops_the_time_and_nothing_has_happened(
    fresh_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = opened()
    monkeypatch.setattr(work, "PATIENCE_SECONDS", 0.1)
    with somebody_at_work(60), pytest.raises(TimesNotOurs):
        fire_until(LATER)
    assert find(reference).state.calls == ()
