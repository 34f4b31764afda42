"""What keeps the rows right by itself: they go with their text, and their tokens are counted."""

from django.db import migrations

# What was erased is erased here in the same transaction, whoever erases it.
ERASED = """
ALTER TABLE publication_case ADD CONSTRAINT publication_case_text
    FOREIGN KEY (text_event, text_name) REFERENCES ledger_personal (event_id, name)
    ON DELETE CASCADE;
"""
NOT_ERASED = "ALTER TABLE publication_case DROP CONSTRAINT publication_case_text;"

# In the order of tokens, so that two of these never wait for each other.
COUNTED = """
CREATE FUNCTION publication_count_tokens() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_catalog AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO publication_token AS kept (token, cases)
            SELECT lexeme, count(*) FROM new_rows, unnest(found_by) GROUP BY lexeme ORDER BY lexeme
            ON CONFLICT (token) DO UPDATE SET cases = kept.cases + excluded.cases;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO publication_token AS kept (token, cases)
            SELECT lexeme, -count(*) FROM old_rows, unnest(found_by) GROUP BY lexeme ORDER BY lexeme
            ON CONFLICT (token) DO UPDATE SET cases = kept.cases + excluded.cases;
        DELETE FROM publication_token WHERE cases <= 0
            AND token IN (SELECT lexeme FROM old_rows, unnest(found_by));
    ELSE
        INSERT INTO publication_token AS kept (token, cases)
            SELECT lexeme, sum(n) FROM (
                SELECT lexeme, 1 AS n FROM new_rows, unnest(found_by)
                UNION ALL SELECT lexeme, -1 FROM old_rows, unnest(found_by)
            ) AS changes GROUP BY lexeme HAVING sum(n) <> 0 ORDER BY lexeme
            ON CONFLICT (token) DO UPDATE SET cases = kept.cases + excluded.cases;
        DELETE FROM publication_token WHERE cases <= 0
            AND token IN (SELECT lexeme FROM old_rows, unnest(found_by));
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER publication_tokens_in AFTER INSERT ON publication_case
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION publication_count_tokens();
CREATE TRIGGER publication_tokens_out AFTER DELETE ON publication_case
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION publication_count_tokens();
CREATE TRIGGER publication_tokens_changed AFTER UPDATE ON publication_case
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION publication_count_tokens();
"""
NOT_COUNTED = """
DROP TRIGGER publication_tokens_in ON publication_case;
DROP TRIGGER publication_tokens_out ON publication_case;
DROP TRIGGER publication_tokens_changed ON publication_case;
DROP FUNCTION publication_count_tokens();
"""


class Migration(migrations.Migration):
    dependencies = [("published_cases", "0001_tables"), ("ledger", "0003_no_gap_no_loss")]

    operations = [
        migrations.RunSQL(ERASED, NOT_ERASED),
        migrations.RunSQL(COUNTED, NOT_COUNTED),
    ]
