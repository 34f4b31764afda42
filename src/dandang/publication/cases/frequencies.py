"""In how many published cases tokens stand: counted by the database with every change."""

from collections.abc import Iterable

from dandang.publication.cases.models import SearchToken


def frequencies(tokens: Iterable[str]) -> dict[str, int]:
    """Return the number of cases for each of these tokens that stands in any. One query."""
    rows = SearchToken.objects.filter(token__in=list(tokens))
    return dict(rows.values_list("token", "cases"))
