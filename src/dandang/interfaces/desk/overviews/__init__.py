"""Lists over many cases: clocks, calls, escalations, what waits for a decision, old cases."""
