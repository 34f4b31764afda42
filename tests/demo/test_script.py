"""The script of the city: the same seed, the same city; as many cases as asked for."""

from datetime import timedelta

import pytest

from dandang.demo.arrivals import Season
from dandang.demo.building import BEGINNING, NOW
from dandang.demo.script import Setup, everyday
from dandang.demo.stories import Story, from_plain, to_plain
from dandang.demo.texts import texts
from dandang.policy import ready_policy
from dandang.workdays import china


def stories(*, seed: int = 7, language: str = "en", days: int = 0) -> list[Story]:
    setup = Setup(ready_policy("cn-county"), china(), texts(language))
    until = NOW + timedelta(days=days)
    since = NOW if days else BEGINNING
    return list(everyday(setup, Season(BEGINNING, NOW, 150, seed), since, until))


def test_sixty_working_days_lie_between_the_beginning_and_the_present() -> None:
    days = china().working_days_between(BEGINNING.date() - timedelta(days=1), NOW.date())
    assert days == 60


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_seed_writes_the_same_stories_and_another_one_others(language: str) -> None:
    assert stories(language=language) == stories(language=language)
    assert stories(language=language) != stories(language=language, seed=8)


def test_there_are_as_many_stories_as_asked_for_and_none_from_the_future() -> None:
    written = stories()
    assert len(written) == 150
    assert all(BEGINNING <= story.sent_at < NOW for story in written)
    assert len({story.key for story in written}) == 150


def test_the_days_after_the_present_go_on_alike() -> None:
    later = stories(days=7)
    assert 5 < len(later) < 40
    assert all(NOW <= story.sent_at < NOW + timedelta(days=7) for story in later)
    assert {story.key for story in later}.isdisjoint(story.key for story in stories())


def test_both_languages_tell_the_same_stories() -> None:
    def outline(language: str) -> list[tuple[object, ...]]:
        return [
            (one.sent_at, one.category, one.area, one.channel, [step.verb for step in one.steps])
            for one in stories(language=language)
        ]

    assert outline("zh") == outline("en")


def test_a_story_comes_back_from_what_a_file_can_hold() -> None:
    for story in stories()[:20]:
        assert from_plain(to_plain(story)) == story
