"""Workers and officers at the same cases at the same moment: nothing is lost, doubled or stuck."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from django.db import connections

from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.queries import find, history
from dandang.lifecycle.escalation.models import SetAside
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Contact, Open
from dandang.lifecycle.perform import perform
from dandang.lifecycle.replay import replay
from dandang.lifecycle.work import fire_due
from dandang.terms import Actor, Refusal
from tests import town

DAY = timedelta(days=1)
NOW = town.MONDAY + 30 * DAY
PART = {"to_post": "qingshan-duty", "title": "A part", "text": "Two matters"}


def opened() -> str:
    wish = Open(
        title="Rubbish",
        text="Rubbish in Lane 9",
        channel="web",
        category="city_appearance",
        area="hudong",
        contact=Contact(phone="13900000000"),
    )
    return open_request(wish, by=Actor.requester(1), now=town.MONDAY).reference


def fires() -> None:
    """Fire what is due until nothing is."""
    while fire_due(NOW, limit=3).fired:
        pass


def does(*acts: tuple[str, str, str, dict[str, object]]) -> Callable[[], None]:
    """Return what does one act after the other; what is refused by then is left."""

    def run() -> None:
        for verb, reference, officer, values in acts:
            try:
                perform(verb, reference, values, by=Actor.officer(officer), now=NOW)
            except Refusal:
                continue

    return run


def all_at_once(*runs: Callable[[], None]) -> list[Exception]:
    barrier, errors = threading.Barrier(len(runs)), list[Exception]()

    def run(one: Callable[[], None]) -> None:
        barrier.wait()
        try:
            one()
        except Exception as error:  # noqa: BLE001 told to the test
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(one,)) for one in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return errors


def test_workers_and_officers_at_the_same_families_stand_in_nobodys_way(
    fresh_database: str,
) -> None:
    assert fresh_database
    town.build()
    cases = [opened() for _ in range(10)]
    for parent in cases[:3]:
        perform("accept", parent, {}, by=Actor.officer(town.CAO_LEI), now=town.MONDAY)
        for _ in range(2):
            by = Actor.officer(town.ZHAO_MIN)
            perform("split", parent, PART, by=by, now=town.MONDAY)
    splits = [("split", parent, town.ZHAO_MIN, dict(PART)) for parent in reversed(cases[:3])]
    joins = [
        ("merge", one, town.ZHAO_MIN, {"into": other, "text": "The same"})
        for one, other in zip(cases[9:6:-1], cases[4:7], strict=True)
    ]
    accepts: list[tuple[str, str, str, dict[str, object]]] = [
        ("accept", one, town.CAO_LEI, {}) for one in cases
    ]
    conflicts = [
        ("declare-conflict", one, town.CHEN_HUI, {"text": "A friend"}) for one in cases[2:5]
    ]
    errors = all_at_once(
        fires, fires, fires, does(*splits, *joins), does(*accepts), does(*conflicts)
    )
    fires()
    assert errors == []
    assert not SetAside.objects.exists()
    assert fire_due(NOW).fired == 0
    assert replay().differences == ()
    for case in Case.objects.all():
        events = [one for one, _ in history(find(case.reference, follow=False).stream)]
        missed = Counter(
            (one.fields["clock"], one.fields["due_at"])
            for one in events
            if one.type == "deadline_missed"
        )
        assert set(missed.values()) <= {1}
        assert missed or case.parent
        assert [one.occurred_at for one in events] == sorted(one.occurred_at for one in events)
