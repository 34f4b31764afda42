"""Doing it: lock, rule, ledger and rows in one transaction."""
