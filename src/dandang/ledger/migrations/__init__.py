"""The ledger's tables and their guards, step by step."""
