"""What a visitor finds going on at the present of a new city, whatever else was drawn. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dandang.demo.carrying_on import steps_of
from dandang.demo.plantings.author import Author
from dandang.demo.stories import Step, Story, Value

KIND = "scenes"
_TO_THE_END = ("accept", "contacted", "propose", "judge")


@dataclass(frozen=True, slots=True)
class Scene:
    """A request sent so many working days ago at a time, what was done, which verbs come next."""

    category: str
    area: str
    sent: tuple[int, int, int]
    channel: str
    done: Sequence[Step]
    then: Sequence[str]


def scenes(author: Author) -> list[Story]:
    """Return everyday stories that are in their midst at the present: some of each state."""
    told = (*_at_the_hotline(author), *_at_the_units(author), *_with_the_requester(author))
    return [_story(author, scene) for scene in told]


def _story(author: Author, scene: Scene) -> Story:
    texts, rng = author.setup.texts, author.rng
    first, *others = steps_of(scene.then, texts, rng)
    steps = [*scene.done, replace(first, not_before=author.season.now), *others]
    if scene.category in _DISPATCHED and not scene.done:
        assign = author.step(
            "dispatcher", "assign", 0.6, text="route", **_DISPATCHED[scene.category]
        )
        steps = [replace(assign, not_before=author.season.now), *steps]
    matter = author.matter(scene.category, scene.area)
    return author.story(
        author.day(*scene.sent),
        matter,
        steps,
        area=scene.area,
        channel=scene.channel,
        planting="",
    )


_DISPATCHED: dict[str, dict[str, Value]] = {
    "street_trading": {"to_post": "cityman-duty"},
    "": {"to_post": "cityman-duty", "category": "rubbish_and_sanitation"},
}


def _at_the_hotline(_author: Author) -> tuple[Scene, ...]:
    return (
        Scene("street_trading", "hudong", (0, 9, 41), "web", (), _TO_THE_END),
        Scene("", "binjiang", (0, 9, 56), "phone", (), _TO_THE_END),
    )


def _at_the_units(author: Author) -> tuple[Scene, ...]:
    act = author.step
    pumping = (
        act("holder", "accept", 0.3),
        act("holder", "contacted", 0.9, how="visit", text="visit"),
        act("holder", "note", 0.8, text="progress"),
    )
    return (
        Scene("street_lighting", "yunxi", (0, 9, 12), "phone", (), _TO_THE_END),
        Scene("water_supply", "hudong", (0, 10, 4), "phone", (), _TO_THE_END),
        Scene("parks_and_trees", "qingshan", (1, 16, 38), "counter", (), _TO_THE_END),
        Scene("drainage_flooding", "qingshan", (1, 15, 26), "web", pumping, ("propose", "judge")),
    )


def _with_the_requester(author: Author) -> tuple[Scene, ...]:
    act = author.step
    asked = (
        act("holder", "accept", 1.2),
        act("holder", "contacted", 2.0, how="phone", text="call"),
        act("holder", "ask", 2.5, missing="number", text="question"),
    )
    solved = (
        act("holder", "accept", 0.4),
        act("holder", "contacted", 0.6, how="visit", text="visit"),
        act("holder", "propose", 5.0, outcome="resolved", text="done"),
    )
    lawful = (
        act("holder", "accept", 1.7),
        act("holder", "contacted", 2.2, how="visit", text="visit"),
        act(
            "holder",
            "propose",
            20.0,
            outcome="explained",
            reason="lawful_and_in_order",
            basis="permit",
            text="lawful",
        ),
    )
    answered = ("answer", "propose", "judge")
    return (
        Scene("property_management", "hudong", (2, 14, 5), "web", asked, answered),
        Scene("consumer_rights", "binjiang", (3, 11, 20), "phone", asked, answered),
        Scene("street_lighting", "binjiang", (2, 9, 15), "web", solved, ("judge",)),
        Scene("water_supply", "binjiang", (1, 11, 33), "web", solved, ("judge",)),
        Scene("illegal_building", "qingshan", (4, 10, 2), "web", lawful, ("explain",)),
    )
