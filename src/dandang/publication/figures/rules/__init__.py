"""What counts, how counts add up, and which are too small to be shown. Pure."""
