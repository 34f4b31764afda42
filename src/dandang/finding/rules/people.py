"""Who may look for the requests of one person, by what, and of which cases they learn."""

from collections.abc import Sequence
from dataclasses import dataclass

from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.permit import may_see_contact, needs_second_officer
from dandang.organization.directory import Post, PostKind

MEETS_REQUESTERS = frozenset(
    {PostKind.INTAKE, PostKind.DISPATCH, PostKind.CALL_BACK, PostKind.SUPERVISION}
)
_FEWEST_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Way:
    """A way to reach somebody: a phone number or an e-mail address, the other one is ""."""

    phone: str = ""
    email: str = ""


def may_search_people(posts: Sequence[Post]) -> bool:
    """Say whether meeting requesters is the work of one of these posts."""
    return any(post.kinds & MEETS_REQUESTERS for post in posts)


def way_of(typed: str) -> Way | None:
    """Return what was typed as a way to reach somebody; None where it is none."""
    given = typed.strip()
    if "@" in given:
        name, _, host = given.rpartition("@")
        if name and "." in host and not any(one.isspace() for one in given):
            return Way(email=given)
    elif sum(one.isdigit() for one in given) >= _FEWEST_DIGITS:
        return Way(phone=given)
    return None


def may_be_told(facts: Facts) -> bool:
    """Say whether a search by person may show a case.

    Only where the officer may see the contact without anybody else: who complained about a unit is
    not found out by trying numbers.
    """
    return may_see_contact(facts) and not needs_second_officer(facts)
