"""Posts change hands by themselves: on their day, batch by batch, whichever worker comes by."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection, connections, transaction

from dandang.ledger.queries import size
from dandang.lifecycle.casework.actions import incumbents as actions
from dandang.lifecycle.casework.actions.incumbents import (
    TakenOver,
    look_at_posts,
    remember_posts,
    take_over_due,
    take_posts_over,
)
from dandang.lifecycle.casework.actions.record import create
from dandang.lifecycle.casework.incumbents import Incumbent, IncumbentLook
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.queries import history
from dandang.lifecycle.casework.rules.incumbents import incumbencies, next_change
from dandang.lifecycle.casework.taking_over import standing, tellings
from dandang.lifecycle.intake.actions import in_force, prepare
from dandang.lifecycle.intake.rules import Open
from dandang.lifecycle.replay import replay
from dandang.organization.actions.load import load_organization
from dandang.organization.directory import Directory
from dandang.organization.reading import read_organization
from dandang.terms import Actor
from tests import town

MIDNIGHT = datetime(2026, 10, 19, 16, 0, tzinfo=UTC)
"""When 20 October begins in Jiangcheng."""
SECOND = timedelta(seconds=1)
LEAVES = "W-017,water-duty,2026-01-01,2026-10-19\n"
FOLLOWS = "H-009,water-duty,2026-10-20,\n"
PLAIN = "W-017,water-duty,2026-01-01,\n"
STANDS_IN = [
    ("post", "water-duty", "W-004", "2026-10-20", "2026-10-31"),
    ("absent", "W-004", "H-009", "2026-10-15", "2026-10-30"),
]
"""Sun Tao stands in at the duty desk, and is absent himself: Wang Qiang stands in for him."""


def files(appointments: str, substitutes: list[tuple[str, ...]] | None = None) -> dict[str, bytes]:
    """Return the files of the city with others at the duty desk of the water bureau."""
    found = town.files()
    lines = found["appointments.csv"].decode().replace(PLAIN, "")
    tables = [
        f'\n[[substitutes]]\n{column} = "{whom}"\nofficer = "{who}"\n'
        f"starts = {starts}\nends = {ends}\n"
        for column, whom, who, starts, ends in substitutes or []
    ]
    toml = found["organization.toml"] + "".join(tables).encode()
    return {
        **found,
        "appointments.csv": (lines + appointments).encode(),
        "organization.toml": toml,
    }


def known(appointments: str, substitutes: list[tuple[str, ...]] | None = None) -> Directory:
    found = files(appointments, substitutes)
    return Directory(read_organization(found, categories_of=town.categories_of), version=2)


def set_up(appointments: str, substitutes: list[tuple[str, ...]] | None = None) -> None:
    found = files(appointments, substitutes)
    load_organization(found, by=Actor.system(), now=town.MONDAY)


def opened(number: int) -> None:
    wish = Open(title="No water", text="None", channel="web", category="water_supply")
    under, by = in_force(), Actor.requester(1)
    with transaction.atomic():
        create([prepare(wish, under, by=by, now=town.MONDAY) for _ in range(number)])


def work(now: datetime) -> int:
    done = 0
    while more := take_over_due(now):
        done += more
    return done


def told(every: int = 1) -> list[tuple[str, str]]:
    """Return type and officer of the last event of each of the desk's cases, or of some."""
    cases = Case.objects.filter(holder="water-duty").order_by("pk")
    last = (history(bytes(case.stream))[-1][0] for case in cases[::every])
    return [(one.type, str(one.fields.get("officer", ""))) for one in last]


# rules


def test_somebody_s_time_in_a_post_begins_and_ends_at_midnight_of_the_body() -> None:
    plain = known(LEAVES + FOLLOWS)
    assert next_change(plain, town.MONDAY) == MIDNIGHT
    assert next_change(plain, MIDNIGHT - SECOND) == MIDNIGHT
    assert next_change(plain, MIDNIGHT) == datetime(2026, 11, 1, 16, 0, tzinfo=UTC)
    absent = known(LEAVES, STANDS_IN)
    assert next_change(absent, town.MONDAY) == datetime(2026, 10, 14, 16, 0, tzinfo=UTC)
    assert next_change(absent, datetime(2030, 1, 1, tzinfo=UTC)) is None
    assert list(incumbencies(absent, MIDNIGHT, posts=["water-duty", "gone"])) == ["water-duty"]


# rows


@pytest.fixture
def city(db: None) -> None:
    town.build()
    assert work(town.MONDAY) == 0


@pytest.mark.usefixtures("city")
def test_a_future_end_is_told_by_the_worker_at_midnight_and_not_before() -> None:
    opened(3)
    set_up(LEAVES + FOLLOWS)
    written = size()
    assert work(MIDNIGHT - SECOND) == 0
    assert standing().next_at == MIDNIGHT
    assert size() == written
    assert work(MIDNIGHT) == 4  # three cases, and the post is done with
    assert told() == [("post_inherited", town.WANG_QIANG)] * 3
    assert work(MIDNIGHT + SECOND) == 0
    assert take_posts_over(by=Actor.system(), now=MIDNIGHT + SECOND) == TakenOver(0, 0)
    assert standing().posts == 0


