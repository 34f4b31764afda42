"""Somebody with every right in the database, for the tests of what even they cannot do unseen."""

import threading
from contextlib import contextmanager

import pytest

from dandang.database import Role, connect, state_directory
from dandang.database.place import Place
from dandang.database.process import superuser_connection


@contextmanager
def superuser(database):
    """Yield a superuser's connection. The owner, who drops the database, may not end this session:
    so wait until it is over.
    """
    with superuser_connection(Place(state_directory()), database) as connection:
        pid = connection.info.backend_pid
        yield connection
    pause = threading.Event()
    with connect(Role.OWNER, "postgres") as observer:
        for _ in range(1000):
            if not observer.execute(
                "SELECT FROM pg_stat_activity WHERE pid = %s", [pid]
            ).fetchall():
                return
            pause.wait(0.01)
    pytest.fail("the superuser's session does not end")
