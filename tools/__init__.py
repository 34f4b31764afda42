"""What developers run: set-up, checks, catalogues, generated docs."""
