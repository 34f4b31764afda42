"""Databases and roles: the owner changes tables, the application works with rows."""

import os
import pwd
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from psycopg import errors

from dandang.database import (
    DatabaseError,
    Role,
    RolesNotSeparate,
    ServerDoesNotAnswer,
    connect,
    create_database,
    drop_database,
    ensure_database,
    grant,
    running,
)
from dandang.database.process import superuser_connection

NAME = "jiangcheng"


@pytest.fixture
def town(place):
    """Keep a database with one table made by the owner."""
    with running():
        create_database(NAME)
        with connect(Role.OWNER, NAME) as owner:
            owner.execute("CREATE TABLE unit (id int GENERATED ALWAYS AS IDENTITY, name text)")
        yield place


def test_the_application_reads_and_writes_rows(town):
    with connect(Role.APP, NAME) as app:
        app.execute("INSERT INTO unit (name) VALUES ('水务局'), ('住建局')")
        app.execute("UPDATE unit SET name = 'water' WHERE name = '水务局'")
        app.execute("DELETE FROM unit WHERE name = '住建局'")
        assert app.execute("SELECT name FROM unit").fetchall() == [("water",)]


CHANGES_OF_STRUCTURE = (
    "TRUNCATE unit",
    "DROP TABLE unit",
    "ALTER TABLE unit ADD COLUMN extra text",
    "ALTER TABLE unit DISABLE TRIGGER ALL",
    "CREATE TABLE own (id int)",
    "CREATE TEMPORARY TABLE own (id int)",
    "CREATE SCHEMA own",
    "CREATE DATABASE own",
    "CREATE ROLE own",
    "SET ROLE dandang_owner",
    "SET SESSION AUTHORIZATION postgres",
    "SET session_replication_role = replica",
    "SELECT setval('unit_id_seq', 1)",
    "COPY unit TO '/tmp/unit'",
)


def test_the_application_changes_no_structure(town):
    with connect(Role.APP, NAME) as app:
        for statement in CHANGES_OF_STRUCTURE:
            with pytest.raises(errors.InsufficientPrivilege):
                app.execute(statement)


def test_the_owner_is_no_superuser(town):
    powers = "rolsuper OR rolcreaterole OR rolreplication OR rolbypassrls"
    with connect(Role.OWNER, NAME) as owner:
        found = owner.execute(f"SELECT {powers} FROM pg_roles WHERE rolname = current_user")
        assert found.fetchone() == (False,)


def test_the_application_stays_out_of_other_databases(town):
    for database in ("postgres", "template1"):
        with pytest.raises(psycopg.OperationalError, match="permission denied"):
            connect(Role.APP, database)


def test_a_right_taken_away_stays_away_however_often_rights_are_granted(town):
    with connect(Role.OWNER, NAME) as owner:
        owner.execute("REVOKE UPDATE, DELETE ON unit FROM dandang_app")
    grant(NAME)
    ensure_database(NAME)
    with connect(Role.APP, NAME) as app:
        with pytest.raises(errors.InsufficientPrivilege):
            app.execute("DELETE FROM unit")
        app.execute("INSERT INTO unit (name) VALUES ('水务局')")


def test_many_may_ensure_the_same_database_at_once(town):
    with ThreadPoolExecutor(6) as pool:
        done = [pool.submit(ensure_database, f"new{number // 6}") for number in range(30)]
    for future in done:
        future.result()


def test_a_clone_has_the_rows_and_the_rights_of_its_template(town):
    with connect(Role.APP, NAME) as app:
        app.execute("INSERT INTO unit (name) VALUES ('水务局')")
    create_database("clone", template=NAME)
    with connect(Role.OWNER, "clone") as owner:
        owner.execute("CREATE TABLE later (id int)")
    with connect(Role.APP, "clone") as app:
        assert app.execute("SELECT name FROM unit").fetchall() == [("水务局",)]
        app.execute("INSERT INTO later VALUES (1)")
        with pytest.raises(errors.InsufficientPrivilege):
            app.execute("TRUNCATE unit")


def test_dropping_ends_the_sessions_of_both_roles(town):
    with connect(Role.APP, NAME) as app, connect(Role.OWNER, NAME) as owner:
        drop_database(NAME)
        for connection in (app, owner):
            with pytest.raises(psycopg.OperationalError):
                connection.execute("SELECT 1")
    drop_database(NAME)


def test_a_name_is_never_read_as_a_statement(town):
    name = 'x"; DROP DATABASE jiangcheng; --'
    create_database(name)
    with connect(Role.APP, name) as app:
        assert app.info.dbname == name
    drop_database(name)
    connect(Role.APP, NAME).close()


def test_an_idle_transaction_is_ended(town):
    with connect(Role.APP, NAME) as app:
        shown = app.execute("SHOW idle_in_transaction_session_timeout").fetchone()
        assert shown == ("1min",)


# -- a server that somebody else runs ---------------------------------------------------------


@pytest.fixture
def external(place, monkeypatch):
    """Keep a server up that the environment then names by address, with roles of other names."""
    with running():
        with superuser_connection(place) as admin:
            for statement in (
                "CREATE ROLE city_app LOGIN",
                "CREATE ROLE city_owner LOGIN CREATEDB IN ROLE pg_signal_backend",
                "CREATE DATABASE city OWNER city_owner",
            ):
                admin.execute(statement)
        me = pwd.getpwuid(os.geteuid()).pw_name
        with (place.server / "pg_ident.conf").open("a") as identities:
            identities.write(f'dandang "{me}" city_app\ndandang "{me}" city_owner\n')
        with superuser_connection(place) as admin:
            admin.execute("SELECT pg_reload_conf()")
        for variable, role in (("DATABASE_URL", "city_app"), ("DANDANG_OWNER_URL", "city_owner")):
            url = f"postgresql://{role}@/city?host={place.sockets}"
            monkeypatch.setenv(variable, url)
        yield place
        for variable in ("DATABASE_URL", "DANDANG_OWNER_URL"):
            monkeypatch.delenv(variable)


def test_an_external_server_is_checked_and_left_running(external):
    with running() as server:
        server.ensure()
    with connect(Role.APP) as app:
        assert app.execute("SELECT current_user, current_database()").fetchone() == (
            "city_app",
            "city",
        )


def test_rights_go_to_the_role_of_the_url(external):
    ensure_database()
    with connect(Role.OWNER) as owner:
        owner.execute("CREATE TABLE unit (name text)")
    with connect(Role.APP) as app:
        app.execute("INSERT INTO unit VALUES ('水务局')")
        with pytest.raises(errors.InsufficientPrivilege):
            app.execute("TRUNCATE unit")


def test_databases_are_made_and_dropped_on_an_external_server_too(external):
    create_database("other")
    with connect(Role.APP, "other") as app:
        assert app.info.dbname == "other"
    drop_database("other")


def test_one_role_for_both_is_refused(external, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", os.environ["DANDANG_OWNER_URL"])
    with pytest.raises(RolesNotSeparate, match="city_owner"):
        grant()


def test_a_silent_server_is_named_without_the_password(monkeypatch, tmp_path):
    url = f"postgresql://app:s3cret@/city?host={tmp_path}"
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ServerDoesNotAnswer, match="DATABASE_URL") as refused, running():
        pass
    assert "s3cret" not in str(refused.value)
    assert isinstance(refused.value, DatabaseError)
