"""Reading the ledger for what makes a call needless: the requester answered, the case went on."""

from datetime import datetime

from django.db import transaction

from dandang.ledger.queries import follow
from dandang.lifecycle.casework.models import Request
from dandang.lifecycle.contact.queries import CONTACT_EVENTS
from dandang.notifications.call_back.worklist import settle, settle_without_phone
from dandang.notifications.models import Cursor

FOLLOWER = "call_backs"
_PAGE = 1000


@transaction.atomic
def follow_once(*, now: datetime, limit: int = _PAGE) -> int:
    """Deal with at most `limit` events of the ledger; return how many. `now` is aware.

    Whatever happens to a case may make calls about it needless, so the calls of every case that an
    event is about are looked at. 0 when there is nothing new or another process is at it.
    """
    Cursor.objects.get_or_create(name=FOLLOWER)
    cursor = Cursor.objects.select_for_update(skip_locked=True).filter(name=FOLLOWER).first()
    page = follow(cursor.idx, limit=limit) if cursor else []
    if cursor is None or not page:
        return 0
    streams = {event.stream for _, event in page}
    settle(Request.objects.filter(case__stream__in=streams), now=now)
    moved = {event.stream for _, event in page if event.type in CONTACT_EVENTS}
    if moved:
        settle_without_phone(Request.objects.filter(case__stream__in=moved), now=now)
    cursor.idx = page[-1][0]
    cursor.save(update_fields=["idx"])
    return len(page)
