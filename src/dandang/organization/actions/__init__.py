"""Changing the organisation: loading its files, adopting policies and notices, making accounts."""
