"""The index of all cases, and that what is erased goes from it at once."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

# The server would copy common words into its statistics, where they outlive what is erased. How
# common a word is need not be known: the newest cases are looked through first.
NO_COPIES = """
ALTER TABLE finding_case ALTER COLUMN words SET STATISTICS 0;
ALTER TABLE finding_case ALTER COLUMN title SET STATISTICS 0;
ALTER TABLE finding_case ALTER COLUMN keys SET STATISTICS 0;
"""
COPIES = """
ALTER TABLE finding_case ALTER COLUMN words SET STATISTICS -1;
ALTER TABLE finding_case ALTER COLUMN title SET STATISTICS -1;
ALTER TABLE finding_case ALTER COLUMN keys SET STATISTICS -1;
"""

# Whoever erases, and whyever: in the same transaction the case is found by none of its words. The
# follower writes the row anew with what is left. The names are those of `rules.texts.FIELDS`.
ERASED = """
CREATE FUNCTION finding_forget() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_catalog AS $$
DECLARE
    gone text[];
BEGIN
    SELECT array_agg(kind || event_id) INTO gone
        FROM (SELECT DISTINCT event_id FROM old_rows WHERE name IN
            ('title', 'location', 'text', 'alternative', 'condition', 'wrong')) AS events,
        unnest(ARRAY['e:', 'i:', 'y:']) AS kind;
    IF gone IS NOT NULL THEN
        UPDATE finding_case SET words = '', title = '' WHERE keys && gone;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER finding_forgets AFTER DELETE ON ledger_personal
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION finding_forget();
"""
NOT_ERASED = """
DROP TRIGGER finding_forgets ON ledger_personal;
DROP FUNCTION finding_forget();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [("ledger", "0003_no_gap_no_loss")]

    operations = [
        migrations.CreateModel(
            name="IndexCursor",
            fields=[
                ("name", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("idx", models.BigIntegerField()),
                ("walked", models.BigIntegerField(null=True)),
                ("names", models.CharField(blank=True, max_length=64)),
            ],
            options={"db_table": "finding_cursor"},
        ),
        migrations.CreateModel(
            name="IndexedCase",
            fields=[
                ("case_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("sent_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                ("title", django.contrib.postgres.search.SearchVectorField()),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "db_table": "finding_case",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False,
                        fields=["words", "title", "keys"],
                        name="finding_found_by",
                    ),
                    models.Index(fields=["sent_at"], name="finding_sent"),
                    models.Index(
                        condition=models.Q(("due_at__isnull", False)),
                        fields=["due_at"],
                        name="finding_due",
                    ),
                ],
            },
        ),
        migrations.RunSQL(NO_COPIES, COPIES),
        migrations.RunSQL(ERASED, NOT_ERASED),
    ]
