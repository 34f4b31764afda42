"""What the stories of the figures are told with: Jiangcheng, and who sends and answers there."""

from datetime import datetime, timedelta

from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Contact, Open, Origin
from dandang.lifecycle.perform import perform
from dandang.terms import Actor
from tests import town

MRS_LIU = Actor.requester(1)


def later(**span: float) -> datetime:
    """Return a time after the Monday on which the stories begin."""
    return town.MONDAY + timedelta(**span)


def sends(at: datetime = town.MONDAY, **wish: object) -> str:
    """Return the reference of what Mrs Liu sent: no water in Hudong, unless said otherwise."""
    usual: dict[str, object] = {
        "title": "No water",
        "text": "No water for a week",
        "channel": "web",
        "category": "water_supply",
        "area": "hudong",
        "contact": Contact(phone="13900000000"),
    }
    return open_request(Open(**{**usual, **wish}), by=MRS_LIU, now=at).reference


def imports(source_id: str, at: datetime = town.MONDAY, *, ended: bool = True) -> str:
    """Return the reference of a request that another system had."""
    wish = Open(
        title="Old",
        text="Old",
        channel="import",
        category="water_supply",
        area="hudong",
        origin=Origin("old system", source_id, at, ended=ended),
    )
    return open_request(wish, by=Actor.importer("old"), now=at, access_code="").reference


def does(verb: str, reference: str, who: str, at: datetime = town.MONDAY, **values: object) -> None:
    """Let an officer do something."""
    perform(verb, reference, values, by=Actor.officer(who), now=at)


def done(at: datetime = town.MONDAY, **wish: object) -> str:
    """Return the reference of a request that Li Na says is done."""
    reference = sends(at, **wish)
    does("accept", reference, town.LI_NA, at)
    does("propose", reference, town.LI_NA, at, outcome="resolved", text="The pipe is new.")
    return reference


def judges(reference: str, verdict: str, at: datetime = town.MONDAY) -> None:
    """Let Mrs Liu say whether it is solved."""
    perform("judge", reference, {"verdict": verdict}, by=MRS_LIU, now=at)
