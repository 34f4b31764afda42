"""What holds for every test: hypothesis profiles, marks that say what a test needs, the database.

A test marked `django_db` runs in a transaction that is rolled back; one that asks for
`fresh_database` commits for real in a clone of its own. Both are the application role, never the
owner. The server starts with the first test that needs it.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import django
import pytest
from django.db import connections
from hypothesis import is_hypothesis_test, settings
from pytest_django import DjangoDbBlocker

from dandang.database import create_database, drop_database, running
from dandang.database.lock import FileLock
from tests import server

# A suite that was started in the background inherits that Ctrl-C and hanging up are ignored, and
# so would every process it starts and interrupts.
for number, usual in (
    (signal.SIGINT, signal.default_int_handler),
    (signal.SIGHUP, signal.SIG_DFL),
):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, usual)

server.choose_state()
os.environ["DANDANG_TOTP_TOLERANCE"] = "1"  # the half minute may end between two lines of a story
os.environ["DJANGO_SETTINGS_MODULE"] = "dandang.config.settings"
django.setup()

settings.register_profile("quick", max_examples=5, deadline=None)
settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile(
    "ci", max_examples=300, deadline=None, derandomize=True, database=None, print_blob=True
)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

HERE = Path(__file__).parent
DATABASE_FIXTURES = frozenset(
    {"db", "transactional_db", "django_db_setup", "fresh_database", "database_server"}
)
FRESH_NUMBERS = count(1)

_EVERYTHING = frozenset(
    {
        *("benchmarks", "docs", "security"),
        *(
            "test_any_history",
            "test_fields_by_role",
            "test_permission_matrix",
            "test_verbs_by_role",
        ),
    }
)
_LAWS_ALONE = frozenset(
    {
        *(
            "test_bigrams",
            "test_intake",
            "test_places",
            "test_redaction",
            "test_rules",
            "test_sheets",
        ),
        *("test_sight", "test_timing", "test_what_is_listed", "test_write_path"),
    }
)
"""Where only laws reach some lines of the pure modules."""


def _needs_browser(item: pytest.Item) -> bool:
    return item.path.is_relative_to(HERE / "browser")


def _needs_database(item: pytest.Item) -> bool:
    if item.path.is_relative_to(HERE / "database") or item.get_closest_marker("django_db"):
        return True
    return not DATABASE_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))


def _need_not_be_traced(item: pytest.Item) -> bool:
    """Say whether a test says nothing of what is covered that others do not say.

    A tracer makes a law, which is tried hundreds of times, three times as long. Nor does what goes
    through everything say more.
    """
    place = item.path.relative_to(HERE)
    if place.parts[0] in _EVERYTHING or place.stem in _EVERYTHING:
        return True
    return is_hypothesis_test(getattr(item, "obj", None)) and place.stem not in _LAWS_ALONE


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by what they need, so that the cheap ones can run first (`-m "not database"`)."""
    for item in items:
        if _needs_browser(item):
            item.add_marker("browser")
        elif _needs_database(item):
            item.add_marker("database")
        if _need_not_be_traced(item):
            item.add_marker("no_cover")
        if (mark := item.get_closest_marker("django_db")) and mark.kwargs.get("transaction"):
            raise pytest.UsageError(
                f"{item.nodeid}: the ledger refuses TRUNCATE; use the fixture fresh_database "
                "instead of transaction=True"
            )


@pytest.fixture(scope="session")
def database_server() -> Iterator[None]:
    """Keep the session's server up."""
    server.sweep()
    with running(watch=True):
        yield


@pytest.fixture(scope="session")
def template_database(database_server: None, django_db_blocker: DjangoDbBlocker) -> str:
    """Return the name of a migrated database nobody is connected to, made by the first worker."""
    from dandang.config.migrating import migrate  # noqa: PLC0415 needs Django set up

    state = Path(os.environ["DANDANG_STATE"])
    lock, done = FileLock(state / "template.lock", os.geteuid()), state / "template.done"
    lock.take()
    try:
        if not done.exists():
            with django_db_blocker.unblock():
                migrate(database=server.TEMPLATE)
            done.touch()
    finally:
        lock.close()
    return server.TEMPLATE


@pytest.fixture(scope="session")
def django_db_setup(
    template_database: str, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Give this worker a clone of the template, reached as the application role."""
    with _clone(template_database, f"test_{server.WORKER}", django_db_blocker):
        yield


@pytest.fixture
def fresh_database(
    template_database: str, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """Yield the name of a database for this test alone, where everything is committed.

    Django's default connection leads there, in every thread; a subprocess gets there with the name
    in `DANDANG_DATABASE`, which is set too.
    """
    name = f"fresh_{server.WORKER}_{next(FRESH_NUMBERS)}"
    with _clone(template_database, name, django_db_blocker), django_db_blocker.unblock():
        yield name


@contextmanager
def _clone(template: str, name: str, blocker: DjangoDbBlocker) -> Iterator[None]:
    """Lead Django's default connection to a clone of `template`, then drop the clone."""
    settings_of_default = connections.settings["default"]
    before = settings_of_default["NAME"], os.environ.get("DANDANG_DATABASE")
    create_database(name, template=template)
    with blocker.unblock():
        connections.close_all()
    settings_of_default["NAME"] = os.environ["DANDANG_DATABASE"] = name
    try:
        yield
    finally:
        with blocker.unblock():
            connections.close_all()
        settings_of_default["NAME"] = before[0]
        _restore("DANDANG_DATABASE", before[1])
        drop_database(name)


def _restore(variable: str, value: str | None) -> None:
    if value is None:
        os.environ.pop(variable, None)
    else:
        os.environ[variable] = value
