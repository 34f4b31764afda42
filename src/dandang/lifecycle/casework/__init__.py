"""A case is opened, held by exactly one post, worked on, handed over, proposed, ended."""
