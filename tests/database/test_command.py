"""`python -m dandang.database`: the server's own programs on our data, as the how-to page says."""

import os
import subprocess
import sys

import pytest

from dandang.database import Role, connect, create_database, running
from dandang.database.account import Account
from dandang.database.binaries import newest_on_machine
from dandang.database.process import running_server
from tests.database.child import SOURCES


def command(*arguments, **variables):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(SOURCES)} | variables
    return subprocess.run(
        [sys.executable, "-m", "dandang.database", *arguments],
        check=False, capture_output=True, text=True, env=environment, timeout=120,
    )  # fmt: skip


def test_a_program_runs_as_the_owner_and_the_server_stops_afterwards(place):
    done = command("psql", "--dbname=postgres", "-Atc", "SELECT current_user")
    assert (done.stdout, done.stderr, done.returncode) == ("dandang_owner\n", "", 0)
    assert running_server(place) is None


def test_the_program_s_exit_code_is_handed_on(place):
    assert command("psql", "--dbname=postgres", "-c", "nonsense").returncode == 1


def test_without_a_program_it_says_what_it_is_for(place):
    assert command().returncode == 2


@pytest.mark.parametrize("name", ["no-such-program", "../bin/psql", "/bin/sh"])
def test_only_programs_of_postgresql_are_run(place, name):
    done = command(name)
    assert done.returncode == 1
    assert "no program" in done.stderr


def test_a_copy_moves_the_data_to_another_major_version(empty_state, monkeypatch):
    old = newest_on_machine(Account("x", os.geteuid(), os.getegid()))
    if old is None or old.major == 18:
        pytest.skip("no PostgreSQL of another major version is installed on this machine")
    with monkeypatch.context() as patch:
        patch.setenv("DANDANG_POSTGRES_BIN", str(old.folder))
        with running():
            create_database("dandang")
            with connect(Role.OWNER) as owner:
                owner.execute("CREATE TABLE unit AS SELECT '水务局' AS name")

    refused = command("pg_dump", "--format=custom", "--file=/dev/null")
    assert f"DANDANG_POSTGRES_BIN={old.folder}" in refused.stderr

    copy = empty_state / "dandang.copy"
    saved = command(
        "pg_dump", "--format=custom", f"--file={copy}", DANDANG_POSTGRES_BIN=str(old.folder)
    )
    assert (saved.stderr, saved.returncode) == ("", 0)
    (empty_state / "postgresql").rename(empty_state / "postgresql.old")
    loaded = command("pg_restore", "--create", "--exit-on-error", "--dbname=postgres", str(copy))
    assert (loaded.stderr, loaded.returncode) == ("", 0)
    with running(), connect(Role.APP) as app:
        assert app.info.server_version // 10_000 == 18
        assert app.execute("SELECT name FROM unit").fetchone() == ("水务局",)
        with pytest.raises(Exception, match="permission denied"):
            app.execute("TRUNCATE unit")
