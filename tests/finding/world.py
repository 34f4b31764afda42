"""What the stories of searching share: requests, acts of officers, and what they find."""

from datetime import datetime

from dandang.finding.following import follow_once
from dandang.finding.queries import Sought, search
from dandang.ledger.sequencer import sequence_once
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Contact, Open
from dandang.lifecycle.perform import perform
from dandang.terms import Actor
from tests import town


def sent(
    title: str, text: str = "没有别的", *, now: datetime = town.MONDAY, **changes: object
) -> str:
    """Let Mrs Liu send a request; return its reference."""
    wish = {
        "title": title,
        "text": text,
        "channel": "web",
        "category": "water_supply",
        "area": "hudong",
        "contact": Contact("刘芳", "139 0000 0000", "liu@example.org"),
        **changes,
    }
    return open_request(Open(**wish), by=Actor.requester(1), now=now).reference


def does(verb: str, reference: str, by: str = town.LI_NA, **values: object) -> None:
    """Let an officer do a verb."""
    perform(verb, reference, values, by=Actor.officer(by), now=town.MONDAY)


def follows() -> None:
    """Let everything that happened reach the index."""
    while sequence_once():
        pass
    while follow_once():
        pass


def finds(text: str = "", by: str = town.ZHAO_MIN, **sought: object) -> list[str]:
    """Return the references of what an officer finds."""
    found = search(Sought(text=text, **sought), by=Actor.officer(by), now=town.MONDAY)
    return [one.reference for one in found.cases]
