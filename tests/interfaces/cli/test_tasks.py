"""The tasks of a worker, called again and again as it does."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from dandang.interfaces.cli import tasks
from dandang.lifecycle.casework.models import Clock
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.drafts import change_draft
from dandang.lifecycle.intake.models import DraftRow
from dandang.lifecycle.intake.rules import Contact, Open
from dandang.organization.actions.adopt import adopt_notice
from dandang.organization.actions.training import freeze_time
from dandang.organization.models import KeptSession
from dandang.terms import Actor
from tests import town
from tests.lifecycle.notices import FOR_2027

MONDAY = datetime(2026, 12, 28, 1, 0, tzinfo=UTC)


@pytest.fixture
def reference(db: None) -> str:
    """A matter of five working days, the last ones in a year without a notice."""
    town.build()
    freeze_time(MONDAY)
    wish = Open(
        title="A hole",
        text="A hole in the road",
        channel="web",
        category="city_appearance",
        contact=Contact(phone="13900000000"),
    )
    return open_request(wish, by=Actor.requester(1), now=MONDAY).reference


def test_a_worker_settles_what_waited_for_a_notice_when_it_is_there(reference: str) -> None:
    settle = tasks.notices()
    assert [settle(), settle()] == [0, 0]
    assert find(reference).state.total.provisional
    adopt_notice(FOR_2027, by=Actor.system(), now=MONDAY)
    assert [settle(), settle()] == [1, 0]
    assert not find(reference).state.total.provisional
    assert find(reference).state.total.at.date() == date(2027, 1, 5)


def test_what_was_held_by_somebody_is_looked_for_again_later(
    reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    adopt_notice(FOR_2027, by=Actor.system(), now=MONDAY)
    held = Clock.objects.filter(name="total")
    held.update(provisional=False)
    settle = tasks.notices()
    settle()
    held.update(provisional=True)
    assert settle() == 0
    later = tasks.monotonic() + 3600
    monkeypatch.setattr(tasks, "monotonic", lambda: later)
    assert settle() == 1
    assert not held.get().provisional


def test_before_there_is_a_body_there_is_nothing_to_settle(db: None) -> None:
    assert tasks.notices()() == 0


def test_a_worker_forgets_reports_that_nobody_went_on_with(reference: str) -> None:
    change_draft(
        "a" * 64, lambda it: it.with_step("what", {"text": "Dry"}, is_done=True), now=MONDAY
    )
    tell = tasks.messages()
    for days in (13, 15):
        freeze_time(MONDAY + timedelta(days=days))
        while tell():
            pass
        assert DraftRow.objects.exists() == (days < 14)


def test_a_worker_forgets_sessions_that_are_over(reference: str) -> None:
    ends = {"a" * 32: timedelta(minutes=-1), "b" * 32: timedelta(hours=1)}
    for key, left in ends.items():
        KeptSession.objects.create(
            session_key=key, session_data="", expire_date=timezone.now() + left
        )
    tell = tasks.messages()
    freeze_time(MONDAY + timedelta(days=1))
    while tell():
        pass
    assert [one.session_key for one in KeptSession.objects.all()] == ["b" * 32]


def test_a_worker_who_is_always_busy_forgets_all_the_same(
    reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_draft("a" * 64, lambda empty: empty, now=MONDAY)
    monkeypatch.setattr(tasks, "send_codes", lambda now: 1)
    tell = tasks.messages()
    freeze_time(MONDAY + timedelta(days=15))
    assert tell() > 0
    assert not DraftRow.objects.exists()
