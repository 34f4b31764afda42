"""The script of the city: which matter comes when, from whom, and which course it takes. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from dandang.demo.arrivals import Arrival, Season, arrivals
from dandang.demo.everyday import Setting, course, may_move
from dandang.demo.publishing import agrees
from dandang.demo.stories import Step, Story
from dandang.demo.texts import Matter, Texts
from dandang.policy import Policy
from dandang.workdays import WorkCalendar

_NAMED, _WITH_PHONE = 0.85, 0.93
_NIGHT = "noise_building_night"
_NOW_SHARE = 0.5
_CONDUCT = "staff_conduct"
_SUBJECTS = ("housing", "civil", "market", "labour", "transport", "qingshan", "hudong")
_BEDTIME = 21


@dataclass(frozen=True, slots=True)
class Setup:
    """What every story is written under."""

    policy: Policy
    calendar: WorkCalendar
    texts: Texts


def everyday(setup: Setup, season: Season, since: datetime, until: datetime) -> Iterator[Story]:
    """Yield the everyday stories of a stretch of time; the same seed gives the same ones."""
    for arrival in arrivals(season, setup.calendar, since, until):
        rng = Random(f"{season.seed}/{arrival.key}")  # noqa: S311 a story, not a secret
        story = _story(setup, arrival, rng)
        yield replace(story, may_publish=agrees(f"{season.seed}/{arrival.key}"))


def setting_of(setup: Setup, category: str, *, done: str, now: bool, reachable: bool) -> Setting:
    """Return what a course has to fit for a matter of this category ("" for none).

    `now` says that it is happening now, `reachable` that its requester can be asked.
    """
    policy = setup.policy
    case_class = policy.case_class(category or None, happening_now=now)
    path = policy.category_path(category) if category else ("",)
    return Setting(
        case_class=case_class.code,
        urgent=case_class.act_first,
        may_move=may_move(category, path[0]),
        ends=frozenset(end.value for end in policy.ends_for(category or None)),
        reachable=reachable,
        done=done,
    )


def told(matter: Matter, place: str) -> Matter:
    """Return the matter with its place filled in."""
    title, text, done = (
        words.format(place=place) for words in (matter.title, matter.text, matter.done)
    )
    return replace(matter, title=title, text=text, done=done)


def number(rng: Random) -> str:
    """Return a telephone number nobody has."""
    return f"1390000{rng.randrange(10**4):04d}"


def _story(setup: Setup, arrival: Arrival, rng: Random) -> Story:
    texts = setup.texts
    matter = rng.choices(texts.matters, [one.weight for one in texts.matters])[0]
    place = texts.place(matter.where, rng)
    matter = told(matter, place.name)
    now = matter.category == _NIGHT and _at_night(arrival.at) and rng.random() < _NOW_SHARE
    phone = number(rng) if rng.random() < _WITH_PHONE else ""
    reachable = bool(phone) or arrival.channel == "web"
    setting = setting_of(setup, matter.category, done=matter.done, now=now, reachable=reachable)
    return Story(
        key=arrival.key,
        sent_at=arrival.at,
        title=matter.title,
        text=matter.text,
        channel=arrival.channel,
        category=matter.category,
        area=place.area,
        name=rng.choice(texts.people) if rng.random() < _NAMED else "",
        phone=phone,
        happening_now=now,
        steps=(*_subject(setup, matter, rng), *course(setting, texts, rng)),
    )


def _subject(setup: Setup, matter: Matter, rng: Random) -> tuple[Step, ...]:
    """Return how a complaint about staff begins: with the unit it is about."""
    path = setup.policy.category_path(matter.category) if matter.category else ("",)
    if path[0] != _CONDUCT:
        return ()
    values = {"unit": rng.choice(_SUBJECTS), "text": setup.texts.word("subject", rng)}
    return (Step("dispatcher", "name-subject", rng.uniform(0.2, 1.5), values),)


def _at_night(at: datetime) -> bool:
    return at.hour >= _BEDTIME
