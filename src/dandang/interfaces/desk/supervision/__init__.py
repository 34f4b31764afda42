"""Supervision: how units stand, what waits for a decision, proposed closings, samples."""
