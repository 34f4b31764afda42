"""What the city shows publicly: who agrees to it, and when the dispatch reads and publishes it."""

from datetime import datetime
from random import Random

from dandang.demo.casting import actor
from dandang.demo.played import Played
from dandang.demo.stories import Step, Story
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.casework.rules.agreement import Publishing
from dandang.lifecycle.perform import perform
from dandang.organization.directory import Directory

PUBLISH = "publish-text"
_AGREE = 0.3
_LEAST, _MOST = 1.0, 12.0


def agrees(key: str) -> bool:
    """Say whether the requester of a story agrees; the same for the same key."""
    return _drawn(key).random() < _AGREE


def to_publish(story: Story) -> Step | None:
    """Return when the dispatch reads what its requester agreed to show; None where it does not.

    It comes beside the story, which goes on as it would without.
    """
    if not story.may_publish:
        return None
    after = _drawn(f"{story.key}/read").uniform(_LEAST, _MOST)
    values = {"title": story.title, "text": story.text}
    return Step("dispatcher", PUBLISH, after, values, beside=True)


def publish(played: Played, step: Step, at: datetime, directory: Directory) -> None:
    """Publish the text of a story, if that still waits: it may have been joined to another case.

    Texts of the city name nobody. Raises LookupError where nobody is there to read it.
    """
    case = find(played.reference).state
    if case.publishing != Publishing.TO_DECIDE:
        return
    by = actor(
        directory,
        step.who,
        at,
        holder=case.holder,
        channel=played.story.channel,
        turn=played.turn,
    )
    done = perform(step.verb, played.reference, step.values, by=by, now=at).done
    played.saw(done.state, done.holder, done.seq)


def _drawn(key: str) -> Random:
    return Random(f"{key}/public")  # noqa: S311 a story, not a secret
