"""Single cases that the public may see: their rows, and how they are found."""
