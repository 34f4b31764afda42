"""The index of all cases: what each is found by, who finds it, kept in step with the ledger."""
