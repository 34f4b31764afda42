"""The ledger: events that are appended and never changed, and what is computed from them."""
