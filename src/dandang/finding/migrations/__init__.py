"""Migrations of the index of all cases."""
