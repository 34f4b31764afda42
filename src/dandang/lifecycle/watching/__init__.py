"""Small matters, rosters and surges: what no clock of a single case can tell."""
