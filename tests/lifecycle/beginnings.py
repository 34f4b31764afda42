"""How random histories begin, so that they come to what is far from an opening."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from dandang.terms import Actor
from tests import town
from tests.lifecycle.story import MRS_LIU, Story

Step = tuple[str, str, Mapping[str, object]]
"""Who (a role), which verb, and the values of its fields; spans count from now."""
Beginning = tuple[Step, ...]

OFFICERS = {"deciding": town.CHEN_HUI, "dispatcher": town.ZHAO_MIN}
ACCEPTED: Step = ("holder", "accept", {})
PROPOSED: Step = ("holder", "propose", {"outcome": "resolved", "text": "It is done"})
ASKED: Step = ("holder", "ask", {"missing": "The number", "text": "Which house?"})
JUDGED_NO: Step = ("requester", "judge", {"verdict": "no"})
WAGES = {"article": "Art. 18", "body": "Labour inspection", "acceptance_number": "2026-77"}
ROUTE: Step = (
    "holder",
    "ask-legal-route",
    {**WAGES, "due_at": timedelta(days=60), "text": "They must pay"},
)
RAIN = {"reason": "bad_weather", "condition": "Dry again", "text": "It rains"}
PAUSED: Step = ("deciding", "pause", {**RAIN, "check_at": timedelta(days=5)})
TIME = {"reason": "facts_complex", "condition": "The books are read", "text": "Thirty people"}
EXTENSION: Step = ("holder", "ask-extension", {**TIME, "working_days": 4})
OTHER: Step = (
    "holder",
    "ask-other",
    {
        "body": "The power company",
        "asked_at": timedelta(),
        "expected_at": timedelta(days=3),
        "text": "When do you dig?",
    },
)
CANNOT = {"reason": "cannot_lawfully", "basis": "Art. 3", "text": "Not possible"}
PERMIT = {"reason": "permit_valid", "basis": "Permit 88", "text": "Allowed"}
DECLINED: Step = (
    "deciding",
    "decline",
    {**CANNOT, "alternative": "The court", "second_reader": town.ZHAO_MIN},
)
FINAL_REVIEW = {
    "reason": "final_review_given",
    "review_number": "2025-3",
    "reviewed_at": timedelta(days=-90),
    "text": "It was reviewed",
}

BEGINNINGS: list[Beginning] = [
    (),
    (ACCEPTED,),
    (ACCEPTED, ASKED),
    (ACCEPTED, PROPOSED),
    (ACCEPTED, PROPOSED, JUDGED_NO, PROPOSED),
    (ACCEPTED, PROPOSED, JUDGED_NO, PROPOSED, JUDGED_NO),
    (ACCEPTED, PROPOSED, ("requester", "judge", {"verdict": "solved"})),
    (ACCEPTED, ROUTE),
    (ACCEPTED, ROUTE, ("deciding", "enter-legal-route", {"text": "Go on"})),
    (ACCEPTED, PAUSED),
    (ACCEPTED, EXTENSION),
    (ACCEPTED, OTHER),
    (ACCEPTED, ("holder", "propose", {"outcome": "explained", **PERMIT})),
    (
        ACCEPTED,
        ("holder", "propose", {"outcome": "explained", **PERMIT}),
        ("deciding", "explain", PERMIT),
    ),
    (ACCEPTED, ("holder", "propose", {"outcome": "declined", **CANNOT}), DECLINED),
    (("deciding", "conclude", FINAL_REVIEW),),
    (("requester", "withdraw", {}),),
]


def somebody(role: str, story: Story) -> Actor:
    """Return who does a step; the system where nobody is in the holding post."""
    if role == "requester":
        return MRS_LIU
    if role in OFFICERS:
        return Actor.officer(OFFICERS[role])
    officers = town.directory().officers_of(story.case.holder, story.now)
    return Actor.officer(officers[0].code) if officers else Actor.system()


def resolved(values: Mapping[str, object], now: datetime) -> dict[str, object]:
    """Return the values with instants where the step says spans."""
    return {
        name: now + value if isinstance(value, timedelta) else value
        for name, value in values.items()
    }
