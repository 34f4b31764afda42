"""Putting claimed messages into words, addressed to whoever gets them."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from dandang.notifications.access.links import LASTS, token_for
from dandang.notifications.channels import Outgoing, Refused
from dandang.notifications.models import Message
from dandang.notifications.rendering import (
    Opens,
    Text,
    Unknown,
    digest_of,
    names_now,
    spoken,
    text_of,
)
from dandang.notifications.rules.notices import Kind, Recipient
from dandang.notifications.words import WHY_YOU, WHY_YOU_WITHOUT_ADDRESS

_MAIL = "mail"


class Writer:
    """Knows the names of units and posts as they are now."""

    def __init__(self) -> None:
        self._names = names_now()

    def outgoing(
        self, messages: Sequence[Message], address: str, language: str, *, now: datetime
    ) -> Outgoing:
        """Return messages to one recipient as one. Raises Refused where words are missing.

        A mail to a requester gets a link that opens the page once, from `now` (aware) on.
        """
        first = messages[0]
        kind = Recipient.parse(first.recipient).kind
        with spoken(language):
            try:
                text = self._text(messages, _opens(first, kind, now))
            except (KeyError, Unknown):
                raise Refused("no_words", for_good=True) from None
            body = f"{text.body}\n\n{self._end(kind, first.reference)}"
        return Outgoing(
            message_id=message_id(first),
            address=address,
            language=language,
            subject=text.subject,
            text=body,
            short=text.short,
            template=first.template if len(messages) == 1 else "digest",
            reference=first.reference,
            kind=kind,
        )

    def _text(self, messages: Sequence[Message], opens: Opens | None) -> Text:
        if len(messages) == 1:
            first = messages[0]
            return text_of(first.template, first.params, self._names, opens=opens)
        lines = [(one.template, one.params) for one in messages]
        return digest_of(lines, self._names, left=0)

    def _end(self, kind: Kind, reference: str) -> str:
        """Return who writes, and to a requester why and how to stop it."""
        signature = f"-- \n{self._names.body()}"
        if kind is Kind.OFFICER:
            return signature
        words = WHY_YOU if settings.MAIL_STOP else WHY_YOU_WITHOUT_ADDRESS
        why = str(words) % {"reference": reference, "stop": settings.MAIL_STOP}
        return f"{why}\n\n{signature}"


def _opens(message: Message, kind: Kind, now: datetime) -> Opens | None:
    """Return the link for a mail to a requester; text messages have none, which anybody may see."""
    if kind is not Kind.REQUESTER or message.channel != _MAIL or not settings.PUBLIC_URL:
        return None
    token = token_for(message_id(message), message.reference, now=now)
    return Opens(f"{settings.PUBLIC_URL}/c/link/{token}/", now + LASTS)


def message_id(message: Message) -> str:
    """Return the id of a message: the same for ever, and of no meaning to others."""
    named = f"{settings.LEDGER_ORIGIN} {message.event_id} {message.recipient} {message.channel}"
    return hashlib.sha256(named.encode()).hexdigest()[:32]
