"""Taking requests in for people who call, come or write, and checking who they are."""
