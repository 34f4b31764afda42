"""The city over time: everyday stories and plantings, played up to the present and beyond it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime

from dandang.demo.arrivals import Season
from dandang.demo.moments import Hours
from dandang.demo.plantings.author import Author, Planting
from dandang.demo.plantings.planting import plant
from dandang.demo.playing import Player
from dandang.demo.scenes import KIND as SCENES
from dandang.demo.scenes import scenes
from dandang.demo.script import Setup, everyday
from dandang.demo.stories import Story
from dandang.demo.texts import texts
from dandang.lifecycle.casework.queries import listed
from dandang.lifecycle.casework.wanted import Wanted
from dandang.organization.queries import current_policy, directory, work_calendar

_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Simulation:
    """A city that is played. `season` counts every case, planted or not."""

    season: Season
    setup: Setup
    player: Player
    plantings: tuple[Planting, ...]
    scenes: tuple[Story, ...]

    def begin(self, progress: Callable[[datetime], None]) -> None:
        """Play from the first moment of the season to its present."""
        self.player.tell(story for one in self.plantings for story in one.stories)
        self.player.tell(self.scenes)
        self._until(self.season.begins, self.season.now, progress)

    def go_on(self, since: datetime, until: datetime, known: Collection[str]) -> None:
        """Play on from a present to a later one; both at the time of day of the season's.

        Open cases whose reference is not `known` go on as such cases do: visitors made them.
        """
        self.player.now = since
        for reference in open_references():
            if reference not in known:
                self.player.take_over(reference, since)
        self._until(since, until, lambda _at: None)

    def _until(
        self, since: datetime, until: datetime, progress: Callable[[datetime], None]
    ) -> None:
        written = len(self.scenes) + sum(len(one.stories) for one in self.plantings)
        others = replace(self.season, cases=max(1, self.season.cases - written))
        self.player.tell(everyday(self.setup, others, since, until))
        self.player.play(until, progress)


def open_references() -> list[str]:
    """Return the references of all open cases."""
    return [one.reference for one in listed(Wanted(open_only=True), limit=_ALL)]


def simulation(season: Season, language: str) -> Simulation:
    """Return the city of this season, with nothing played yet. Its organisation must be loaded.

    `language` is what its people speak: "zh" or "en".
    """
    register = directory()
    setup = Setup(current_policy(), work_calendar(), texts(language))
    hours = Hours(setup.calendar, register.organization.rosters)
    player = Player(register, hours, setup.texts)
    return Simulation(
        season=season,
        setup=setup,
        player=player,
        plantings=tuple(plant(setup, season, hours)),
        scenes=tuple(scenes(Author(SCENES, setup, season, hours))),
    )
