"""What was planted, as a record against which analyses can be checked."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from dandang.demo.marker import plantings_of
from dandang.demo.plantings.author import Planting
from dandang.demo.played import Deed, Played
from dandang.demo.simulation import Simulation

FORMAT = 1


def record(city: Simulation, now: datetime) -> dict[str, Any]:
    """Return the plantings as the ledger of this city shows them at its present `now`.

    Instants are UTC. What a planting will still do is not in it: only what happened.
    """
    return {
        "format": FORMAT,
        "seed": city.season.seed,
        "cases": city.season.cases,
        "begins": _utc(city.season.begins),
        "now": _utc(now),
        "plantings": [_planting(one, city.player.played) for one in city.plantings],
    }


def write(database: str, city: Simulation, now: datetime) -> None:
    """Write the record beside the marker of the city."""
    text = json.dumps(record(city, now), ensure_ascii=False, indent=1)
    plantings_of(database).write_text(text + "\n", encoding="utf-8")


def _planting(planting: Planting, played: Mapping[str, Played]) -> dict[str, Any]:
    cases = [played[one.key] for one in planting.stories if one.key in played]
    return {
        "kind": planting.kind,
        "parameters": dict(planting.parameters),
        "units": list(planting.units),
        "cases": [_case(one) for one in cases],
    }


def _case(played: Played) -> dict[str, Any]:
    return {
        "reference": played.reference,
        "sent_at": _utc(played.story.sent_at),
        "callers": played.callers,
        "parts": played.parts,
        "acts": [_act(deed) for deed in played.deeds],
    }


def _act(deed: Deed) -> dict[str, Any]:
    return {
        "verb": deed.verb,
        "by": str(deed.by),
        "at": _utc(deed.at),
        "case": deed.reference,
        "seq": deed.seq,
    }


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
