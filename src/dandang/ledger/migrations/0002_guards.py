"""The guards: triggers that refuse every change, for the owner too; checks; the application's grants."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: the ledger only grows', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation',
              HINT = 'Correct an error by appending an event that says what was wrong.';
END
$$;
"""

# ALWAYS: they fire even for a session that plays the role of a replica.
TRIGGER = """
CREATE TRIGGER ledger_refuse BEFORE {operations} ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER ledger_refuse;
"""
REFUSED = {
    "ledger_event": "UPDATE OR DELETE OR TRUNCATE",
    "ledger_leaf": "UPDATE OR DELETE OR TRUNCATE",
    "ledger_pending": "UPDATE OR TRUNCATE",
    "ledger_personal": "UPDATE OR TRUNCATE",
}

CHECKS = """
ALTER TABLE ledger_event
    ADD CONSTRAINT ledger_event_shape CHECK (
        octet_length(stream) = 16 AND octet_length(leaf_hash) = 32 AND seq >= 0
    );
ALTER TABLE ledger_leaf ADD CONSTRAINT ledger_leaf_from_zero CHECK (idx >= 0);
ALTER TABLE ledger_personal
    ADD CONSTRAINT ledger_personal_shape CHECK (octet_length(digest) = 32);
"""
NO_CHECKS = """
ALTER TABLE ledger_event DROP CONSTRAINT ledger_event_shape;
ALTER TABLE ledger_leaf DROP CONSTRAINT ledger_leaf_from_zero;
ALTER TABLE ledger_personal DROP CONSTRAINT ledger_personal_shape;
"""

# The usual name of the application's role; `dandang.ledger.grants` serves any name.
GRANTS = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'dandang_app') THEN
        REVOKE ALL ON TABLE ledger_event, ledger_leaf, ledger_pending, ledger_personal
            FROM PUBLIC, dandang_app;
        REVOKE ALL ON SEQUENCE ledger_event_id_seq FROM PUBLIC, dandang_app;
        GRANT SELECT, INSERT ON TABLE ledger_event, ledger_leaf TO dandang_app;
        GRANT SELECT, INSERT, DELETE ON TABLE ledger_pending, ledger_personal TO dandang_app;
    END IF;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_tables")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION ledger_refuse()"),
        *(
            migrations.RunSQL(
                TRIGGER.format(table=table, operations=operations),
                f"DROP TRIGGER ledger_refuse ON {table}",
            )
            for table, operations in REFUSED.items()
        ),
        migrations.RunSQL(CHECKS, NO_CHECKS),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
    ]
