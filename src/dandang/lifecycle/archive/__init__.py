"""Kept, sealed, erased by law."""
