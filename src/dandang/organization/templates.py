"""Asking which standard texts an act can begin with; read only."""

from collections.abc import Collection

from django.db.models import Q

from dandang.organization.entries import ReplyTemplate, TemplateVerb
from dandang.organization.models import ReplyTemplateRow

MOST = 50
"""So many are offered beside one form."""

_VERBS = frozenset(TemplateVerb)


def templates_for(
    verb: str, categories: Collection[str], units: Collection[str]
) -> list[ReplyTemplate]:
    """Return the standard texts for a verb, at most `MOST`, by code.

    `categories` is the path of the category of the case, `units` are that of the officer and those
    above: a text of one of them, or of none, is offered. One query, none for a verb without texts.
    """
    if verb not in _VERBS:
        return []
    rows = ReplyTemplateRow.objects.filter(
        Q(unit=None) | Q(unit__in=list(units)),
        ended=None,
        verb=verb,
        category__in=["", *categories],
    )
    return [row.entry() for row in rows.order_by("code")[:MOST]]
