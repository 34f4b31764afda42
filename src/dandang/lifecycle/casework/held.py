"""Counting open cases by who holds them and what they are about: numbers only, read only."""

from collections.abc import Sequence

from django.db.models import Count

from dandang.lifecycle.casework.models import Case


def open_by_holder(posts: Sequence[str]) -> dict[str, int]:
    """Return how many open cases each of these posts holds; posts without any are left out."""
    rows = Case.objects.filter(ended_at=None, holder__in=posts).order_by()
    return dict(rows.values_list("holder").annotate(n=Count("id")))


def open_by_place(categories: Sequence[str]) -> dict[tuple[str, str], int]:
    """Return how many open cases of these categories there are, by category and area ("": none)."""
    rows = Case.objects.filter(ended_at=None, category__in=categories).order_by()
    found = rows.values_list("category", "area").annotate(n=Count("id"))
    return {(category or "", area or ""): n for category, area, n in found}
