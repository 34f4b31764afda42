"""What stories with rows begin with: a request that came in, through the real action."""

from datetime import datetime

from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Contact, Open
from dandang.terms import Actor
from tests import town


def opened(
    title: str = "No water", category: str = "water_supply", now: datetime = town.MONDAY
) -> str:
    """Return the reference of what Mrs Liu of Hudong sent; she can be reached by phone."""
    wish = Open(
        title=title,
        text=f"{title} for a week",
        channel="web",
        category=category,
        area="hudong",
        contact=Contact(phone="13900000000"),
    )
    return open_request(wish, by=Actor.requester(1), now=now).reference
