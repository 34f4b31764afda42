"""What the city has not told yet, kept in a file for each present, beside the database.

A file is written before the present it belongs to is reached and read by that present, so that a
move to the next day that is broken off leaves everything as it was.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dandang.database import state_directory
from dandang.demo.played import Deed, Pending, Played
from dandang.demo.playing import Player
from dandang.demo.stories import Step, from_plain, step_from_plain, to_plain, to_plain_step
from dandang.ledger.queries import events_of, last_number
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.states import OPEN
from dandang.terms import Actor, ActorKind

_BETWEEN = 0.05
"""Working hours between what was to be done while time passed and nobody acted."""


def save(database: str, now: datetime, player: Player) -> None:
    """Keep what comes after this present, and every story that is planted or not at its end."""
    waiting: dict[str, list[Pending]] = defaultdict(list)
    stories = {
        key: one for key, one in player.played.items() if one.story.planting or one.state in OPEN
    }
    for pending in sorted(player.queue):
        stories[pending.played.story.key] = pending.played
        waiting[pending.played.story.key].append(pending)
    text = {
        "stories": [_remembered(one, waiting.get(key, [])) for key, one in stories.items()],
        "quiet": {**player.quiet, **_quiet(player, waiting)},
        "heard": player.heard,
    }
    _path(database, now).write_text(json.dumps(text, ensure_ascii=False) + "\n", encoding="utf-8")


def load(database: str, now: datetime, player: Player) -> set[str]:
    """Let the player know what was kept for this present; return the references it knows of.

    A quiet case that somebody touched since is not among them: it has become lively again.
    Where time passed since and nobody acted, what was to be done by now is done next.
    Nothing where there is no such file: then the city goes on from how its cases stand.
    """
    try:
        kept = json.loads(_latest(database, now).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        player.heard = last_number()
        return set()
    player.heard = kept["heard"]
    player.quiet = {
        reference: seq for reference, seq in kept["quiet"].items() if _untouched(reference, seq)
    }
    known = set(player.quiet)
    late = 0
    for row in kept["stories"]:
        played = _restored(row)
        if played.reference:
            player.played[played.story.key] = played
        for pending in row["next"]:
            step, at = _step(pending["step"]), datetime.fromisoformat(pending["at"])
            if step is None or not step.beside:
                known.add(played.reference)
            if at <= now:
                late += 1
                at = player.hours.office(now, late * _BETWEEN)
            player.plan(at, played, step)
    return known


def forget(database: str, now: datetime | None = None) -> None:
    """Forget what was kept for presents up to this one, or for all."""
    last = _path(database, now).name if now else None
    for file in _files(database):
        if last is None or file.name <= last:
            file.unlink(missing_ok=True)


def _files(database: str) -> list[Path]:
    """Return the files of all presents; their names are in the order of time."""
    return sorted(state_directory().glob(f"{database}.script.*.json"))


def _latest(database: str, now: datetime) -> Path:
    """Return the file of this present, or of the last one before it that has one."""
    own = _path(database, now)
    return max((file for file in _files(database) if file.name <= own.name), default=own)


def _quiet(player: Player, waiting: Mapping[str, Iterable[Pending]]) -> dict[str, int]:
    """Return the open cases of which nothing more is told, with the numbers of their last events.

    They lie still on purpose, wait for a visitor, or for silence. That a call about them will be
    answered does not count.
    """
    told = {key for key, pending in waiting.items() if any(one.is_told for one in pending)}
    return {
        one.reference: one.seq
        for key, one in player.played.items()
        if key not in told and one.state in OPEN
    }


def _untouched(reference: str, seq: int) -> bool:
    """Say whether nobody did anything to the case since its event of this number."""
    since = events_of(find(reference, follow=False).stream)[seq + 1 :]
    return all(event.actor.kind is ActorKind.SYSTEM for event in since)


def _remembered(played: Played, waiting: list[Pending]) -> dict[str, Any]:
    return {
        "story": to_plain(played.story),
        "reference": played.reference,
        "seq": played.seq,
        "target": played.target,
        "seen_from": played.seen_from.isoformat() if played.seen_from else None,
        "steps_done": played.steps_done,
        "more": [to_plain_step(step) for step in played.more],
        "is_carried_on": played.is_carried_on,
        "callers": played.callers,
        "parts": played.parts,
        "deeds": [_deed(one) for one in played.deeds],
        "next": [{"at": one.at.isoformat(), "step": _word(one.step)} for one in waiting],
    }


def _restored(row: Mapping[str, Any]) -> Played:
    return Played(
        story=from_plain(row["story"]),
        reference=row["reference"],
        seq=row["seq"],
        target=row["target"],
        seen_from=datetime.fromisoformat(row["seen_from"]) if row["seen_from"] else None,
        steps_done=row["steps_done"],
        more=tuple(step_from_plain(step) for step in row["more"]),
        is_carried_on=row["is_carried_on"],
        callers=list(row["callers"]),
        parts=list(row["parts"]),
        deeds=[_deed_from(one) for one in row["deeds"]],
    )


def _deed(deed: Deed) -> dict[str, Any]:
    return {
        "verb": deed.verb,
        "by": [deed.by.kind.value, deed.by.code],
        "at": deed.at.isoformat(),
        "seq": deed.seq,
        "reference": deed.reference,
    }


def _deed_from(row: Mapping[str, Any]) -> Deed:
    kind, code = row["by"]
    return Deed(
        verb=row["verb"],
        by=Actor(ActorKind(kind), code),
        at=datetime.fromisoformat(row["at"]),
        seq=row["seq"],
        reference=row["reference"],
    )


def _word(step: Step | None) -> object:
    return None if step is None else to_plain_step(step)


def _step(word: Any) -> Step | None:  # noqa: ANN401 what JSON holds
    return None if word is None else step_from_plain(word)


def _path(database: str, now: datetime) -> Path:
    return state_directory() / f"{database}.script.{now.astimezone(UTC):%Y%m%dT%H%M}.json"
