"""What was promised: every due time of a case. Computes, never acts."""
