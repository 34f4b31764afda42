"""A request comes in."""
