"""Who agreed that a case is shown publicly, and what became of it.

A case is shown when the sender of its first request agreed, because that is whose words the
published text goes back to; of a matter that an office set, when the office did.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum

from dandang.lifecycle.casework.events.publishing import PublishingAllowed
from dandang.lifecycle.casework.rules.state import CaseState

FIRST = 1
"""The request whose words are published."""


class Publishing(StrEnum):
    """Where a case stands to the public: "" is that its sender did not agree."""

    NOT_ALLOWED = ""
    TO_DECIDE = "to_decide"
    PUBLISHED = "published"
    WITHHELD = "withheld"


def agreed(case: CaseState, request: int) -> CaseState:
    """Return the case with the agreement of a request; of the first, an officer has to decide.

    A part has no text of its own to show.
    """
    case = replace(case, agreed=tuple(sorted({*case.agreed, request})))
    if request == FIRST and not case.parent and not case.publishing:
        return replace(case, publishing=Publishing.TO_DECIDE.value)
    return case


def taken_back(case: CaseState, *requests: int) -> CaseState:
    """Return the case as if these requests had never agreed."""
    left = tuple(one for one in case.agreed if one not in requests)
    if left == case.agreed:
        return case
    shown = case.publishing if FIRST in left else Publishing.NOT_ALLOWED.value
    return replace(case, agreed=left, publishing=shown)


def agreed_there(there: CaseState, here: Mapping[int, int]) -> Iterator[PublishingAllowed]:
    """Yield what the senders of requests said in another case, where that was yes.

    `here` gives the number of a request in this case for each one there.
    """
    for number, ours in here.items():
        if number in there.agreed:
            yield PublishingAllowed(ours, allowed=True)
