"""The city with people who want to be told, and its follower at work."""

from datetime import datetime, timedelta

from dandang.ledger.sequencer import sequence_once
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Contact, Open
from dandang.lifecycle.perform import perform
from dandang.notifications.following import follow_once
from dandang.notifications.models import Message
from dandang.notifications.sending import Delivered, deliver_once
from dandang.terms import Actor
from tests import town

MRS_LIU = Actor.requester(1)
LIU_PHONE, LIU_MAIL = "139 0000 0000", "liu@example.org"
HOUR = timedelta(hours=1)


def opens(
    category: str = "city_appearance",
    *,
    phone: str = LIU_PHONE,
    email: str = "",
    now: datetime = town.MONDAY,
    **more: object,
) -> str:
    """Mrs Liu sends a request; return its reference."""
    wish = Open(
        title="Burst pipe",
        text="Water runs down Lane 9",
        channel="web",
        category=category,
        area="hudong",
        contact=Contact(name="刘女士", phone=phone, email=email),
        **more,
    )
    return open_request(wish, by=MRS_LIU, now=now).reference


def does(verb: str, reference: str, who: str | Actor, *, now: datetime, **values: object) -> None:
    by = Actor.officer(who) if isinstance(who, str) else who
    perform(verb, reference, values, by=by, now=now)


def follows(now: datetime = town.MONDAY) -> int:
    """Give every event its index and write down who is told what."""
    while sequence_once():
        pass
    done = 0
    while more := follow_once(now=now):
        done += more
    return done


def delivers(now: datetime = town.MONDAY) -> Delivered:
    """Send everything that is due now."""
    total = Delivered()
    while (done := deliver_once(now=now)).claimed:
        total.sent += done.sent
        total.failed += done.failed
        total.dead += done.dead
        total.waiting += done.waiting
        if done.waiting:
            break
    return total


def told(**where: object) -> list[tuple[str, str, str]]:
    """Return who was told what by which channel, in the order it was written."""
    rows = Message.objects.filter(**where).order_by("id")
    return [(row.recipient, row.template, row.channel) for row in rows]
