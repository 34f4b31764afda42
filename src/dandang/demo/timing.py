"""When a step of a story happens: at the pace of its unit, in its hours, or when requesters can."""

from datetime import datetime

from dandang.demo.everyday import tables
from dandang.demo.moments import Hours
from dandang.demo.played import Played
from dandang.demo.stories import Step
from dandang.organization.directory import Directory

_REQUESTERS = frozenset({"asker", "second"})


def when(step: Step, played: Played, at: datetime, directory: Directory, hours: Hours) -> datetime:
    """Return when the step happens if the one before it happened at this instant.

    A result is judged no earlier than it can be seen. The call-back office rings up on the working
    day after, or the one after that, unless the step names the request.
    """
    at = max(at, step.not_before or at)
    if step.verb == "judge" and not step.about:
        at = max(at, played.seen_from or at)
    role, _, numbered = step.who.partition(":")
    by_web = role == "asker" and numbered in {"", "1"} and played.story.channel == "web"
    if role == "requester" or by_web:
        return hours.awake(at, step.after)
    if role == "intake":
        return hours.on_duty(directory.intake_post().code, at, step.after)
    if step.urgent and role == "holder":
        return hours.on_duty(played.holder, at, step.after)
    after = step.after
    if role == "holder":
        after *= tables()["pace"].get(directory.post(played.holder).unit, 1.0)
    if role in _REQUESTERS and not numbered:
        after = 4 + step.after / 4
    return hours.office(at, after)
