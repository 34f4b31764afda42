"""The way of a case: from a request that comes in to a record that is kept."""
