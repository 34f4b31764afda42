"""What is decided without a database: who finds a case, what was asked, where words stand."""
