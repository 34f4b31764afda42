"""What is outstanding in a case, in words: what was asked for, what is still open."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from dandang.interfaces.desk.documents.notice import _WEIGHTY
from dandang.interfaces.desk.documents.outstanding import outstanding
from dandang.lifecycle.casework.rules.particulars import (
    Appeal,
    Asked,
    Objection,
    Pause,
    Wanted,
)
from dandang.lifecycle.deadlines.rules import Route
from dandang.lifecycle.event_types import EVENT_TYPES
from dandang.lifecycle.states import State
from tests.interfaces.plain_case import HELP, LATER, NOW, PLAIN, SOON, names


def still_open(**more):
    with override("en"):
        return list(outstanding(replace(PLAIN, **more), names()))


def test_nothing_is_outstanding_in_a_plain_case():
    assert still_open() == []


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (
            {"state": State.WAITING_REQUESTER, "asked_at": NOW},
            "asked the requester on 2026-10-12 09:00",
        ),
        ({"promised_for": SOON}, "promised for 2026-10-13 09:00"),
        ({"asked": Asked(Wanted.EXTENSION, "W-017")}, "asked for more time, not decided yet"),
        (
            {"asked": Asked(Wanted.LEGAL_ROUTE, "W-017")},
            "asked for the legal route, not decided yet",
        ),
        ({"asked": Asked(Wanted.SPLIT, "W-017")}, "asked to split it, not decided yet"),
        (
            {"assists": HELP[:1]},
            "help asked of Housing bureau · Duty desk by 2026-10-14 09:00",
        ),
        ({"pause": Pause("waits", NOW, SOON)}, "paused, to be checked on 2026-10-13 09:00"),
        ({"route": Route(NOW, LATER, SOON)}, "legal route until 2026-10-14 09:00"),
        ({"open_children": 1}, "1 part still open"),
        ({"open_children": 2}, "2 parts still open"),
        ({"objections": (Objection(3, "x", "y"),)}, "a written objection waits for its answer"),
        ({"appeal": Appeal(1, NOW)}, "an appeal waits for its decision"),
    ],
)
def test_what_the_next_officer_has_to_know_of(more, words):
    assert still_open(**more) == [words]


def test_a_question_that_was_answered_is_not_outstanding():
    assert still_open(asked_at=NOW) == []


def test_everything_stands_there_together():
    everything = still_open(promised_for=SOON, assists=HELP, open_children=1, appeal=Appeal(1, NOW))
    assert len(everything) == 5


def test_every_event_that_a_notice_tells_of_exists():
    assert set(EVENT_TYPES) >= _WEIGHTY
