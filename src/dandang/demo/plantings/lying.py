"""Planted troubles of time: a unit without progress, a small matter that waits, an outage."""

from dataclasses import replace
from datetime import timedelta
from random import Random

from dandang.demo.plantings.author import Author, Planting
from dandang.demo.stories import Step, Value

_OUTAGE_CALLS = 60
_SAID = {0: "waiting", 1: "no_means", 2: "no_know_how", 4: "fear_of_blame", 5: "overloaded"}
"""What the holder says of some of these cases, once nothing was done for days."""

_REMEDIES = {"no_know_how": "training", "fear_of_blame": "tolerance_ruling"}
_LONG_AGO = 12
"""So many working days after it was sent somebody has been asked why such a case stands still."""
_HOURS_LATER = 60


def no_progress(author: Author) -> Planting:
    """Let a unit accept and call, and then do nothing; the cases are overdue."""
    unit, category = "transport", "road_damage"
    stories = []
    for number, before in enumerate(author.spread(author.many(12, 3), 40, 8)):
        area = ("qingshan", "hudong", "binjiang", "yunxi")[number % 4]
        steps = [
            author.step("holder", "accept", (0.5, 3)),
            author.step("holder", "contacted", (0.5, 4), how="phone", text="call"),
        ]
        sent = author.day(before, 8 + number % 10)
        channel = ("phone", "web")[number % 2]
        matter = author.matter(category, area)
        steps += said_why(author, _SAID.get(number, ""), before)
        stories.append(author.story(sent, matter, steps, area=area, channel=channel))
    return author.planting((unit,), stories, category=category)


def said_why(author: Author, obstacle: str, before: int) -> list[Step]:
    """Return how a holder says why nothing was done, and what becomes of it.

    Nothing for a case that was sent less than twelve working days before the present. What asks for
    a ruling is asked this morning and waits; who asks to be shown how is helped.
    """
    if not obstacle or before < _LONG_AGO:
        return []
    values: dict[str, Value] = {
        "obstacle": obstacle,
        "remedy": _REMEDIES.get(obstacle, "none"),
        "text": f"={author.setup.texts.word(f'still_{obstacle}', Random(0))}",  # noqa: S311 a story
    }
    if obstacle == "fear_of_blame":
        this_morning = author.season.now - timedelta(minutes=50)
        asked = author.step("holder", "explain-stall", 0, **values)
        return [replace(asked, not_before=this_morning)]
    said = [author.step("holder", "explain-stall", _HOURS_LATER, **values)]
    if obstacle == "no_know_how":
        answer = f"={author.setup.texts.word('shown_how', Random(0))}"  # noqa: S311 a story
        said.append(author.step("deciding", "decide-support", 3, decision="granted", text=answer))
    return said


def neglected(author: Author) -> Planting:
    """Let a small matter wait far longer when the caller has nothing but a telephone."""
    unit, category = "cityman", "abandoned_vehicles"
    stories = []
    for number, before in enumerate(author.spread(author.many(10, 3), 58, 6)):
        area = ("qingshan", "hudong", "binjiang")[number % 3]
        matter = author.matter(category, area)
        steps = [
            author.step("holder", "accept", (20, 34)),
            author.step("holder", "reply", (24, 44), text="plan"),
            author.step("holder", "propose", (50, 90), outcome="resolved", text=f"={matter.done}"),
            author.step("asker", "judge", (2, 20), verdict="solved"),
        ]
        sent = author.day(before, 9 + number % 7)
        stories.append(author.story(sent, matter, steps, area=area, channel="phone"))
    return author.planting((unit,), stories, category=category, channel="phone")


def outage(author: Author) -> Planting:
    """Let sixty households call about one burst main; one still has no water afterwards."""
    unit, category = "water", "water_supply"
    matter = author.own(category, "outage")
    calls = [
        author.step("intake", "attach", 0.012, text="me_too", phone=f"1390001{number:04d}")
        for number in range(2, _OUTAGE_CALLS + 1)
    ]
    answers = [
        author.step(f"asker:{number}", "judge", (0.05, 0.15), verdict="solved")
        for number in range(1, _OUTAGE_CALLS)
    ]
    last = f"asker:{_OUTAGE_CALLS}"
    steps = [
        *calls[:12],
        author.step("holder", "accept", 0.02),
        author.step("holder", "contacted", 0.02, how="phone", text="call"),
        *calls[12:],
        author.step("holder", "reply", 0.4, text="plan"),
        author.step("holder", "propose", 4.5, outcome="resolved", text=f"={matter.done}"),
        *answers[:20],
        author.step(last, "judge", 0.1, verdict="no", text="still", was_contacted=False),
        *answers[20:],
    ]
    steps = [author.at_once(step) for step in steps]
    alone = f"caller:{_OUTAGE_CALLS}"
    for step in (
        author.step("holder", "contacted", 1.0, how="visit", text="visit"),
        author.step("holder", "propose", 3.5, outcome="resolved", text="done_again"),
        author.step("asker", "judge", 9, verdict="solved"),
    ):
        steps.append(replace(step, about=alone))
    sent = author.day(12, 7, 10)
    story = author.story(sent, matter, steps, area="qingshan", channel="phone")
    return author.planting((unit,), [story], category=category, requests=_OUTAGE_CALLS, refused=1)
