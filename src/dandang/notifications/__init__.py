"""Telling people what happened to their cases: a follower of the ledger. `channels` says how to add one."""
