"""Telling people what happened: follows the ledger. `channels` says how to add a channel."""
