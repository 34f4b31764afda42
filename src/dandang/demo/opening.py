"""How the request of a story comes in: who sends or takes it down, what it says."""

from datetime import datetime

from dandang.demo.casting import actor
from dandang.demo.stories import Story
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.deadlines.clocks import NEVER_FIRE
from dandang.lifecycle.intake.rules import Contact, Open, Origin
from dandang.organization.directory import Directory
from dandang.terms import Actor

REGISTER = "petition-register"
"""The name of the older system some matters come from."""


def opener(story: Story, at: datetime, directory: Directory) -> Actor:
    """Return who takes a request down at this instant, or sends it. Raises LookupError."""
    if story.register:
        return Actor.importer(REGISTER)
    if story.channel == "web":
        return Actor.requester(1)
    who = "supervision" if story.kind == "decision" else "intake"
    return actor(directory, who, at, holder="", channel=story.channel, turn=at.minute)


def wish(story: Story) -> Open:
    """Return what is sent at the beginning of a story."""
    origin = None
    if story.register and story.since:
        origin = Origin(REGISTER, story.register, story.since)
    return Open(
        title=story.title,
        text=story.text,
        channel=story.channel,
        category=story.category,
        area=story.area,
        contact=Contact(name=story.name, phone=story.phone),
        happening_now=story.happening_now,
        kind=story.kind,
        can_follow=story.channel == "web",
        origin=origin,
        case_class=story.case_class,
        due_by=story.due_by,
        may_publish=story.may_publish,
    )


def fire_times(case: CaseState) -> list[datetime]:
    """Return when the clocks of a case fire."""
    firing = (due for due in case.clocks.values() if due.clock not in NEVER_FIRE)
    return [due.at for due in firing if due.at is not None]
