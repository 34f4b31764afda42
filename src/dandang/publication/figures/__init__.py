"""Counts that everybody may see, kept beside the ledger and rebuilt from it at any time."""
