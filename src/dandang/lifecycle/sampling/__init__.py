"""Samples of ended cases: drawn by chance that nobody chooses, read by a second reader."""
