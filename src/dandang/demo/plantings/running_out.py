"""Planted ends of time: calls that are answered or not, a sponsor, the leader's list, a promise."""

from collections.abc import Sequence

from dandang.demo.answering import Manner
from dandang.demo.plantings.author import Author, Planting
from dandang.demo.plantings.lying import said_why
from dandang.demo.stories import Step


def call_answered(author: Author) -> Planting:
    """Let time run out; the unit's head is called, gives an order in time, and it is done."""
    category, days = "parks_and_trees", author.spread(author.many(3, 1), 20, 11)
    return _lying(author, ("cityman",), category, days, Manner.ANSWERED, area="qingshan")


def call_passed(author: Author) -> Planting:
    """Let the unit's head say nothing, so that the supervision office is called; it acts."""
    category, days = "property_management", author.spread(author.many(2, 1), 26, 19)
    return _lying(author, ("housing",), category, days, Manner.PASSED, area="hudong")


def sponsor_named(author: Author) -> Planting:
    """Let a matter get sixty days old under many orders; then somebody answers for it by name."""
    units, category = ("land",), "land_contracts"
    return _lying(author, units, category, [58], Manner.IDLE, area="yunxi", sponsored_at_days=60)


def leaders_list(author: Author) -> Planting:
    """Let nobody who is called say anything, up to the top: the leader's list."""
    return _lying(author, ("environment",), "air_pollution", [17], Manner.SILENT, area="binjiang")


def published(author: Author) -> Planting:
    """Let everybody order something and nobody do it: unit and age become public."""
    return _lying(
        author, ("market",), "consumer_rights", [24], Manner.IDLE, area="hudong", said="overloaded"
    )


def promise_broken(author: Author) -> Planting:
    """Let an officer promise a time and miss it; the head is called, and it is done late."""
    category, area = "street_lighting", "qingshan"
    matter = author.matter(category, area)
    steps = [
        author.step("holder", "accept", (0.5, 2)),
        author.step("holder", "promise", (0.5, 2), promised_for="@in:7", text="promise"),
        author.step("holder", "note", (13, 16), text="progress"),
        author.step("holder", "propose", (5, 9), outcome="resolved", text=f"={matter.done}"),
        author.step("asker", "judge", (2, 20), verdict="solved"),
    ]
    sent = author.day(13, 9)
    story = author.story(sent, matter, steps, area=area, calls=Manner.ANSWERED)
    return author.planting(("cityman",), [story], category=category)


def pause_checked(author: Author) -> Planting:
    """Let a matter stand still for an awaited part, and nobody look: it goes on by itself."""
    category, area = "elderly_and_disabled", "qingshan"
    matter = author.matter(category, area)
    steps = [
        author.step("holder", "accept", (0.5, 2)),
        author.step("holder", "reply", (0.5, 2), text="plan"),
        author.step(
            "deciding",
            "pause",
            (0.5, 3),
            reason="material_awaited",
            condition="material",
            check_at="@in:14",
            text="paused",
        ),
        author.step("holder", "note", (17, 19), text="progress"),
        author.step("holder", "propose", (4, 9), outcome="resolved", text=f"={matter.done}"),
        author.step("asker", "judge", (2, 20), verdict="solved"),
    ]
    sent = author.day(16, 9)
    story = author.story(sent, matter, steps, area=area, calls=Manner.ANSWERED)
    return author.planting(("civil",), [story], category=category)


def _lying(  # noqa: PLR0913 all that is told of such matters
    author: Author,
    units: Sequence[str],
    category: str,
    days: Sequence[int],
    manner: Manner,
    *,
    area: str,
    said: str = "",
    **parameters: int,
) -> Planting:
    """Return matters of so many working days ago that are accepted and then lie.

    `said` is what their holder says was missing, where anything.
    """
    stories = []
    for before in days:
        steps: list[Step] = [
            author.step("holder", "accept", (0.5, 3)),
            author.step("holder", "contacted", (0.5, 3), how="phone", text="call"),
        ]
        matter = author.matter(category, area)
        sent = author.day(before, 9)
        steps += said_why(author, said, before)
        stories.append(author.story(sent, matter, steps, area=area, calls=manner))
    return author.planting(units, stories, category=category, **parameters)