@pytest.mark.usefixtures("city")
def test_what_was_begun_is_told_to_the_end_before_the_next_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened(5)
    monkeypatch.setattr(actions, "BATCH", 2)
    set_up("W-004,water-duty,2026-10-12,\n")
    assert take_over_due(town.MONDAY) == 2
    (one,) = tellings(["water-duty"])
    assert (one.heir, one.cases, one.told, one.left, one.is_due) == ("W-004", 5, 2, 3, True)
    set_up(FOLLOWS.replace("10-20", "10-12"))
    assert work(town.MONDAY) > 0
    assert Incumbent.objects.get(post="water-duty").facts().appointed == ("H-009",)
    # All were told of both, none of one of them only.
    assert Case.objects.filter(holder="water-duty").values("seq").distinct().count() == 1
    assert tellings() == []


@pytest.mark.usefixtures("city")
def test_a_change_that_is_taken_back_before_anybody_was_told_is_told_to_nobody() -> None:
    opened(1)
    set_up("W-004,water-duty,2026-10-12,\n")
    look_at_posts(town.MONDAY)
    (one,) = tellings()
    assert (one.heir, one.told, one.left) == (None, 0, 1)
    set_up(PLAIN)
    assert work(town.MONDAY) == 1
    assert told() == [("assigned", "")]


@pytest.mark.usefixtures("city")
def test_a_case_that_fails_is_left_out_and_named_and_the_others_are_told() -> None:
    opened(3)
    broken = Case.objects.filter(holder="water-duty").order_by("pk")[1]
    Case.objects.filter(pk=broken.pk).update(policy="gone")
    set_up("H-009,water-duty,2026-10-13,\n")
    assert work(MIDNIGHT) == 4
    (one,) = tellings()
    assert (one.is_due, one.failed, one.left) == (False, 1, 0)
    assert one.error.startswith(f"{broken.reference} Refusal no_policy")
    assert standing().failed == 1
    assert [kind for kind, _ in told()] == ["post_inherited", "assigned", "post_inherited"]


@pytest.mark.usefixtures("city")
def test_a_post_that_closes_meanwhile_is_done_with() -> None:
    remember_posts(town.MONDAY)
    assert IncumbentLook.objects.get().version > 0
    Incumbent.objects.create(post="dissolved", due_at=town.MONDAY)
    assert work(town.MONDAY) == 1
    assert Incumbent.objects.get(post="dissolved").due_at is None


class Worker(threading.Thread):
    """A worker on a connection of its own, which can be killed while it waits for a case."""

    def __init__(self, batches: int) -> None:
        super().__init__()
        self.batches = batches
        self.error: OperationalError | None = None
        self.backend = 0
        self.begun = threading.Event()
        self.start()
        assert self.begun.wait(10)

    def run(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.backend = cursor.fetchone()[0]
        self.begun.set()
        try:
            while self.batches and standing().posts:
                self.batches -= 1
                take_over_due(MIDNIGHT)
        except OperationalError as error:
            self.error = error
        finally:
            connections.close_all()

    def killed_when_it_waits(self) -> None:
        waits = "SELECT wait_event_type FROM pg_stat_activity WHERE pid = %s"
        with connection.cursor() as cursor:
            while True:
                cursor.execute(waits, [self.backend])
                if cursor.fetchone() == ("Lock",):
                    break
                cursor.execute("SELECT pg_sleep(0.01), pg_stat_clear_snapshot()")
            cursor.execute("SELECT pg_terminate_backend(%s)", [self.backend])
        self.join(30)


def test_a_thousand_cases_reach_the_substitute_of_an_absent_substitute_once(
    fresh_database: str,
) -> None:
    assert fresh_database
    town.build()
    take_over_due(town.MONDAY)
    for _ in range(4):
        opened(250)
    set_up(LEAVES, STANDS_IN)
    assert [take_over_due(MIDNIGHT) for _ in range(3)] == [100, 100, 100]
    with transaction.atomic():
        cases = Case.objects.select_for_update().filter(holder="water-duty")
        assert cases.order_by("pk")[350]
        victim = Worker(1)
        victim.killed_when_it_waits()
    assert victim.error is not None
    (one,) = tellings(["water-duty"])
    assert (one.substitute, one.told, one.left) == ("H-009", 300, 700)
    for worker in [Worker(1000), Worker(1000)]:
        worker.join(120)
    assert told(every=50) == [("substituted", "H-009")] * 20
    assert Case.objects.values("seq").distinct().count() == 1
    assert replay().differing == 0
