"""Cases that another one knows by their tags: its parent, its parts, what was joined with it."""

from collections.abc import Iterable
from dataclasses import dataclass

from dandang.ledger import base64url
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.queries import titles_of
from dandang.lifecycle.casework.rules.state import CaseState


@dataclass(frozen=True, slots=True)
class Related:
    """A case that another one knows. `title` is "" where it was erased.

    `state` is without its requests and clocks.
    """

    reference: str
    title: str
    state: CaseState


def related(tags: Iterable[str]) -> dict[str, Related]:
    """Return cases by the tags that other cases know them by. Two queries, whatever the number."""
    streams = [base64url.decode(tag) for tag in set(tags)]
    rows = list(Case.objects.filter(stream__in=streams)) if streams else []
    titles = titles_of(rows)
    return {
        row.tag: Related(
            reference=row.reference,
            title=titles.get(row.opening_event, ""),
            state=row.facts((), ()),
        )
        for row in rows
    }
