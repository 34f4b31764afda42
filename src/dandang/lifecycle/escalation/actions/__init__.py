"""Firing clocks that ran out."""
