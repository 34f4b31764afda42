"""What requesters say of a result, when they say it, and what follows."""
