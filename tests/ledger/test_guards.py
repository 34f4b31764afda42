"""Nobody changes the ledger: not the application, not the owner, and the catalogue shows why."""

import secrets
from importlib import import_module

import psycopg
import pytest
from django.db import connection

from dandang.database import Role, connect, role_name
from dandang.ledger import queries, sequencer
from dandang.ledger.grants import PRIVILEGES, revoke_statements
from tests.ledger.sample import accepted, reported, write
from tests.ledger.superuser import superuser

KEPT = ("ledger_event", "ledger_leaf")
COLUMN = {
    "ledger_event": "type = 'withdrawn'",
    "ledger_leaf": "idx = idx + 1",
    "ledger_pending": "event_id = event_id",
    "ledger_personal": "disclosure = 'x'",
}
CHANGES = [
    *(f"UPDATE {table} SET {COLUMN[table]}" for table in PRIVILEGES),
    *(f"UPDATE {table} SET {COLUMN[table]} WHERE false" for table in PRIVILEGES),
    *(f"TRUNCATE {table} CASCADE" for table in PRIVILEGES),
    *(f"DELETE FROM {table}" for table in KEPT),
    "MERGE INTO ledger_leaf l USING ledger_event e ON e.id = l.event_id WHEN MATCHED THEN DELETE",
    "INSERT INTO ledger_leaf VALUES (0, 1) ON CONFLICT (idx) DO UPDATE SET idx = 7",
]
SHAPES = [
    "ALTER TABLE ledger_event DISABLE TRIGGER ledger_refuse",
    "DROP TRIGGER ledger_refuse ON ledger_event",
    "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE sql AS ''",
    "DROP TABLE ledger_event CASCADE",
    "ALTER TABLE ledger_event DROP COLUMN type",
    "SET session_replication_role = 'replica'",
    "SELECT setval('ledger_event_id_seq', 1)",
    "SELECT nextval('ledger_event_id_seq')",
    "CREATE RULE gone AS ON INSERT TO ledger_event DO INSTEAD NOTHING",
    "SELECT 1 FROM ledger_event FOR UPDATE",
]
NEW_EVENT = "INSERT INTO ledger_event (stream, seq, type, at, entry, leaf_hash, disclosures)"
SENSELESS = [
    f"{NEW_EVENT} VALUES ('short', 0, 'x', now(), '', sha256(''), '')",
    f"{NEW_EVENT} VALUES (substr(sha256(''), 1, 16), -1, 'x', now(), '', sha256(''), '')",
    f"{NEW_EVENT} VALUES (substr(sha256(''), 1, 16), 0, 'x', now(), '', 'short', '')",
    "INSERT INTO ledger_leaf SELECT -1, event_id FROM ledger_pending",
    "INSERT INTO ledger_leaf SELECT 1, event_id FROM ledger_leaf",
    "INSERT INTO ledger_leaf SELECT 0, event_id FROM ledger_pending",
    "INSERT INTO ledger_leaf VALUES (1, 999999)",
    "INSERT INTO ledger_leaf SELECT 2, event_id FROM ledger_pending",
    "DELETE FROM ledger_pending",
    "INSERT INTO ledger_pending VALUES (999999)",
    "INSERT INTO ledger_personal VALUES (999999, 'text', sha256(''), 'x')",
    "INSERT INTO ledger_personal SELECT event_id, 'text', 'short', 'x' FROM ledger_leaf",
]


@pytest.fixture
def filled(fresh_database):
    """Two events, one with an index; afterwards nothing may have changed."""
    write(secrets.token_bytes(16), reported(), accepted())
    sequencer.sequence_once(limit=1)
    before = everything()
    yield fresh_database
    assert everything() == before
    assert queries.size() == 2


def everything():
    with connection.cursor() as cursor:
        found = []
        for table in sorted(PRIVILEGES):
            cursor.execute(f"SELECT t::text FROM {table} t ORDER BY 1")
            found.append(cursor.fetchall())
        return found


def test_the_application_cannot_change_the_ledger(filled, subtests):
    with connect(Role.APP, filled) as app:
        for change in CHANGES:
            denied = pytest.raises(psycopg.errors.InsufficientPrivilege)
            with subtests.test(change), denied:
                app.execute(change)


def test_the_owner_cannot_change_the_ledger(filled, subtests):
    with connect(Role.OWNER, filled) as owner:
        for change in CHANGES:
            refused = pytest.raises(psycopg.errors.RestrictViolation, match="the ledger only grows")
            with subtests.test(change), refused:
                owner.execute(change)


