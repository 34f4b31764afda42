"""What in a text would let the public know who wrote it: found in pure text, never kept."""
