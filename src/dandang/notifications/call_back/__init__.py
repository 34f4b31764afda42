"""Calling requesters back who left a telephone and nothing else that a message reaches."""
