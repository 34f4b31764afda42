"""Which field of a case whom it is shown to, and how: the one table of field-level rules. Pure."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.permit import (
    may_read,
    may_see_authors,
    may_see_contact,
    may_see_private_answers,
    needs_second_officer,
)


class Sight(StrEnum):
    """How much of a field somebody sees."""

    FULL = "full"
    MASKED = "masked"
    NOTHING = "nothing"


class Eyes(StrEnum):
    """Whose eyes a field is for, of those who may read the case. See `docs/reference`."""

    READERS = "readers"
    UNMASKED = "unmasked"
    OUTSIDE_SUPERVISION = "outside_supervision"
    OUTSIDE_LISTENERS = "outside_listeners"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class FieldRule:
    """Whom a field is shown to in full, and whether it is masked for those who meet requesters.

    `to_requester`: the sender of the request sees it, too.
    """

    full: Eyes
    is_masked: bool = False
    to_requester: bool = False


_OPEN = FieldRule(Eyes.READERS, to_requester=True)
_INSIDE = FieldRule(Eyes.READERS)
_CONTACT = FieldRule(Eyes.UNMASKED, is_masked=True, to_requester=True)

FIELDS: Mapping[str, FieldRule] = MappingProxyType(
    {
        **dict.fromkeys(("title", "text", "location", "files"), _OPEN),
        **dict.fromkeys(("category", "area", "holder", "state", "clocks", "replies"), _OPEN),
        **dict.fromkeys(("history", "ledger_numbers"), _OPEN),
        **dict.fromkeys(("internal_notes", "officers_reasons", "acting_officers"), _INSIDE),
        "subject_units": _OPEN,
        **dict.fromkeys(("name", "phone", "email", "proxy_name", "proxy_relation"), _CONTACT),
        "checked": FieldRule(Eyes.UNMASKED),
        "private_answers": FieldRule(Eyes.OUTSIDE_LISTENERS, to_requester=True),
        "authors_of_objections": FieldRule(Eyes.OUTSIDE_SUPERVISION),
        "access_code": FieldRule(Eyes.NOBODY),
    }
)
"""Every field of a case, a request or an event that people could be shown."""


def sight(field: str, facts: Facts, unmasked: Collection[int] = (), request: int = 1) -> Sight:
    """Return how much of a field of this request an officer sees now.

    `unmasked` are the requests that this officer unmasked (`unmasking.unmasked_for`). What is not
    in the table is for nobody. Raises KeyError on a field without a rule.
    """
    rule = FIELDS[field]
    if not may_read(facts):
        return Sight.NOTHING
    if _SEES[rule.full](facts, request in unmasked):
        return Sight.FULL
    meets = may_see_contact(facts) and not needs_second_officer(facts)
    return Sight.MASKED if rule.is_masked and meets else Sight.NOTHING


_SEES: Mapping[Eyes, Callable[[Facts, bool], bool]] = MappingProxyType(
    {
        Eyes.READERS: lambda _facts, _is_unmasked: True,
        Eyes.UNMASKED: lambda _facts, is_unmasked: is_unmasked,
        Eyes.OUTSIDE_SUPERVISION: lambda facts, _is_unmasked: may_see_authors(facts),
        Eyes.OUTSIDE_LISTENERS: lambda facts, _is_unmasked: may_see_private_answers(facts),
        Eyes.NOBODY: lambda _facts, _is_unmasked: False,
    }
)
