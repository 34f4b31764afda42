"""Planted troubles of custody: matters that go back and forth, come back unworked, are disputed."""

from dandang.demo.plantings.author import Author, Planting
from dandang.demo.stories import Step

_NOT_OURS = {"reason": "not_our_duty", "text": "not_ours", "basis": "list"}


def back_and_forth(author: Author) -> Planting:
    """Let two units send cooking fumes back and forth until supervision decides (踢皮球)."""
    ours, theirs, category = "cityman", "environment", "cooking_fumes"
    stories = []
    count = author.many(8, 2)
    for number, before in enumerate(author.spread(count, 46, 3)):
        area = ("qingshan", "hudong", "binjiang")[number % 3]
        matter = author.matter(category, area)
        decided = (theirs, ours, theirs)[number % 3]
        steps = [
            author.step("holder", "hand-over", (2, 6), to_post=f"{theirs}-duty", **_NOT_OURS),
            author.step("holder", "return", (2, 7), **_NOT_OURS),
            author.step("holder", "hand-over", (1, 5), to_post=f"{theirs}-duty", **_NOT_OURS),
            author.step("holder", "return", (2, 7), **_NOT_OURS),
            author.step(
                "deciding",
                "decide-dispute",
                (4, 9),
                to_post=f"{decided}-duty",
                basis="list",
                text="decided",
            ),
            *working(author, matter.done),
        ]
        sent = author.day(before, 9 + number % 8)
        stories.append(author.story(sent, matter, steps, area=area))
    return author.planting((ours, theirs), stories, category=category, returns=2)


def returned_unworked(author: Author) -> Planting:
    """Let a street office return what it is sent without having done anything."""
    unit, category = "hudong", "noise_neighbourhood"
    stories = []
    for number, before in enumerate(author.spread(author.many(10, 3), 52, 2)):
        matter = author.matter(category, unit)
        steps = [
            author.step("holder", "return", (8, 13), **_NOT_OURS),
            author.step("dispatcher", "assign", (0.5, 4), to_post="cityman-duty", text="why"),
            *working(author, matter.done),
        ]
        sent = author.day(before, 8 + number % 9)
        channel = ("phone", "web")[number % 2]
        stories.append(author.story(sent, matter, steps, area=unit, channel=channel))
    return author.planting((unit,), stories, category=category)


def dispute_decided(author: Author) -> Planting:
    """Let two units disagree openly who answers for lifts; it is decided with reasons."""
    ours, other, category = "market", "housing", "lifts"
    stories = []
    for number, before in enumerate(author.spread(author.many(3, 1), 38, 9)):
        area = ("hudong", "binjiang")[number % 2]
        matter = author.matter(category, area)
        steps = [
            author.step("holder", "accept", (0.5, 3)),
            author.step(
                "holder",
                "dispute",
                (1, 5),
                to_post=f"{other}-duty",
                reason="overlapping_duties",
                text="dispute",
                basis="list",
            ),
            author.step(
                "deciding",
                "decide-dispute",
                (2, 7),
                to_post=f"{ours}-duty",
                basis="list",
                text="decided",
            ),
            *working(author, matter.done),
        ]
        sent = author.day(before, 10 + number % 6)
        stories.append(author.story(sent, matter, steps, area=area))
    return author.planting((ours, other), stories, category=category, decided_for=ours)


def working(author: Author, done: str) -> list[Step]:
    """Return the steps of ordinary work: accept, contact, propose, and the requester's yes."""
    return [
        author.step("holder", "accept", (0.5, 4)),
        author.step("holder", "contacted", (0.5, 5), how="phone", text="call"),
        author.step("holder", "propose", (5, 18), outcome="resolved", text=f"={done}"),
        author.step("asker", "judge", (2, 24), verdict="solved"),
    ]
