"""What happens when time runs out, who is called, and what answers a call."""
