"""What the application role may do with the ledger's tables, and nothing beyond it."""

PRIVILEGES = {
    "ledger_event": ("INSERT", "SELECT"),
    "ledger_leaf": ("INSERT", "SELECT"),
    "ledger_pending": ("DELETE", "INSERT", "SELECT"),
    "ledger_personal": ("DELETE", "INSERT", "SELECT"),
}
"""Privileges of the application role by table."""

_SEQUENCES = ("ledger_event_id_seq",)


def revoke_statements(app_role: str) -> list[str]:
    """Return the SQL that narrows the application role to `PRIVILEGES`, run by the owner.

    Run it after every migration and after any general `GRANT … ON ALL TABLES`. The role's name
    differs on servers run by others, which is why this cannot stand in the migration alone.
    """
    role = '"' + app_role.replace('"', '""') + '"'
    statements = []
    for table, privileges in PRIVILEGES.items():
        statements.append(f"REVOKE ALL ON TABLE {table} FROM PUBLIC, {role}")
        statements.append(f"GRANT {', '.join(privileges)} ON TABLE {table} TO {role}")
    # An identity column draws its number without a grant; with one, setval could turn it back.
    statements += [f"REVOKE ALL ON SEQUENCE {name} FROM PUBLIC, {role}" for name in _SEQUENCES]
    return statements
