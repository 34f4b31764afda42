"""Messages that officers find on their pages."""
