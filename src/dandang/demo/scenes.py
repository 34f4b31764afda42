"""What a visitor finds going on at the present of a new city, whatever else was drawn. Pure."""

from dandang.demo.plantings.author import Author
from dandang.demo.stories import Story

KIND = "scenes"


def scenes(author: Author) -> list[Story]:
    """Return a few everyday stories that are in their midst at the present: one of each state."""
    say = author.step
    told = (
        ("street_trading", "hudong", (0, 9, 41), "web", ()),
        ("street_lighting", "yunxi", (0, 9, 12), "phone", ()),
        ("parks_and_trees", "qingshan", (1, 16, 38), "counter", ()),
        (
            "property_management",
            "hudong",
            (2, 14, 5),
            "web",
            (
                say("holder", "accept", 1.2),
                say("holder", "ask", 2.5, missing="number", text="question"),
            ),
        ),
        (
            "consumer_rights",
            "binjiang",
            (3, 11, 20),
            "phone",
            (
                say("holder", "accept", 2.1),
                say("holder", "contacted", 3.0, how="phone", text="call"),
                say("holder", "ask", 5.5, missing="number", text="question"),
            ),
        ),
        (
            "illegal_building",
            "qingshan",
            (4, 10, 2),
            "web",
            (
                say("holder", "accept", 1.7),
                say("holder", "contacted", 2.2, how="visit", text="visit"),
                say(
                    "holder",
                    "propose",
                    20.0,
                    outcome="explained",
                    reason="lawful_and_in_order",
                    basis="permit",
                    text="lawful",
                ),
            ),
        ),
        (
            "street_lighting",
            "binjiang",
            (2, 9, 15),
            "web",
            (
                say("holder", "accept", 0.8),
                say("holder", "contacted", 1.5, how="visit", text="visit"),
                say("holder", "propose", 10.0, outcome="resolved", text="done"),
            ),
        ),
    )
    stories = []
    for category, area, when, channel, steps in told:
        matter = author.matter(category, area)
        sent = author.day(*when)
        stories.append(author.story(sent, matter, steps, area=area, channel=channel, planting=""))
    return stories
