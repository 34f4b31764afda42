"""What the stories of published cases share: requests that agreed, officers who publish."""

from datetime import datetime, timedelta

from dandang.ledger.sequencer import sequence_once
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Contact, Open
from dandang.lifecycle.perform import perform
from dandang.publication.cases.following import follow_once
from dandang.publication.cases.models import SearchToken, ShownCase
from dandang.terms import Actor
from tests import town

TITLE, TEXT = "停水", "湖滨路一整栋楼从早上起没有水"
REQUESTER = Actor.requester(1)


def agreed(**changes: object) -> str:
    """Open Mrs Liu's request, who agreed that it is shown; return its reference."""
    wish = {
        "title": TITLE,
        "text": "我叫刘芳，湖滨路3号没有水，电话13900000000",
        "channel": "web",
        "category": "water_supply",
        "area": "hudong",
        "contact": Contact("刘芳", "139 0000 0000", "liu@example.org"),
        "may_publish": True,
        **changes,
    }
    return open_request(Open(**wish), by=REQUESTER, now=town.MONDAY).reference


def does(verb: str, reference: str, by: Actor | str = town.ZHAO_MIN, **values: object) -> None:
    """Let somebody do a verb, a minute after the beginning."""
    actor = Actor.officer(by) if isinstance(by, str) else by
    perform(verb, reference, values, by=actor, now=at(1))


def published(**changes: object) -> str:
    """Open a request and let the dispatcher publish its text; return its reference."""
    text = str(changes.pop("shown", TEXT))
    reference = agreed(**changes)
    does("publish-text", reference, title=str(changes.get("title", TITLE)), text=text)
    return reference


def follows() -> None:
    """Let everything that happened reach the rows."""
    while sequence_once():
        pass
    while follow_once():
        pass


def rows() -> list[dict[str, object]]:
    """Return everything that is kept, tokens and all."""
    kept: list[dict[str, object]] = list(ShownCase.objects.order_by("case_id").values())
    return kept + list(SearchToken.objects.order_by("token").values())


def at(minutes: float) -> datetime:
    """Return a time after the beginning."""
    return town.MONDAY + timedelta(minutes=minutes)
