"""The page that finds cases by their words."""
