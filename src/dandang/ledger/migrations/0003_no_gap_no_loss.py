"""Two more guards, for the index: it never skips a number, and nobody leaves the outbox without one."""

from django.db import migrations

NO_GAP = """
CREATE FUNCTION ledger_no_gap() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    lowest bigint;
BEGIN
    SELECT min(idx) INTO lowest FROM new_leaf;
    IF (SELECT max(idx) - lowest + 1 <> count(*) FROM new_leaf)
        OR (lowest > 0 AND NOT EXISTS (SELECT FROM ledger_leaf WHERE idx = lowest - 1))
    THEN
        RAISE EXCEPTION 'an index of the log must follow the one before'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER ledger_no_gap AFTER INSERT ON ledger_leaf REFERENCING NEW TABLE AS new_leaf
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_no_gap();
ALTER TABLE ledger_leaf ENABLE ALWAYS TRIGGER ledger_no_gap;
"""

NO_LOSS = """
CREATE FUNCTION ledger_no_loss() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM taken
        WHERE NOT EXISTS (SELECT FROM ledger_leaf WHERE ledger_leaf.event_id = taken.event_id)
    ) THEN
        RAISE EXCEPTION 'an event leaves the outbox only with an index'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER ledger_no_loss AFTER DELETE ON ledger_pending REFERENCING OLD TABLE AS taken
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_no_loss();
ALTER TABLE ledger_pending ENABLE ALWAYS TRIGGER ledger_no_loss;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_guards")]

    operations = [
        migrations.RunSQL(NO_GAP, "DROP FUNCTION ledger_no_gap() CASCADE"),
        migrations.RunSQL(NO_LOSS, "DROP FUNCTION ledger_no_loss() CASCADE"),
    ]
