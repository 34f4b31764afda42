"""The connection of a process: asked nothing while it is quiet, not used once it was ended."""

from collections.abc import Iterator

import pytest
from django.db import connection, connections

from dandang.config.engine.base import DatabaseWrapper

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> Iterator[DatabaseWrapper]:
    made = connections.create_connection("default")
    yield made
    made.close()


def told(text: str, pid: int) -> object:
    """Return what the server says of one of its processes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(text, [pid])
        return cursor.fetchone()[0]


def test_a_quiet_connection_is_asked_nothing_and_one_that_was_ended_is_not_used(own):
    assert not own.is_usable()
    with own.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    last = "SELECT query FROM pg_stat_activity WHERE pid = %s"
    assert own.is_usable()
    assert told(last, pid) == "SELECT pg_backend_pid()"
    own.errors_occurred = True
    assert own.is_usable()
    assert told(last, pid) == "SELECT 1"
    own.errors_occurred = False
    assert told("SELECT pg_terminate_backend(%s, 5000)", pid)
    assert not own.is_usable()
    own.close()
    assert not own.is_usable()
