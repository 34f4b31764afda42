"""Writing down that somebody looked for a person: before anything is shown, whatever is found."""

from datetime import datetime

from django.db import transaction

from dandang.organization.actions.change import lock, record
from dandang.organization.events import PersonSearched
from dandang.terms import Actor


@transaction.atomic
def note_search(way: str, purpose: str, mark: bytes, *, by: Actor, now: datetime) -> None:
    """Write a search for a person into the body's chain. Refuses `no_organization`.

    `mark` is a keyed digest of what was looked for, never that itself.
    """
    lock()
    record([PersonSearched(way=way, purpose=purpose, mark=mark.hex())], by=by, now=now)
