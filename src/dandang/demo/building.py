"""Builds the demonstration city in an empty, migrated database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.resources import files
from zoneinfo import ZoneInfo

from django.db import connection

from dandang.demo.arrivals import Season
from dandang.demo.sampling import draw_and_read
from dandang.demo.simulation import Simulation, simulation
from dandang.ledger.sequencer import sequence_once
from dandang.organization.actions.accounts import create_account
from dandang.organization.actions.adopt import adopt_policy
from dandang.organization.actions.load import load_organization
from dandang.organization.actions.training import freeze_time
from dandang.organization.queries import directory
from dandang.policy import Policy, ready_policy
from dandang.publication.cases.following import follow_once as follow_published
from dandang.publication.figures.working import Keeping
from dandang.terms import Actor

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 19, 10, 20, tzinfo=ZONE)
"""The present of a new city: a Thursday morning, on which the time stands still."""
BEGINNING = datetime(2026, 8, 24, 9, 0, tzinfo=ZONE)
"""A Monday; from it to the present there are sixty working days."""
CASES = 400
SEED = 7


def build(
    *,
    language: str,
    cases: int = CASES,
    seed: int = SEED,
    progress: Callable[[datetime], None] = lambda _at: None,
) -> Simulation:
    """Load the city and play its stories; every act is a real one. Returns what was played.

    The same seed gives the same city, apart from references, access codes and salts, which are
    always drawn afresh. `progress` is told the time of each act.
    """
    load_city()
    city = simulation(Season(BEGINNING, NOW, cases, seed), language)
    with _unhurried_disk():
        city.begin(progress)
        draw_and_read(city.setup.texts, NOW)
        freeze_time(NOW)
    sequence(NOW)
    return city


def sequence(now: datetime) -> None:
    """Give all events their index in the log, show what was published, and count everything."""
    while sequence_once():
        pass
    while follow_published():
        pass
    figures = Keeping()
    while figures.go(now):
        pass


def load_city() -> Policy:
    """Load the organization of the city and its policy, and make an account for every officer."""
    operator = Actor.system()
    folder = files(__package__).joinpath("city")
    contents = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    load_organization(contents, by=operator, now=BEGINNING)
    policy = ready_policy("cn-county")
    adopt_policy(policy, by=operator, now=BEGINNING)
    for officer in directory().officers.values():
        create_account(officer.code, officer=officer.code, by=operator, now=BEGINNING)
    return policy


@contextmanager
def _unhurried_disk() -> Iterator[None]:
    """Let this session not wait for the disk at each act: a city that was cut off is built anew."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")
