"""What stories of time that runs out share: an ordinary matter, and whom it calls."""

from datetime import timedelta

from tests import town
from tests.lifecycle.story import Story

DAY = timedelta(days=1)
TUESDAY = town.MONDAY + DAY
A_WEEK_ON = town.MONDAY + timedelta(days=7, hours=9)
"""The moment at which an ordinary matter sent on Monday morning is due."""
REPAIRED = {"outcome": "resolved", "text": "The bins are emptied", "contacted_by": "phone"}
GONE = {"labour-duty", "water-head", "mayor"}
TOLD = {"act": "instructed", "text": "Empty the bins of Lane 9", "who": "cityman-duty"}


def rubbish() -> Story:
    return Story().opens("city_appearance")


def at_work() -> Story:
    """Cao Lei has accepted the matter and spoken to Mrs Liu: only the due time is ahead."""
    story = rubbish().does("accept", town.CAO_LEI)
    return story.does("contacted", town.CAO_LEI, how="phone", text="Called")


def called(story: Story) -> list[tuple[str, str]]:
    return [(one.step, one.post) for one in story.case.calls]


def told(story: Story, name: str) -> list[str]:
    return [
        str(record.event.to_fields().get("step"))
        for record in story.records
        if record.event.type_name() == name
    ]
