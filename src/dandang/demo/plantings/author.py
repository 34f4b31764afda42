"""Writing planted stories: days before the present, matters of a category, steps in order. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from dandang.demo.arrivals import Season
from dandang.demo.moments import Hours
from dandang.demo.script import Setup, number, told
from dandang.demo.stories import Step, Story, Value
from dandang.demo.texts import Matter

_USUAL_CASES = 400
_TEXTS = frozenset({"text", "basis", "missing", "wrong", "article", "body", "condition"})


@dataclass(frozen=True, slots=True)
class Planting:
    """One planted trouble: its kind, what it was made with, the units it is about, its stories."""

    kind: str
    parameters: Mapping[str, Value]
    units: Sequence[str]
    stories: Sequence[Story]


@dataclass(slots=True)
class Author:
    """Writes the stories of one kind of planting; the same seed writes the same ones."""

    kind: str
    setup: Setup
    season: Season
    hours: Hours
    rng: Random = field(init=False)
    _count: int = 0

    def __post_init__(self) -> None:
        self.rng = Random(f"{self.season.seed}/{self.kind}")  # noqa: S311 a story, not a secret

    def many(self, usual: int, least: int) -> int:
        """Return how many to plant: `usual` in a city of usual size, never less than `least`."""
        return max(least, round(usual * self.season.cases / _USUAL_CASES))

    def spread(self, count: int, first: int, last: int) -> list[int]:
        """Return so many working days before the present, from `first` (long ago) to `last`."""
        if count == 1:
            return [first]
        return [round(first + (last - first) * n / (count - 1)) for n in range(count)]

    def day(self, before: int, hour: int, minute: int | None = None) -> datetime:
        """Return a time of the day so many working days before the present."""
        minutes = self.rng.randrange(60) if minute is None else minute
        now = self.season.now
        day = self.hours.workday(now, -before) if before else now
        at = day.replace(hour=hour, minute=minutes, second=self.rng.randrange(60), microsecond=0)
        return at if at <= now else now - timedelta(minutes=70)

    def say(self, word: str) -> str:
        """Return one of the ways to say this."""
        return self.setup.texts.word(word, self.rng)

    def step(
        self, who: str, verb: str, after: tuple[float, float] | float, **values: Value
    ) -> Step:
        """Return a step; `after` is drawn from a range, words of texts are looked up.

        A text that begins with "=" is taken as it stands.
        """
        hours = after if isinstance(after, float | int) else self.rng.uniform(*after)
        said = {name: self._said(name, value) for name, value in values.items()}
        return Step(who, verb, hours, said)

    def at(self, at: datetime, who: str, verb: str, *, about: str = "", **values: Value) -> Step:
        """Return a step that happens at this instant, to the case that `about` names."""
        return replace(self.step(who, verb, 0, **values), not_before=at, about=about)

    def at_once(self, step: Step) -> Step:
        """Return the step as those do it who are on duty at any hour."""
        return replace(step, urgent=True)

    def story(
        self,
        sent_at: datetime,
        matter: Matter,
        steps: Sequence[Step],
        *,
        area: str = "",
        channel: str = "web",
        **more: object,
    ) -> Story:
        """Return a story about the matter, sent at this time."""
        self._count += 1
        given: dict[str, object] = {
            "name": self.rng.choice(self.setup.texts.people),
            "phone": number(self.rng),
            "planting": self.kind,
            **more,
        }
        return Story(
            key=f"{self.kind}.{self._count}",
            sent_at=sent_at,
            title=matter.title,
            text=matter.text,
            channel=channel,
            category=matter.category,
            area=area,
            steps=tuple(steps),
            **given,  # type: ignore[arg-type]  # the fields of a story, by name
        )

    def matter(self, category: str, area: str) -> Matter:
        """Return a matter of this category somewhere in this area."""
        texts = self.setup.texts
        found = [one for one in texts.matters if one.category == category]
        places = [one for kind in texts.places.values() for one in kind if one.area == area]
        return told(self.rng.choice(found), self.rng.choice(places).name)

    def own(self, category: str, name: str) -> Matter:
        """Return the matter that `plantings.toml` tells under this name."""
        title, text, done = self.setup.texts.own[name]
        return Matter(category, title, text, done, (), 1)

    def planting(
        self, units: Sequence[str], stories: Sequence[Story], **parameters: Value
    ) -> Planting:
        """Return the planting of this kind."""
        return Planting(self.kind, parameters, tuple(units), tuple(stories))

    def _said(self, name: str, value: Value) -> Value:
        if name not in _TEXTS or not isinstance(value, str):
            return value
        return value[1:] if value.startswith("=") else self.say(value)
