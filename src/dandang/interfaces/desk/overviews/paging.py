"""Pages of a list: which one is shown, and where the others are."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from dandang.interfaces.shared.whole_numbers import whole_number
from dandang.lifecycle.casework.queries import PAGE

_MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Paging:
    """One page of a list of `count`; pages count from 1.

    `previous` and `next` are query strings, "" where there is no such page.
    """

    page: int
    pages: int
    count: int
    previous: str
    next: str

    @property
    def offset(self) -> int:
        """How many entries come before this page."""
        return (self.page - 1) * PAGE


def paging(count: int, asked: str, chosen: Mapping[str, str]) -> Paging:
    """Return the page that was asked for, or the nearest there is; `chosen` are the filters."""
    pages = max(1, -(-count // PAGE))
    page = min(max(number(asked), 1), pages)
    return Paging(
        page=page,
        pages=pages,
        count=count,
        previous=_query(chosen, page - 1) if page > 1 else "",
        next=_query(chosen, page + 1) if page < pages else "",
    )


def number(typed: str) -> int:
    """Return the number of a page as it stands in an address; 1 for anything else."""
    found = whole_number(typed, digits=_MOST_DIGITS)
    return 1 if found is None else found


def _query(chosen: Mapping[str, str], page: int) -> str:
    return urlencode({**chosen, "page": page})
