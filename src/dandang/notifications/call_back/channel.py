"""The channel of last resort for requesters: an officer calls the telephone they left."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from dandang.lifecycle.casework.models import Request
from dandang.lifecycle.casework.queries import standing_of
from dandang.notifications.call_back.models import CallBack
from dandang.notifications.call_back.results import Result
from dandang.notifications.channels import Contact, Outgoing, Refused, Send
from dandang.notifications.models import Message
from dandang.notifications.rules.notices import Kind
from dandang.organization.directory import PostKind
from dandang.organization.queries import directory
from dandang.terms import Code, Refusal

ABOUT = ("proposed", "judge_reminder", "look_back", "question", "answered_above", "ended")
"""What somebody is called about: where an answer is wanted, what they asked for, and how it ended.
"""


class Call:
    """A call by an officer in a post for call-backs, wherever no message can be sent."""

    name = "call"
    goes_out = False

    def is_ready(self) -> bool:
        """Say whether there is a post whose work is calling back."""
        try:
            return bool(directory().posts_of_kind(PostKind.CALL_BACK))
        except Refusal as refusal:
            if refusal.code is Code.NO_ORGANIZATION:
                return False
            raise

    def check(self) -> None:
        """Need no file."""

    def serves(self, kind: Kind, *, urgent: bool, template: str) -> bool:  # noqa: ARG002 protocol
        """Say yes for requesters, and what is worth a call."""
        return kind is Kind.REQUESTER and template in ABOUT

    def address_of(self, contact: Contact) -> str:
        """Return the telephone, landline or not."""
        return contact.phone.strip()

    @contextmanager
    def opened(self) -> Iterator[Send]:
        """Need nothing: what is sent goes on the list of calls to make."""
        yield _put_on_the_list


@transaction.atomic
def _put_on_the_list(outgoing: Outgoing) -> None:
    """Add a call, in place of an older one to the same requester. Raises Refused."""
    request = _standing(outgoing.reference)
    message = (
        Message.objects.filter(
            reference=outgoing.reference, channel=Call.name, template=outgoing.template
        )
        .order_by("-id")
        .first()
    )
    if request is None or message is None:
        raise Refused("no_request", for_good=True)
    calls = CallBack.objects.filter(request=request)
    if calls.filter(result=Result.WRONG_NUMBER).exists():
        raise Refused("wrong_number", for_good=True)
    if CallBack.objects.filter(message=message).exists():
        return  # it was sent before, by somebody who could not say so any more
    calls.filter(result="").update(result=Result.OVERTAKEN, closed_at=message.due_at)
    # What can only be seen later is asked about later.
    begins = max(message.due_at, request.case.confirm_not_before or message.due_at)
    CallBack.objects.create(
        message=message,
        request=request,
        about=outgoing.template,
        until=_instant(message.params.get("until")),
        next_try_at=begins,
    )


def _standing(reference: str) -> Request | None:
    """Return the request this stands for now: it may have gone on in another case."""
    try:
        request, _ = standing_of(reference)
    except Refusal:
        return None
    return request


def _instant(text: object) -> datetime | None:
    return datetime.fromisoformat(str(text)) if text else None
