"""Statements that are written once and asked often: Django's own, with the present left open.

Writing a statement from conditions costs more than asking it, and what an officer's lists ask for
is the same all day but for the present. It stands in them as `NOW` until they are asked.
"""

from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Func, JSONField, QuerySet
from psycopg.types.datetime import TimestamptzLoader

NOW = datetime(1, 1, 2, tzinfo=UTC)
"""Stands for the present in what a list wants; each asking puts its own there."""

EMPTY = Func(template="'{}'::jsonb", output_field=JSONField())
"""`{}` in the text of a statement and not among its values.

Then the plan that PostgreSQL keeps for all values can use the indexes of what is not empty;
otherwise it makes a new plan for each asking.
"""

Statement = tuple[str, tuple[Any, ...]]


def statement_of(rows: QuerySet[Any, Any]) -> Statement:
    """Return the statement that reads these rows, with its values."""
    text, values = rows.query.sql_with_params()
    return text, tuple(values)


def ask(statement: Statement, now: datetime = NOW) -> list[tuple[Any, ...]]:
    """Return the rows of a statement, at this present if it asks for one; JSON comes as text."""
    text, values = statement
    with connection.cursor() as cursor:
        # Django's reader of times goes through Python twice for each; psycopg's own knows UTC too.
        cursor.adapters.register_loader("timestamptz", TimestamptzLoader)
        cursor.execute(text, [now if one == NOW else one for one in values])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
