"""When a requester's channel is given up, the next one by which they can be reached is used."""

from datetime import datetime

from django.conf import settings

from dandang.notifications.channels import ready_channels
from dandang.notifications.contacts import Reached
from dandang.notifications.following import stopped
from dandang.notifications.models import Message
from dandang.notifications.rules.notices import Kind, Recipient, Urgency
from dandang.notifications.rules.timing import due_at
from dandang.organization.queries import present


def fall_back(message: Message, person: Reached, now: datetime) -> bool:
    """Write the message once more, for the next channel; say whether there is any.

    Officers are told on all their channels anyway, so nothing is written for them.
    """
    recipient = Recipient.parse(message.recipient)
    if recipient.kind is Kind.OFFICER:
        return False
    refused = stopped([recipient]).get(recipient.code, frozenset())
    names = [
        channel.name
        for channel in ready_channels()
        if channel.serves(recipient.kind, urgent=message.urgent, template=message.template)
        and channel.address_of(person.contact)
    ]
    later = names[names.index(message.channel) + 1 :] if message.channel in names else names
    later = [name for name in later if name not in refused]
    if not later or "" in refused:
        return False
    urgency = Urgency.AT_ONCE if message.urgent else Urgency.ORDINARY
    at = due_at(now, recipient.kind, urgency, settings.MESSAGE_HOURS, present().calendar)
    _, is_new = Message.objects.get_or_create(
        event_id=message.event_id,
        recipient=message.recipient,
        channel=later[0],
        defaults={
            "template": message.template,
            "reference": message.reference,
            "params": message.params,
            "urgent": message.urgent,
            "happened_at": message.happened_at,
            "created_at": now,
            "due_at": at,
            "next_try_at": at,
        },
    )
    return is_new
