"""Looking at the public pages once everything that happened has been counted."""

from datetime import datetime

from django.core.cache import cache
from django.test import Client

from tests import town
from tests.interfaces.stories import browser, wait_until, words_of
from tests.publication.city import done, judges, sends
from tests.publication.counting import catch_up


def counted(now: datetime = town.MONDAY) -> None:
    """Let it be this time, with everything counted that has happened until then."""
    wait_until(now)
    catch_up(now)
    cache.clear()


def words(path: str, language: str = "en") -> str:
    """Return the words of a public page."""
    answer = page(path, language)
    assert answer.status_code == 200, path
    return words_of(answer)


def page(path: str, language: str = "en", client: Client | None = None):
    """Return the answer to somebody who comes for the first time."""
    return (client or browser(language)).get(path)


def judged(number: int, verdict: str, at: datetime = town.MONDAY, **wish: object) -> None:
    """Let so many requests be done, and judged like this."""
    for _ in range(number):
        judges(done(at, **wish), verdict, at)


def sent(number: int, at: datetime = town.MONDAY, **wish: object) -> None:
    """Let so many requests come in."""
    for _ in range(number):
        sends(at, **wish)
