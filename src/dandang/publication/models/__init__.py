"""The tables of what the public may see."""

from dandang.publication.models.cases import CaseCursor, SearchToken, ShownCase

__all__ = ["CaseCursor", "SearchToken", "ShownCase"]
