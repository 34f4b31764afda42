"""The tables of notifications. No row of a message holds personal text."""

from dandang.notifications.models.addresses import Address, Stop
from dandang.notifications.models.following import Cursor, SetAside
from dandang.notifications.models.messages import ChannelState, Message, MessageState

__all__ = [
    "Address",
    "ChannelState",
    "Cursor",
    "Message",
    "MessageState",
    "SetAside",
    "Stop",
]