def test_not_even_a_superuser_posing_as_a_replica_changes_the_ledger(filled, subtests):
    with superuser(filled) as replica:
        replica.execute("SET session_replication_role = 'replica'")
        for change in CHANGES:
            refused = pytest.raises(psycopg.errors.RestrictViolation, match="the ledger only grows")
            with subtests.test(change), refused:
                replica.execute(change)


def test_the_application_cannot_change_what_the_tables_are(filled, subtests):
    with connect(Role.APP, filled) as app:
        for change in SHAPES:
            denied = pytest.raises(psycopg.errors.InsufficientPrivilege)
            with subtests.test(change), denied:
                app.execute(change)


def test_rows_that_make_no_sense_are_refused(filled, subtests):
    with connect(Role.APP, filled) as app:
        for row in SENSELESS:
            broken = pytest.raises(psycopg.errors.IntegrityError)
            with subtests.test(row), broken:
                app.execute(row)


def test_a_table_of_the_same_name_does_not_fool_a_guard(filled):
    with connect(Role.APP, filled) as app:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TEMPORARY TABLE ledger_leaf (idx bigint, event_id bigint)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TABLE public.mine (idx bigint)")


def test_personal_rows_can_go_and_the_rest_stays_sound(fresh_database):
    stream = secrets.token_bytes(16)
    (appended,) = write(stream, reported())
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_personal WHERE event_id = %s", [appended.event_id])
        assert cursor.rowcount == 2
    assert queries.personal_of([appended.event_id]) == {}
    assert queries.events_of(stream)[0].fields == {"category": "lamp"}


ACLS = """
SELECT c.relname, coalesce(r.rolname, 'PUBLIC'), a.privilege_type, a.is_grantable
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
CROSS JOIN LATERAL (
    SELECT * FROM aclexplode(c.relacl)
    UNION
    SELECT acl.* FROM pg_attribute t, aclexplode(t.attacl) acl WHERE t.attrelid = c.oid
) a
LEFT JOIN pg_roles r ON r.oid = a.grantee
WHERE c.relname LIKE 'ledger%' AND a.grantee <> c.relowner
ORDER BY 1, 2, 3
"""


def grants_to_others(database):
    with connect(Role.OWNER, database) as owner:
        return owner.execute(ACLS).fetchall()


def expected_grants(role):
    return [
        (table, role, privilege, False)
        for table, privileges in sorted(PRIVILEGES.items())
        for privilege in privileges
    ]


def test_the_catalogue_lists_these_grants_and_no_others(fresh_database):
    assert grants_to_others(fresh_database) == expected_grants(role_name(Role.APP))


def test_the_migration_alone_narrows_the_usual_role(fresh_database):
    guards = import_module("dandang.ledger.migrations.0002_guards")
    with connect(Role.OWNER, fresh_database) as owner:
        owner.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO dandang_app")
        owner.execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO dandang_app")
        assert grants_to_others(fresh_database) != expected_grants("dandang_app")
        owner.execute(guards.GRANTS)
    assert grants_to_others(fresh_database) == expected_grants("dandang_app")


def test_the_role_may_have_any_name(fresh_database):
    name = 'guest of "Jiangcheng"'
    quoted = '"guest of ""Jiangcheng"""'
    with superuser(fresh_database) as everything:
        everything.execute(f"CREATE ROLE {quoted}")
        try:
            everything.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {quoted}")
            everything.execute(f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
            everything.execute(f"GRANT UPDATE (type) ON ledger_event TO {quoted}")
            with connect(Role.OWNER, fresh_database) as owner:
                for statement in revoke_statements(name):
                    owner.execute(statement)
            others = grants_to_others(fresh_database)
            assert [grant for grant in others if grant[1] == name] == expected_grants(name)
        finally:
            everything.execute(f"DROP OWNED BY {quoted}")
            everything.execute(f"DROP ROLE {quoted}")


def test_ids_are_drawn_one_at_a_time(fresh_database):
    # With a cache, sessions would draw ahead, and ids could fall along a stream.
    with connect(Role.OWNER, fresh_database) as owner:
        found = owner.execute(
            "SELECT cache_size, cycle, increment_by FROM pg_sequences"
            " WHERE sequencename = 'ledger_event_id_seq'"
        ).fetchone()
    assert found == (1, False, 1)
