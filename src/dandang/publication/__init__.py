"""What the public may see: a follower of the ledger, which never acts and never writes there."""
