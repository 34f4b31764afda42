"""Migrations of the calendar feed."""
