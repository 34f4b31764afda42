"""The pages for everybody: home, and the public board with its definitions."""
