"""The script of the city: which matter comes when, from whom, and which course it takes. Pure."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from random import Random
from typing import Any

CHANNELS = ("web", "web", "web", "phone", "phone", "counter")
DAYS = 14
"""How many days before the present the first requests were sent."""


@dataclass(frozen=True, slots=True)
class Story:
    """One request with the course it takes. `steps` are rows of courses.toml."""

    sent_at: datetime
    area: str
    category: str
    title: str
    text: str
    channel: str
    phone: str
    course: str
    steps: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Script:
    """Everything that will be played: stories by time, and the words of their steps."""

    stories: tuple[Story, ...]
    words: Mapping[str, str]


def write(*, cases: int, seed: int, now: datetime, language: str, urgent: frozenset[str]) -> Script:
    """Return the script for so many cases before `now`; the same seed gives the same script.

    `language` is "zh" or "en". `urgent` are the categories that must be acted on before they are
    returned: they take no course that begins with a return.
    """
    matters, courses = _read("matters.toml"), _read("courses.toml")
    rng = Random(seed)  # noqa: S311 a story, not a secret
    deck = [course for course in courses["courses"] for _ in range(course["weight"])]
    rng.shuffle(deck)
    stories = []
    for number in range(cases):
        course = deck[number % len(deck)]
        matter = matters["matters"][number % len(matters["matters"])]
        while course.get("ordinary") and (matter["category"] in urgent or not matter["category"]):
            matter = rng.choice(matters["matters"])
        stories.append(_story(matter, course, matters["places"], rng, now, language))
    words = {name: word[language] for name, word in courses["words"].items()}
    return Script(tuple(sorted(stories, key=lambda story: story.sent_at)), words)


def _story(
    matter: Mapping[str, str],
    course: Mapping[str, Any],
    places: Mapping[str, Mapping[str, list[str]]],
    rng: Random,
    now: datetime,
    language: str,
) -> Story:
    area = rng.choice(sorted(places))
    place = rng.choice(places[area][language])
    channel = rng.choice(CHANNELS)
    return Story(
        sent_at=_moment(course["name"], rng, now),
        area=area,
        category=matter["category"],
        title=matter[f"title_{language}"].format(place=place),
        text=matter[f"text_{language}"],
        channel=channel,
        phone=_phone(course, rng),
        course=course["name"],
        steps=tuple(course["steps"]),
    )


def _phone(course: Mapping[str, Any], rng: Random) -> str:
    """Return a number for most; somebody who is asked something has left one."""
    number = f"139{rng.randrange(10**8):08d}"
    asked = any(step["verb"] == "ask" for step in course["steps"])
    return number if asked or rng.randrange(10) else ""


def _moment(course: str, rng: Random, now: datetime) -> datetime:
    """Return when a request was sent: by day, lately where nothing has happened yet."""
    days = rng.randrange(2) if course == "just_arrived" else rng.randrange(2, DAYS)
    sent = (now - timedelta(days=days)).replace(
        hour=rng.randrange(7, 21), minute=rng.randrange(60), second=rng.randrange(60)
    )
    return sent if sent < now else sent - timedelta(days=1)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
