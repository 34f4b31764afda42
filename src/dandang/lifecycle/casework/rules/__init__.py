"""What may happen to a case, and what it then is."""
