"""Migrations of what opens a request."""
