"""Reporting in short steps, each kept as a draft until all is sent; joining a matter of others."""
