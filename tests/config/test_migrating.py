"""Migrations run as the owner and leave the application no more rights than it needs."""

import threading

import pytest
from django.db import connection, connections

from dandang.config.migrating import migrate
from dandang.database import Role, connect, create_database, drop_database
from dandang.ledger.grants import PRIVILEGES
from tests import server

RIGHTS = """
    SELECT table_name, privilege_type FROM information_schema.role_table_grants
    WHERE grantee = 'dandang_app'
"""


@pytest.fixture
def empty_database(database_server, django_db_blocker):
    name = f"migrated_{server.WORKER}"
    with django_db_blocker.unblock():
        yield name
    drop_database(name)


def rights(database):
    with connect(Role.OWNER, database) as owner:
        return set(owner.execute(RIGHTS).fetchall())


def test_an_empty_server_gets_a_database_that_the_owner_owns(empty_database):
    migrate(database=empty_database)
    with connect(Role.OWNER, empty_database) as owner:
        owners = owner.execute(
            "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
        )
        assert owners.fetchall() == [("dandang_owner",)]
    found = rights(empty_database)
    for table, wanted in PRIVILEGES.items():
        assert {right for name, right in found if name == table} == set(wanted)
    assert {right for _, right in found} == {"SELECT", "INSERT", "UPDATE", "DELETE"}


def test_migrating_again_changes_nothing(empty_database):
    create_database(empty_database)
    migrate(database=empty_database)
    before = rights(empty_database)
    migrate(database=empty_database)
    assert rights(empty_database) == before


def test_the_owner_s_connection_is_gone_afterwards(empty_database):
    migrate(database=empty_database)
    assert list(connections) == ["default"]
    with connect(Role.OWNER, "postgres") as owner:
        query = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
        assert owner.execute(query, [empty_database]).fetchone() == (0,)


def test_migrations_see_to_it_that_only_one_runs(empty_database):
    create_database(empty_database)
    with connect(Role.OWNER, empty_database) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [0x64616E64])
        thread = threading.Thread(target=migrate, kwargs={"database": empty_database})
        thread.start()
        thread.join(1)
        assert thread.is_alive()
        assert rights(empty_database) == set()
        other.execute("SELECT pg_advisory_unlock(%s)", [0x64616E64])
        thread.join(60)
    assert rights(empty_database)


def test_a_fresh_database_is_migrated_and_used_as_the_application(fresh_database):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, count(*) > 0 FROM django_migrations")
        assert cursor.fetchone() == ("dandang_app", True)
