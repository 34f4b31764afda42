"""What can have happened to a case while it was worked on."""
