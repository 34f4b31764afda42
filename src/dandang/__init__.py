"""Dandang (担当): the responsibility and follow-through system for public bodies."""

__version__ = "0.1.0"
