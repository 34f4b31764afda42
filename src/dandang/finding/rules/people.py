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
_FEWEST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Way:
    """By what somebody is looked for: a phone number, an e-mail address or a name, one of them."""

    phone: str = ""
    email: str = ""
    name: str = ""

    @property
    def kind(self) -> str:
        """Which of them it is: phone, email or name."""
        return "phone" if self.phone else "email" if self.email else "name"


def may_search_people(posts: Sequence[Post]) -> bool:
    """Say whether meeting requesters is the work of one of these posts."""
    return any(post.kinds & MEETS_REQUESTERS for post in posts)


def way_of(typed: str) -> Way | None:
    """Return what was typed as a whole number, address or name; None where it is none of them."""
    given = typed.strip()
    letters = sum(one.isalpha() for one in given)
    digits = sum(one.isdigit() for one in given)
    if "@" in given:
        name, _, host = given.rpartition("@")
        if name and "." in host and not any(one.isspace() for one in given):
            return Way(email=given)
    elif digits >= _FEWEST_DIGITS and not letters:
        return Way(phone=given)
    elif letters >= _FEWEST_LETTERS and not digits:
        return Way(name=given)
    return None


def may_be_told(facts: Facts) -> bool:
    """Say whether a search by person may show a case.

    Only where the officer may see the contact without anybody else: who complained about a unit is
    not found out by trying numbers or names.
    """
    return may_see_contact(facts) and not needs_second_officer(facts)
