"""Where stories of helping, pausing and extending begin: an ordinary matter at the water bureau."""

from datetime import datetime, timedelta

from tests import town
from tests.lifecycle.story import Story

MINUTE = timedelta(minutes=1)


def at_water(**more: object) -> Story:
    """Zhao Min gave a matter without a category to the water bureau; Li Na accepted it."""
    story = Story().opens("", **more).does("assign", town.ZHAO_MIN, to_post="water-duty")
    return story.does("accept", town.LI_NA)


def in_days(story: Story, number: int) -> datetime:
    """Return when so many working days from now are over."""
    return town.calendar().add_working_days(story.now, number, provisional_ok=True).at


def worked(start: datetime, end: datetime) -> timedelta:
    """Return the working time between two instants."""
    return town.calendar().working_time_between(start, end, provisional_ok=True)


def due(story: Story, clock: str) -> datetime:
    """Return when a running clock of the case is due."""
    return story.case.clocks[clock].at
