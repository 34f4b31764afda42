"""Publishing a text: it is compared with how its requesters can be reached, in one transaction."""

from collections.abc import Sequence
from dataclasses import replace

from dandang.ledger import base64url
from dandang.ledger.queries import personal_in
from dandang.lifecycle.casework.models import Request
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.publishing import PublishText, publish_text
from dandang.terms import Event

_CONTACT = ("name", "phone", "email", "proxy_name")


def publish_what_is_clean(facts: Facts, wish: PublishText) -> Sequence[Event]:
    """Decide with the contacts that the ledger still has of the requesters of the locked case."""
    return publish_text(replace(facts, contacts=contacts_of(facts.tag)), wish)


def contacts_of(tag: str) -> tuple[str, ...]:
    """Return names, phone numbers and e-mail addresses of everybody whose request is in a case.

    Those that came with a merge or went on as a part are looked up where they came in.
    """
    streams: set[str] = set()
    found = {tag}
    while found:
        streams |= found
        wanted = [base64url.decode(one) for one in found]
        rows = Request.objects.filter(case__stream__in=wanted).exclude(from_case="")
        found = set(rows.values_list("from_case", flat=True)) - streams
    values = personal_in([base64url.decode(one) for one in sorted(streams)], _CONTACT)
    return tuple(sorted(str(value) for value in values))
