"""Migrations of call-backs."""
