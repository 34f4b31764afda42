"""What the stories of precedents share: a dispute between water and housing, and its decision."""

from datetime import timedelta
from typing import Any

from dandang.lifecycle.casework.rules.precedents import Decision
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Contact, Open
from dandang.lifecycle.perform import perform
from dandang.terms import Actor
from tests import town

NOT_OURS: dict[str, Any] = {
    "reason": "not_our_duty",
    "text": "The pipe is inside the house",
    "basis": "List no. 3",
}
HOUSING_LEADS: dict[str, Any] = {
    "to_post": "housing-duty",
    "basis": "Property rules, article 9",
    "text": "Behind the meter the house is responsible",
}


def opened(category: str = "water_supply", area: str | None = "hudong") -> str:
    wish = Open(
        title="No water",
        text="No water on floor 5, 3 Hubin Road",
        channel="web",
        category=category,
        area=area or "",
        contact=Contact(name="刘女士", phone="13900000000"),
    )
    return open_request(wish, by=Actor.requester(1), now=town.MONDAY).reference


def does(verb: str, reference: str, officer: str, hours: float = 1, **values: object) -> None:
    now = town.MONDAY + timedelta(hours=hours)
    perform(verb, reference, values, by=Actor.officer(officer), now=now)


def disputed(**more: str) -> str:
    """Li Na says that the housing bureau should hold Mrs Liu's case."""
    reference = opened(**more)
    does("accept", reference, town.LI_NA)
    does("contacted", reference, town.LI_NA, how="phone", text="We come at ten")
    does("dispute", reference, town.LI_NA, to_post="housing-duty", **NOT_OURS)
    return reference


def decided(**more: str) -> str:
    """Zhao Min decides between water and housing."""
    reference = disputed(**more)
    does("decide-dispute", reference, town.ZHAO_MIN, hours=2, **HOUSING_LEADS)
    return reference


def decision(category: str | None = "a", reason: str = "not_our_duty") -> Decision:
    return Decision(
        event_id=1,
        decided_at=town.MONDAY,
        category=category,
        area=None,
        reason=reason,
        ground="by_holder",
        from_unit="water",
        wanted_unit="housing",
        to_unit="housing",
        to_post="housing-duty",
        basis="List no. 3",
    )
