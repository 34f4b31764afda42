"""Where people are reached, read at the moment of need: requesters' contacts, officers' addresses.

A requester's phone and e-mail stand in the erasable rows of the ledger alone: they are those of
the newest event that says how the requester is reached.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from dandang.lifecycle.contact.queries import contacts_of
from dandang.notifications.channels import Contact
from dandang.notifications.models import Address
from dandang.notifications.rules.notices import Kind, Recipient


@dataclass(frozen=True, slots=True)
class Reached:
    """A person's contact, and the language they read ("" for the body's own)."""

    contact: Contact
    language: str = ""


def reached(recipients: Iterable[Recipient]) -> dict[Recipient, Reached]:
    """Return where each of these people is reached; unknown ones nowhere."""
    wanted = set(recipients)
    officers = {one.code for one in wanted if one.kind is Kind.OFFICER}
    references = {one.code for one in wanted if one.kind is Kind.REQUESTER}
    found = {Recipient(Kind.OFFICER, code): one for code, one in _officers(officers).items()}
    for reference, contact in _requesters(references).items():
        found[Recipient(Kind.REQUESTER, reference)] = Reached(contact)
    return {one: found.get(one, Reached(Contact())) for one in wanted}


def _officers(codes: set[str]) -> dict[str, Reached]:
    """Return the addresses of officers, by code. One query."""
    kept: dict[str, dict[str, str]] = {}
    languages: dict[str, str] = {}
    for row in Address.objects.filter(officer__in=codes).order_by("channel"):
        kept.setdefault(row.officer, {})[row.channel] = row.address
        languages[row.officer] = languages.get(row.officer) or row.language
    return {
        code: Reached(Contact(addresses=addresses), languages[code])
        for code, addresses in kept.items()
    }


def _requesters(references: set[str]) -> dict[str, Contact]:
    """Return the contacts of requests as they are now, by reference."""
    return {
        reference: Contact(str(kept.get("phone") or ""), str(kept.get("email") or ""))
        for reference, kept in contacts_of(references).items()
    }
