"""The worklist of an officer: queues, filters, pages, several cases at once, files."""
