"""Single cases for everybody: the list with its search, one case, feeds of what changed."""
