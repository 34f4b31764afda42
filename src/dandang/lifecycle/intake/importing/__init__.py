"""Requests from files of another system: maps, rows, and the run that takes them in."""
