"""Who should hold a case, and why."""
