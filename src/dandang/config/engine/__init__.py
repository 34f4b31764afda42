"""Django's engine for PostgreSQL, as every request uses it."""
