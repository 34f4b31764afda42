"""What the city has not told yet, kept in a file for each present, beside the database.

A file is written before the present it belongs to is reached and read by that present, so that a
move to the next day that is broken off leaves everything as it was.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dandang.database import state_directory
from dandang.demo.played import Deed, Played
from dandang.demo.playing import LAPSE, Pending, Player
from dandang.demo.stories import Step, from_plain, step_from_plain, to_plain, to_plain_step
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.states import OPEN
from dandang.terms import Actor, ActorKind

_LAPSE_WORD = "lapse"


def save(database: str, now: datetime, player: Player) -> None:
    """Keep what comes after this present, and every planted story with what was done in it."""
    waiting: dict[str, list[Pending]] = defaultdict(list)
    stories = {key: one for key, one in player.played.items() if one.story.planting}
    for pending in sorted(player.queue):
        stories[pending.played.story.key] = pending.played
        waiting[pending.played.story.key].append(pending)
    text = {
        "stories": [_remembered(one, waiting.get(key, [])) for key, one in stories.items()],
        "quiet": {**player.quiet, **_quiet(player, waiting)},
    }
    _path(database, now).write_text(json.dumps(text, ensure_ascii=False) + "\n", encoding="utf-8")


def load(database: str, now: datetime, player: Player) -> set[str]:
    """Let the player know what was kept for this present; return the references it knows of.

    A quiet case that somebody touched since, or one that waited for silence, is not among them: it
    has become lively again.
    Nothing where there is no such file: then the city goes on from how its cases stand.
    """
    try:
        kept = json.loads(_path(database, now).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    player.quiet = {
        reference: seq for reference, seq in kept["quiet"].items() if _untouched(reference, seq)
    }
    known = set(player.quiet)
    for row in kept["stories"]:
        played = _restored(row)
        if played.reference:
            player.played[played.story.key] = played
        steps = [pending["step"] for pending in row["next"]]
        only_silence = steps and all(step == _LAPSE_WORD for step in steps)
        if only_silence and not _untouched(played.reference, played.seq):
            continue
        for pending in row["next"]:
            known.add(played.reference)
            player.plan(datetime.fromisoformat(pending["at"]), played, _step(pending["step"]))
    return known


def forget(database: str, now: datetime | None = None) -> None:
    """Forget what was kept for this present, or for all."""
    files = [_path(database, now)] if now else state_directory().glob(f"{database}.script.*.json")
    for file in files:
        file.unlink(missing_ok=True)


def _quiet(player: Player, waiting: Mapping[str, object]) -> dict[str, int]:
    """Return the open cases of which nothing more is told, with the numbers of their last events.

    They lie still on purpose, or wait for a visitor.
    """
    return {
        one.reference: one.seq
        for key, one in player.played.items()
        if key not in waiting and one.state in OPEN
    }


def _untouched(reference: str, seq: int) -> bool:
    """Say whether nothing has happened to the case since its event of this number."""
    return find(reference, follow=False).state.seq == seq


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
    if step is LAPSE:
        return _LAPSE_WORD
    return None if step is None else to_plain_step(step)


def _step(word: Any) -> Step | None:  # noqa: ANN401 what JSON holds
    if word == _LAPSE_WORD:
        return LAPSE
    return None if word is None else step_from_plain(word)


def _path(database: str, now: datetime) -> Path:
    return state_directory() / f"{database}.script.{now.astimezone(UTC):%Y%m%dT%H%M}.json"
