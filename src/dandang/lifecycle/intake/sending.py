"""Requesters send what they wrote: a draft becomes a case, or a request joins one of others.

The draft goes in the same transaction, so that it is either a draft or a request, never both.
"""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.intake.actions import Receipt, Sending, attach_request, open_request
from dandang.lifecycle.intake.draft_files import files_of
from dandang.lifecycle.intake.drafts import forget_draft
from dandang.lifecycle.intake.rules import Attach, Open
from dandang.terms import Actor, Code, Refusal

_TRIES = 25


def send_draft(key: str, wish: Open, *, now: datetime, access_code: str) -> Receipt:
    """Open a case for the draft under this key, with its files, and delete the draft.

    The same key again returns the receipt of the first time and writes nothing. Refuses the codes
    of `open_request`; the draft is kept then.
    """
    with transaction.atomic():
        receipt = open_request(
            replace(wish, files=tuple(files_of(key))),
            by=Actor.requester(1),
            now=now,
            submission=key,
            access_code=access_code,
        )
        forget_draft(key)
    return receipt


def join_case(
    reference: str, wish: Attach, *, now: datetime, sending: Sending, draft: str = ""
) -> Receipt:
    """Let somebody with the same trouble join an open case, as a requester of their own.

    The draft under the key `draft` is deleted: it became this, with its files. The same `sending`
    again returns its receipt. Refuses the codes of `attach_request`; the draft is kept then.
    """
    wish = replace(wish, files=tuple(files_of(draft)) if draft else wish.files)
    for attempt in range(_TRIES):
        number = 1 + max(one.number for one in find(reference).state.requests)
        try:
            with transaction.atomic():
                _, receipt = attach_request(
                    reference,
                    replace(wish, number=number),
                    by=Actor.requester(number),
                    now=now,
                    sending=sending,
                )
                if draft:
                    forget_draft(draft)
        except Refusal as refused:
            # Somebody else joined at this very moment and has the number now.
            if refused.code is not Code.CHANGED_MEANWHILE or attempt + 1 == _TRIES:
                raise
        else:
            return receipt
    raise AssertionError("unreachable")
