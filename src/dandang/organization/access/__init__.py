"""Getting in: second factors, passwords, locks, and what is asked about accounts."""
